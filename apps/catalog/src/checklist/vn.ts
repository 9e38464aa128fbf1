import { dataMerchantMeasures, pipl53 } from './articles.js';
import type { Requirement } from './requirement.js';

/** What organisations of Viet Nam show. */
export const vn: readonly Requirement[] = [
  {
    id: 'vn_enterprise_registration',
    title: { en: 'Enterprise registration certificate', 'zh-Hans': '企业登记证书', 'zh-Hant': '企業登記證書' },
    roles: 'all',
    legalisation: 'notarised',
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Law on Enterprises 2020, article 27',
      'zh-Hans': '越南2020年《企业法》第27条',
      'zh-Hant': '越南2020年《企業法》第27條',
    },
  },
  {
    id: 'vn_beneficial_owner_declaration',
    title: { en: 'Declaration of beneficial owners', 'zh-Hans': '实益拥有人申报', 'zh-Hant': '實益擁有人申報' },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: 12,
    article: {
      en: 'Law amending the Law on Enterprises (2025)',
      'zh-Hans': '越南《企业法》修正案（2025年）',
      'zh-Hant': '越南《企業法》修正案（2025年）',
    },
  },
  {
    id: 'vn_transfer_dossier',
    title: {
      en: 'Dossier of the impact assessment of transfers abroad',
      'zh-Hans': '跨境转移影响评估档案',
      'zh-Hant': '跨境轉移影響評估檔案',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Law on Personal Data Protection (2025); Decree 356/2025/ND-CP',
      'zh-Hans': '越南《个人数据保护法》（2025年）；第356/2025/ND-CP号法令',
      'zh-Hant': '越南《個人數據保護法》（2025年）；第356/2025/ND-CP號法令',
    },
  },
  {
    id: 'vn_mainland_agent',
    title: {
      en: 'Power of attorney of the agent on the mainland',
      'zh-Hans': '境内代理人授权书',
      'zh-Hant': '境內代理人授權書',
    },
    roles: ['merchant'],
    legalisation: 'notarised',
    expires: false,
    maxAgeMonths: null,
    article: dataMerchantMeasures,
  },
  {
    id: 'vn_pi_representative',
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
