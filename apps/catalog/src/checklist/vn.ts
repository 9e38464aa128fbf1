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
    article: 'Law on Enterprises 2020, article 27',
  },
  {
    id: 'vn_beneficial_owner_declaration',
    title: { en: 'Declaration of beneficial owners', 'zh-Hans': '实益拥有人申报', 'zh-Hant': '實益擁有人申報' },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: 12,
    article: 'Law amending the Law on Enterprises (2025)',
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
    article: 'Law on Personal Data Protection (2025); Decree 356/2025/ND-CP',
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
    article: 'Shenzhen Interim Measures for Data Merchants (2023)',
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
    article: 'PIPL, article 53',
  },
];
