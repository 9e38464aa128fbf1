import type { Readable } from '../readable.js';
import { atomsOf, hanRuns, isHan, type Atom } from './atoms.js';
import { concepts } from './concepts.js';
import { spellings, syllablesOf } from './pinyin.js';

/**
 * What a document is found by. A word or one to two Chinese characters as they are; `=tcm` a thing with many names;
 * `y:zyy` a reading; the same with `^` in front when it stands in a name.
 */
export type Term = string;

const MAX_TEXT = 40_000;
const MAX_TERMS = 6_000;
/** Longest part of a name that is found by its reading, in characters. */
const LONGEST_READING = 6;

/** Everything a document is found by; the most telling first, at most 6,000. */
export function termsOf({ names, texts }: Readable): readonly Term[] {
  const terms = new Set<Term>();
  for (const name of names) {
    const atoms = atomsOf(name.slice(0, MAX_TEXT));
    for (const term of contentTerms(atoms)) terms.add(`^${term}`).add(term);
    for (const run of hanRuns(atoms)) addReadings(terms, run);
  }
  let left = MAX_TEXT;
  for (const text of texts) {
    if (left <= 0) break;
    for (const term of contentTerms(atomsOf(text.slice(0, left)))) terms.add(term);
    left -= text.length;
  }
  return [...terms].slice(0, MAX_TERMS);
}

/** The words of Latin and other alphabets in these terms: what a slip of the keyboard is compared with. */
export function wordsIn(terms: readonly Term[]): readonly string[] {
  return terms.filter(isLearned);
}

/** Whether a term is of the kind that is learned as a word from the first document that has it. */
export function isLearned(term: Term): boolean {
  return /^\p{L}{3,24}$/u.test(term) && !isHan(term[0] ?? '');
}

/** Words, characters, pairs of neighbouring characters, and the things they name. */
function contentTerms(atoms: readonly (Atom | null)[]): readonly Term[] {
  const terms: Term[] = concepts.allIn(atoms).map(({ concept }) => concept);
  atoms.forEach((atom, index) => {
    if (atom === null) return;
    terms.push(atom);
    const next = atoms[index + 1];
    if (isHan(atom) && typeof next === 'string' && isHan(next)) terms.push(atom + next);
  });
  return terms;
}

/** Every part of a name can be typed as it is read: in full, or by its initials. */
function addReadings(terms: Set<Term>, run: string): void {
  const syllables = syllablesOf(run);
  const add = (part: readonly string[]): void => {
    for (const spelling of spellings(part)) terms.add(`y:${spelling}`);
  };
  for (let from = 0; from < syllables.length; from += 1) {
    const longest = Math.min(LONGEST_READING, syllables.length - from);
    for (let length = 2; length <= longest; length += 1) add(syllables.slice(from, from + length));
  }
  if (syllables.length > 1) add(syllables);
}
