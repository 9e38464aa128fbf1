import { addWords } from '../../i18n/i18n.js';

// Alarms are rare, and few see them: their words are not in the frame that everybody loads.
await addWords({
  en: () => import('../../locales/en/alarms.js'),
  'zh-Hans': () => import('../../locales/zh-Hans/alarms.js'),
  'zh-Hant': () => import('../../locales/zh-Hant/alarms.js'),
});
