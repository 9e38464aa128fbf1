import type { ProblemCode } from '@hetao/client';
import type { RefusalWords } from './words.js';

/** A fault at one place of what was sent, as the exchange tells it. */
interface Fault {
  readonly code: string;
  readonly detail: string;
}

const BOUND = /(?<sign>[<>]=?)\s?(?<figure>-?[\d.]+)/;
const SIGNS: Readonly<Record<string, string>> = { '<': '<', '<=': '≤', '>': '>', '>=': '≥' };

/**
 * What is wrong, in the words of a language and with the bound that was crossed, where the exchange names one; undefined
 * where only its own words can tell. Only Chinese has such words, hence its brackets.
 */
export function faultText(words: RefusalWords, { code, detail }: Fault): string | undefined {
  // Some faults are problems of their own elsewhere.
  const word = words.faults[code] ?? words.problems[code as ProblemCode]?.title;
  const { sign = '', figure } = (code.startsWith('TOO_') ? BOUND.exec(detail)?.groups : undefined) ?? {};
  return word === undefined || figure === undefined ? word : `${word}（${SIGNS[sign]} ${figure}）`;
}
