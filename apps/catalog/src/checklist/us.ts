import type { Requirement } from './requirement.js';

/** What organisations of the United States show. */
export const us: readonly Requirement[] = [
  {
    id: 'us_good_standing',
    title: {
      en: 'Certificate of good standing of the state',
      'zh-Hans': '州政府良好存续证明',
      'zh-Hant': '州政府良好存續證明',
    },
    roles: 'all',
    legalisation: 'apostille',
    expires: false,
    maxAgeMonths: 6,
    article: 'Law of the state of formation',
  },
  {
    id: 'us_articles',
    title: { en: 'Articles of incorporation or organisation', 'zh-Hans': '公司章程', 'zh-Hant': '公司章程' },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: 'Law of the state of formation',
  },
  {
    id: 'us_ein_letter',
    title: {
      en: 'Employer identification number letter (CP 575 or 147C)',
      'zh-Hans': '雇主识别号确认函',
      'zh-Hant': '僱主識別號確認函',
    },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: '26 CFR 301.6109-1',
  },
  {
    id: 'us_bulk_data_statement',
    title: {
      en: 'Statement on bulk sensitive personal data',
      'zh-Hans': '大宗敏感个人数据声明',
      'zh-Hant': '大宗敏感個人數據聲明',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: 12,
    article: '28 CFR part 202',
  },
  {
    id: 'us_mainland_agent',
    title: {
      en: 'Power of attorney of the agent on the mainland',
      'zh-Hans': '境内代理人授权书',
      'zh-Hant': '境內代理人授權書',
    },
    roles: ['merchant'],
    legalisation: 'apostille',
    expires: false,
    maxAgeMonths: null,
    article: 'Shenzhen Interim Measures for Data Merchants (2023)',
  },
  {
    id: 'us_pi_representative',
    title: {
      en: 'Representative for personal information on the mainland',
      'zh-Hans': '境内个人信息保护代表',
      'zh-Hant': '境內個人信息保護代表',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: 'PIPL, article 53',
  },
];
