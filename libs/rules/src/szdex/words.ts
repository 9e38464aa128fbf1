import type { LocalizedText } from '@hetao/kernel';

/** One text in the three languages of the exchange: English, 简体, 繁體（香港）. */
export function words(en: string, hans: string, hant: string): LocalizedText {
  return { en, 'zh-Hans': hans, 'zh-Hant': hant };
}

/** Texts by id, as rows that can be read beside each other. */
export type WordRows = readonly (readonly [id: string, en: string, hans: string, hant: string])[];

/** @throws Error at module load when an id has no row: a text is never left out silently. */
export function wordsById(rows: WordRows): (id: string) => LocalizedText {
  const texts = new Map(rows.map(([id, en, hans, hant]) => [id, words(en, hans, hant)]));
  return (id) => {
    const text = texts.get(id);
    if (text === undefined) throw new Error(`No text for ${id}.`);
    return text;
  };
}
