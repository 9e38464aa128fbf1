import { nonce } from './page-state.js';

/**
 * Gives every style element made from now on the nonce of this page. antd's styles carry it by themselves; what its
 * windows write to lock scrolling and to measure the scroll bar does not, and the policy would refuse it.
 */
export function nonceEveryStyle(): void {
  const make = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
