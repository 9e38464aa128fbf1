import { addWords } from '../../i18n/i18n.js';

// What can be wrong in a file is asked by those who write one: its words are not in the frame that everybody loads.
await addWords({
  en: () => import('../../locales/en/listing-file.js'),
  'zh-Hans': () => import('../../locales/zh-Hans/listing-file.js'),
  'zh-Hant': () => import('../../locales/zh-Hant/listing-file.js'),
});
