import type { JsonValue } from '@hetao/kernel';

/** Stands where something is not shown. */
export const MASK = '•••';

/** Ids, codes, states, numbers, hashes, instants: what machines wrote. A capitalised word may be somebody's name. */
const MACHINE_WORD = /^(?:[a-z]{0,40}|[A-Z]{2,40}|(?=.*[\d_.:/])[\w.:,+/=@%~-]{1,512})$/;
const MAIL = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[a-z]{2,}/giu;
/** With a country's code, or a mobile number of the mainland. */
const PHONE = /\+\d[\d -]{6,16}\d|(?<!\w)1[3-9]\d{9}(?!\w)/g;
/** Identity card of the mainland. */
const CARD = /(?<!\w)\d{6}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?!\w)/g;

const MOST_DEEP = 32;

/**
 * Data of an event as it may be shown to whoever mends a failure. What a handler stumbles over is ids, states and
 * numbers; words that people wrote may hold anything, so they are not shown to anybody, nor are addresses and numbers
 * that lead to a person. Names of fields stay: they are the contract's.
 */
export function maskedData(value: JsonValue, depth = 0): JsonValue {
  if (depth > MOST_DEEP) return MASK;
  if (typeof value === 'string') return MACHINE_WORD.test(value) ? maskedText(value) : MASK;
  if (Array.isArray(value)) return value.map((item: JsonValue) => maskedData(item, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [maskedText(name), maskedData(member, depth + 1)]),
  );
}

/** A text of ours, a message of an error for instance, without what leads to a person. */
export function maskedText(text: string): string {
  return [MAIL, PHONE, CARD].reduce((masked, pattern) => masked.replaceAll(pattern, MASK), text);
}
