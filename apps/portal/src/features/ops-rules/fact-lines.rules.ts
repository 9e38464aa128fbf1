import type { CustomsFacts } from '@hetao/client';

const LINE = /^\s*([a-z][\w.]*)\s*[=:：]\s*(.+?)\s*$/i;

/** Facts as somebody writes them, one `name = value` a line; lines without one are named by their number, from 1. */
export function factsIn(text: string): { readonly facts: CustomsFacts; readonly faults: readonly number[] } {
  const facts: Record<string, string | number | boolean> = {};
  const faults: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name, value] = LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) faults.push(index + 1);
    else facts[name] = valueOf(value);
  }
  return { facts, faults };
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : text;
}
