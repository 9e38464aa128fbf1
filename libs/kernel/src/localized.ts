/** BCP 47 tags of the languages every name is kept in; `zh-Hant` is Hong Kong wording. */
export const languages = ['en', 'zh-Hans', 'zh-Hant'] as const;

/** BCP 47 tag of a language of the exchange. */
export type Language = (typeof languages)[number];

/** One text in every language of the exchange; none may be missing, so no screen shows a hole. */
export type LocalizedText = Readonly<Record<Language, string>>;
