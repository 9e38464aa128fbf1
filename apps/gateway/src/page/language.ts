import { languages, type Language } from '@hetao/kernel';

/** Where a reader's language can be learnt from, best first. */
export interface LanguageHints {
  /** `?lang=` of the address. */
  readonly asked: string | undefined;
  /** What was asked last time, from a cookie. */
  readonly remembered: string | undefined;
  /** The Accept-Language header (RFC 9110 12.5.4). */
  readonly accepted: string | undefined;
}

/** Longer headers are cut: nobody reads twenty languages, and each entry costs a comparison. */
const MAX_ENTRIES = 20;

/** The language to answer in; English when nothing fits. */
export function pickLanguage(hints: LanguageHints): Language {
  for (const choice of [hints.asked, hints.remembered]) {
    const exact = languages.find((language) => language.toLowerCase() === choice?.toLowerCase());
    if (exact !== undefined) return exact;
  }
  for (const tag of acceptedTags(hints.accepted ?? '')) {
    const language = closest(tag);
    if (language !== undefined) return language;
  }
  return 'en';
}

function acceptedTags(header: string): string[] {
  return header
    .split(',', MAX_ENTRIES)
    .map((entry, place) => {
      const [tag = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((text) => /^\s*q=([01](?:\.\d{0,3})?)$/.exec(text)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality), place };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.place - b.place)
    .map(({ tag }) => tag);
}

/** Script first, then region: `zh-HK` and `zh-TW` read traditional characters, other Chinese simplified ones. */
function closest(tag: string): Language | undefined {
  const [language, ...subtags] = tag.split('-');
  if (language === 'en' || tag === '*') return 'en';
  if (language === 'yue') return subtags.includes('hans') ? 'zh-Hans' : 'zh-Hant';
  if (language !== 'zh') return undefined;
  if (subtags.includes('hans')) return 'zh-Hans';
  return subtags.some((subtag) => ['hant', 'hk', 'mo', 'tw'].includes(subtag)) ? 'zh-Hant' : 'zh-Hans';
}
