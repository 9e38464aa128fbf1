import { addWords } from '../../i18n/i18n.js';

// Merchants and reviewers alone meet findings: their words are not in the frame that everybody loads.
await addWords({
  en: () => import('../../locales/en/listing-findings.js'),
  'zh-Hans': () => import('../../locales/zh-Hans/listing-findings.js'),
  'zh-Hant': () => import('../../locales/zh-Hant/listing-findings.js'),
});
