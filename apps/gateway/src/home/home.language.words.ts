import type { Language } from '@hetao/kernel';
import { english } from './home.words.en.js';
import type { HomeWords } from './home.words.js';
import { simplified } from './home.words.zh-hans.js';
import { traditional } from './home.words.zh-hant.js';

/** The first page in every language of the exchange. */
export const homeWords: Readonly<Record<Language, HomeWords>> = {
  en: english,
  'zh-Hans': simplified,
  'zh-Hant': traditional,
};
