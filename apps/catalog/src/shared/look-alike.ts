/**
 * Names that look alike though they are written otherwise (Unicode Technical Standard 39). Of its data of confusable
 * characters (17.0) this holds the letters of Greek and Cyrillic that look like Latin ones: the scripts in which a name
 * on this exchange can be forged letter by letter. Han has no such letters, and is compared as it is.
 */
const LATIN_OF: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'ͺi ͿJ ΑA ΒB ΕE ΖZ ΗH Ιl ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa γy ιi νv οo ρp σo υu ϒY ϜF ϱp ϲc ϳj ϸp ϹC ϺM ЅS Іl ЈJ АA ВB ЕE ' +
    'КK МM НH ОO РP СC ТT УY ХX Ьb аa гr еe оo рp сc уy хx шw ѕs іi јj ѡw ѴV ѵv ҮY үy һh ҽe Ӏl ӏl ԁd ԌG ԛq ԜW ԝw ᴦr κk кk'
  )
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);

/** Digits and capitals that pass for a letter; applied last, to lower case. */
const PASSES_FOR: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', i: 'l', '|': 'l', '5': 's' };

/** Characters that take no room on a screen: with them, two names are the same to every eye. */
export const INVISIBLE = /[\p{Cf}\u115f\u1160\u3164\uffa0]/u;

/** What a name looks like: two names with one skeleton cannot be told apart. */
export function skeletonOf(name: string): string {
  const latin = [...name.normalize('NFKC')].map((letter) => LATIN_OF[letter] ?? letter).join('');
  return [...latin.toLowerCase()]
    .map((letter) => PASSES_FOR[letter] ?? letter)
    .join('')
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim();
}

/** The same name for every purpose: width, case and runs of space aside. */
export function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** The first word that mixes Latin with Greek or Cyrillic letters; undefined when there is none. */
export function mixedScriptWord(name: string): string | undefined {
  return name
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}]+/u)
    .find((word) => /\p{Script=Latin}/u.test(word) && /[\p{Script=Greek}\p{Script=Cyrillic}]/u.test(word));
}
