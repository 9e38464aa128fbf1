import { pinyin } from 'pinyin-pro';

/** How many runs' readings are kept: names repeat their words. */
const KEPT = 20_000;
const readings = new Map<string, readonly string[]>();

/** Syllables of Mandarin as typed on a keyboard (ü is v), without tones. */
const SYLLABLE =
  /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)$/;

/** The reading of every character of a run of Chinese characters, polyphones by their neighbours. */
export function syllablesOf(run: string): readonly string[] {
  const known = readings.get(run);
  if (known !== undefined) return known;
  const syllables = pinyin(run, { toneType: 'none', type: 'array', v: true });
  if (readings.size >= KEPT) readings.clear();
  readings.set(run, syllables);
  return syllables;
}

/** Whether a word may be one syllable of pinyin. */
export function isSyllable(word: string): boolean {
  return word.length <= 6 && SYLLABLE.test(word);
}

/** Full reading and initials, as somebody types them: `zhongyiyao`, `zyy`. */
export function spellings(syllables: readonly string[]): readonly [full: string, initials: string] {
  return [syllables.join(''), syllables.map((syllable) => syllable[0] ?? '').join('')];
}
