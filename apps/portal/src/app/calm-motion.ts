import { useSyncExternalStore } from 'react';

const system = window.matchMedia('(prefers-reduced-motion: reduce)');

function subscribe(listener: () => void): () => void {
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
}

/** Whether the reader's system asks for nothing to move, now. */
export function useCalmMotion(): boolean {
  return useSyncExternalStore(subscribe, () => system.matches);
}
