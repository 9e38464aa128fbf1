import { dataMerchantMeasures, pipl53, stateOfFormation } from './articles.js';
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
    article: stateOfFormation,
  },
  {
    id: 'us_articles',
    title: { en: 'Articles of incorporation or organisation', 'zh-Hans': '公司章程', 'zh-Hant': '公司章程' },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: stateOfFormation,
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
    article: {
      en: '26 CFR 301.6109-1',
      'zh-Hans': '《美国联邦法规》第26编第301.6109-1条',
      'zh-Hant': '《美國聯邦法規》第26編第301.6109-1條',
    },
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
    article: {
      en: '28 CFR part 202',
      'zh-Hans': '《美国联邦法规》第28编第202部分',
      'zh-Hant': '《美國聯邦法規》第28編第202部',
    },
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
    article: dataMerchantMeasures,
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
    article: pipl53,
  },
];
