import { addWords } from '../../i18n/i18n.js';

// Few close a month: what stands in their way is not in the frame that everybody loads.
await addWords({
  en: () => import('../../locales/en/close-check.js'),
  'zh-Hans': () => import('../../locales/zh-Hans/close-check.js'),
  'zh-Hant': () => import('../../locales/zh-Hant/close-check.js'),
});
