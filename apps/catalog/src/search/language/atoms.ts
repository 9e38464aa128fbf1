import { Converter } from 'opencc-js/t2cn';

/**
 * The smallest piece a text is found by: one Chinese character, or one word of another script as its stem. `null` stands
 * for a break that no phrase may cross.
 */
export type Atom = string;

const HAN = /^\p{Script=Han}$/u;
const PIECE = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+|[\s\-‐–·•・&/_'’]+|./gsu;
const SOFT = /^[\s\-‐–·•・&/_'’]+$/u;
const WORD = /^[\p{L}\p{N}]/u;

/** Words that are in every English sentence and tell nothing. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be by for from has have in into is it its of on or that the their this to was were which with'.split(
    ' ',
  ),
);

const fromHongKong = Converter({ from: 'hk', to: 'cn' });

/**
 * One form for what readers of three scripts would call the same: compatibility forms and full width (NFKD), accents
 * and case dropped, traditional characters, Hong Kong's and Taiwan's variants among them, as simplified ones.
 */
export function normalised(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFC');
  return fromHongKong(plain);
}

/** The atoms of a text in their order; words that tell nothing are left out, punctuation is a break. */
export function atomsOf(text: string): readonly (Atom | null)[] {
  const atoms: (Atom | null)[] = [];
  for (const [piece] of normalised(text).matchAll(PIECE)) {
    if (SOFT.test(piece) || STOP_WORDS.has(piece)) continue;
    if (HAN.test(piece)) atoms.push(piece);
    else if (WORD.test(piece)) atoms.push(stemOf(piece));
    else if (atoms.at(-1) !== null) atoms.push(null);
  }
  return atoms;
}

/** True for a Chinese character, as {@link atomsOf} yields it. */
export function isHan(atom: Atom): boolean {
  return HAN.test(atom);
}

/** The singular of an English plural (Harman's S-stemmer); other words are left as they are, initials of pinyin too. */
export function stemOf(word: string): string {
  if (word.length <= 3 || !word.endsWith('s') || /(?:ss|us|is|ous)$|^[^aeiou]+$/.test(word)) return word;
  if (/[^ae]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sses|shes|ches|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** The runs of Chinese characters between breaks and words of other scripts. */
export function hanRuns(atoms: readonly (Atom | null)[]): readonly string[] {
  const runs: string[] = [];
  let run = '';
  for (const atom of [...atoms, null]) {
    if (atom !== null && isHan(atom)) run += atom;
    else if (run !== '') {
      runs.push(run);
      run = '';
    }
  }
  return runs;
}
