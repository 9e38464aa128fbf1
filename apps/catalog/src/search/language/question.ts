import { atomsOf, hanRuns, isHan, type Atom } from './atoms.js';
import { concepts } from './concepts.js';
import { isSyllable } from './pinyin.js';
import type { Clause } from '../clause.js';
import type { Term } from './terms.js';

/** Words that no document has, and what may have been meant. */
export type Meant = ReadonlyMap<Atom, readonly Atom[]>;

const MAX_CLAUSES = 8;
/** Particles that join words and tell nothing. */
const PARTICLES = /[的之与和及在了等]/u;
const segmenter = new Intl.Segmenter('zh-Hans', { granularity: 'word' });

/**
 * What is asked for. The same thing asked for in another script gives the same clauses, as far as its names are known.
 * At most eight clauses are read.
 *
 * @param meant what to take instead of a word that no document has: the first for names of several words, all for itself.
 */
export function clausesOf(question: string, meant: Meant = new Map()): readonly Clause[] {
  const typed = atomsOf(question);
  const atoms = typed.map((atom) => (atom === null ? null : (meant.get(atom)?.[0] ?? atom)));
  const things = new Map(concepts.longestIn(atoms).map((thing) => [thing.at, thing]));
  const clauses: Clause[] = [];
  let rest: (Atom | null)[] = [];
  for (let at = 0; at <= atoms.length; at += 1) {
    const thing = things.get(at);
    if (thing === undefined && at < atoms.length) {
      rest.push(atoms[at] ?? null);
      continue;
    }
    clauses.push(...restClauses(rest, meant));
    rest = [];
    if (thing === undefined) continue;
    clauses.push({ anyOf: [[thing.concept]] });
    at += thing.length - 1;
  }
  return clauses.slice(0, MAX_CLAUSES);
}

/** Words that are looked up as they are, and may be slips: neither Chinese nor part of a known name. */
export function plainWords(question: string): readonly Atom[] {
  const words = atomsOf(question).filter((atom): atom is Atom => atom !== null && !isHan(atom));
  return [...new Set(words)].filter((word) => !concepts.knows(word) && concepts.readAs(word).length === 0);
}

/** What is asked for beside the things with names. */
function restClauses(atoms: readonly (Atom | null)[], meant: Meant): readonly Clause[] {
  const words = atoms.filter((atom): atom is Atom => atom !== null && !isHan(atom));
  const spelled = words.length > 1 && words.every(isSyllable);
  return [
    ...hanRuns(atoms).flatMap(hanClauses),
    ...(spelled ? [spelledOut(words)] : words.map((word) => wordClause(word, meant))),
  ];
}

/** A word as it is, as a reading, and as what else it may mean. */
function wordClause(word: Atom, meant: Meant): Clause {
  const others = [...meant].find(([, [first]]) => first === word)?.[1].slice(1) ?? [];
  const named = concepts.readAs(word).map((concept) => [concept]);
  return { anyOf: [...named, [word], [`y:${word}`], ...others.map((other) => [other])] };
}

/** `zhong yi yao` with spaces is one reading, unless they are words of their own. */
function spelledOut(words: readonly Atom[]): Clause {
  const reading = words.join('');
  return { anyOf: [...concepts.readAs(reading).map((concept) => [concept]), [`y:${reading}`], words] };
}

/** A word of Chinese asks for its characters in their order, by pairs; between words there is no order. */
function hanClauses(run: string): readonly Clause[] {
  const words = [...segmenter.segment(run)]
    .map(({ segment }) => segment)
    .filter((word) => !PARTICLES.test(word) || word.length > 1);
  return joinSingles(words).map((word) => ({ anyOf: [pairsOf(word)] }));
}

/** A single character beside a single character is a word the segmenter does not know. */
function joinSingles(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let single = false;
  for (const word of words) {
    if (word.length === 1 && single) joined.push(`${joined.pop() ?? ''}${word}`);
    else joined.push(word);
    single = word.length === 1;
  }
  return joined;
}

function pairsOf(word: string): readonly Term[] {
  const characters = [...word];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
