import { fromMarkdown } from 'mdast-util-from-markdown';
import { longText } from '@hetao/runtime';

interface Node {
  readonly type: string;
  readonly url?: string | undefined;
  readonly position?: { readonly start: { readonly line: number; readonly column: number } } | undefined;
  readonly children?: readonly Node[] | undefined;
}

/** Where a reader may be led. Anything else (`javascript:`, `data:`) is a program, not an address. */
const ADDRESS = /^(?:https?:\/\/|mailto:|\/(?!\/)|#)/i;

/**
 * CommonMark a person wrote; kept as source and rendered by whoever shows it. Raw HTML is refused at its line and
 * column instead of being cleaned: a text that says something else than its author wrote is nobody's statement.
 */
export function markdown(maxLength: number) {
  return longText(maxLength).superRefine((source, context) => {
    for (const message of faults(fromMarkdown(source))) context.addIssue({ code: 'custom', message });
  });
}

function faults(root: Node): string[] {
  const found: string[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const at = `line ${node.position?.start.line ?? 1}, column ${node.position?.start.column ?? 1}`;
    if (node.type === 'html') found.push(`contains HTML at ${at}: write Markdown, or put it between backticks`);
    if (node.url !== undefined && !ADDRESS.test(node.url)) {
      found.push(`leads to "${node.url.slice(0, 40)}" at ${at}: give an https, http or mailto address`);
    }
    open.push(...(node.children ?? []));
  }
  return found;
}
