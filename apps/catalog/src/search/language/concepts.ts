import { readFileSync } from 'node:fs';
import { atomsOf, hanRuns, isHan, type Atom } from './atoms.js';
import { spellings, syllablesOf } from './pinyin.js';

/** A thing with many names, as the index knows it: `=traditional-chinese-medicine`. */
export type ConceptId = `=${string}`;

interface Node {
  readonly next: Map<Atom, Node>;
  concept?: ConceptId;
}

/** Names of one thing found in a text. */
export interface NamedThing {
  readonly concept: ConceptId;
  /** Where the name begins among the atoms, and how many it takes. */
  readonly at: number;
  readonly length: number;
}

/** Initials of less than this many characters stand for too many things. */
const SHORTEST_INITIALS = 3;

/** Which things have which names, in every script. */
export class Concepts {
  readonly #root: Node = { next: new Map() };
  readonly #byReading = new Map<string, Set<ConceptId>>();
  readonly #words = new Set<Atom>();

  /** @param lines one thing each, its names between ` = `; empty lines and `#` lines are passed over. */
  constructor(lines: readonly string[]) {
    for (const line of lines) {
      if (line.trim() === '' || line.startsWith('#')) continue;
      const names = line.split(' = ').map((name) => name.trim());
      const concept: ConceptId = `=${(names[0] ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
      for (const name of names) this.#learn(concept, name);
    }
  }

  /** Every name in the text, also those within others: a text on 跨境物流 is on 物流 as well. */
  allIn(atoms: readonly (Atom | null)[]): readonly NamedThing[] {
    return atoms.flatMap((_atom, at) => this.#from(atoms, at));
  }

  /** Names that do not overlap, read from the left, the longest first: what a question asks for. */
  longestIn(atoms: readonly (Atom | null)[]): readonly NamedThing[] {
    const found: NamedThing[] = [];
    for (let at = 0; at < atoms.length; at += 1) {
      const longest = this.#from(atoms, at).at(-1);
      if (longest === undefined) continue;
      found.push(longest);
      at += longest.length - 1;
    }
    return found;
  }

  /** What is read so, in full or by its initials: `zhongyiyao`, `zyy`. */
  readAs(reading: string): readonly ConceptId[] {
    return [...(this.#byReading.get(reading) ?? [])];
  }

  /** Whether a word of a Latin script is part of some name, and so surely no slip. */
  knows(word: Atom): boolean {
    return this.#words.has(word);
  }

  /** The words of Latin scripts that names are made of. */
  get words(): ReadonlySet<Atom> {
    return this.#words;
  }

  /** How names in Chinese are read in full. */
  get readings(): Iterable<string> {
    return this.#byReading.keys();
  }

  #from(atoms: readonly (Atom | null)[], at: number): NamedThing[] {
    const found: NamedThing[] = [];
    let node: Node | undefined = this.#root;
    for (let length = 0; node !== undefined; length += 1) {
      if (node.concept !== undefined) found.push({ concept: node.concept, at, length });
      const atom = atoms[at + length];
      node = atom === null || atom === undefined ? undefined : node.next.get(atom);
    }
    return found;
  }

  #learn(concept: ConceptId, name: string): void {
    const atoms = atomsOf(name);
    let node = this.#root;
    for (const atom of atoms) {
      if (atom === null) throw new Error(`"${name}" has punctuation that no question is read across.`);
      const next = node.next.get(atom) ?? { next: new Map() };
      node.next.set(atom, next);
      node = next;
      if (!isHan(atom)) this.#words.add(atom);
    }
    if (node.concept !== undefined && node.concept !== concept) {
      throw new Error(`"${name}" names both ${node.concept} and ${concept}.`);
    }
    node.concept = concept;
    const [run] = hanRuns(atoms);
    if (run?.length === atoms.length) this.#learnReading(concept, run);
  }

  #learnReading(concept: ConceptId, run: string): void {
    const [full, initials] = spellings(syllablesOf(run));
    for (const reading of initials.length >= SHORTEST_INITIALS ? [full, initials] : [full]) {
      this.#byReading.set(reading, (this.#byReading.get(reading) ?? new Set()).add(concept));
    }
  }
}

/** The names of things the exchange trades and speaks of: `concepts.txt`. */
export const concepts = new Concepts(readFileSync(new URL('./concepts.txt', import.meta.url), 'utf8').split('\n'));
