import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@hetao/kernel';
import { pageState } from '../app/page-state.js';
import type { alarms } from '../locales/en/alarms.js';
import type { closeCheck } from '../locales/en/close-check.js';
import type { declare } from '../locales/en/declare.js';
import type { EnglishWords } from '../locales/en/index.js';
import type { listingFile } from '../locales/en/listing-file.js';
import type { listingFindings } from '../locales/en/listing-findings.js';
import { loadAntdWords } from './antd-words.js';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: EnglishWords & FurtherWords };
  }
}

/** Those that a screen brings itself ({@link addWords}). */
interface FurtherWords {
  alarms: typeof alarms;
  closeCheck: typeof closeCheck;
  declare: typeof declare;
  listingFile: typeof listingFile;
  listingFindings: typeof listingFindings;
}

/** A language is one file, loaded when somebody reads it. Each has every word: the types see to it. */
const LOADERS = {
  en: () => import('../locales/en/index.js'),
  'zh-Hans': () => import('../locales/zh-Hans/index.js'),
  'zh-Hant': () => import('../locales/zh-Hant/index.js'),
} as const satisfies Record<Language, () => Promise<{ words: object }>>;

export const i18n = createInstance();

/** Where the words of one large screen are found in each language. */
type WordLoaders = Readonly<Record<Language, () => Promise<object>>>;

/** Those of the screens that were opened: a reader who switches takes them along. */
const further: WordLoaders[] = [];

/** A screen may be here before the words of the frame are: both are asked for at once. */
const started = Promise.withResolvers<void>();

/** Words that come with their screen instead of with the frame; a screen waits for them before it is drawn. */
export async function addWords(loaders: WordLoaders): Promise<void> {
  further.push(loaders);
  await started.promise;
  await bring(loaders, currentLanguage());
}

async function bring(loaders: WordLoaders, language: Language): Promise<void> {
  i18n.addResourceBundle(language, 'words', { ...(await loaders[language]()) }, true);
}

/** Starts with the language the gateway chose: address, cookie, browser, in this order. */
export async function startI18n(language: Language): Promise<void> {
  const [{ words }] = await Promise.all([LOADERS[language](), loadAntdWords(language)]);
  await i18n.use(initReactI18next).init({
    lng: language,
    supportedLngs: Object.keys(LOADERS),
    load: 'currentOnly',
    fallbackLng: false,
    defaultNS: 'words',
    ns: ['words'],
    resources: { [language]: { words } },
    // React escapes; escaping twice would show &amp; to people.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  started.resolve();
}

/** Before the words are here it is the one they are asked for in. */
export function currentLanguage(): Language {
  return (i18n.language as Language | undefined) ?? pageState.language;
}

const ONE_YEAR_S = 31_536_000;

/** Changes the language where one stands: page, filters and a half-filled form stay. */
export async function switchLanguage(language: Language): Promise<void> {
  if (!i18n.hasResourceBundle(language, 'words')) {
    const [{ words }] = await Promise.all([LOADERS[language](), loadAntdWords(language)]);
    i18n.addResourceBundle(language, 'words', words);
  }
  await Promise.all(further.map((loaders) => bring(loaders, language)));
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  // The server's pages, mails and papers follow (apps/gateway/src/page/page.reply.ts).
  document.cookie = `hetao-language=${language}; path=/; samesite=lax; max-age=${ONE_YEAR_S}`;
}
