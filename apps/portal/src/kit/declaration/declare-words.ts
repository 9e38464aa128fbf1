import { addWords } from '../../i18n/i18n.js';

// A declaration asks more than any other screen, of few: its words are not in the frame that everybody loads.
await addWords({
  en: () => import('../../locales/en/declare.js'),
  'zh-Hans': () => import('../../locales/zh-Hans/declare.js'),
  'zh-Hant': () => import('../../locales/zh-Hant/declare.js'),
});
