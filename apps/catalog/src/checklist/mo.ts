import { dataMerchantMeasures, pipl53 } from './articles.js';
import type { Requirement } from './requirement.js';

/** What organisations of Macao show. */
export const mo: readonly Requirement[] = [
  {
    id: 'mo_commercial_registration',
    title: { en: 'Commercial registration report', 'zh-Hans': '商业登记书面报告', 'zh-Hant': '商業登記書面報告' },
    roles: 'all',
    legalisation: 'notarised',
    expires: false,
    maxAgeMonths: 6,
    article: {
      en: 'Commercial Registration Code (Decree-Law 56/99/M)',
      'zh-Hans': '澳门《商业登记法典》（第56/99/M号法令）',
      'zh-Hant': '澳門《商業登記法典》（第56/99/M號法令）',
    },
  },
  {
    id: 'mo_tax_registration',
    title: {
      en: 'Declaration of commencement of business (M/1)',
      'zh-Hans': '营业税开业申报表（M/1）',
      'zh-Hant': '營業稅開業申報表（M/1）',
    },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Industrial Tax Regulation (Law 15/77/M)',
      'zh-Hans': '澳门《营业税章程》（第15/77/M号法律）',
      'zh-Hant': '澳門《營業稅章程》（第15/77/M號法律）',
    },
  },
  {
    id: 'mo_gpdp_notification',
    title: {
      en: 'Notification of the processing of personal data',
      'zh-Hans': '个人资料处理通知',
      'zh-Hant': '個人資料處理通知',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Law 8/2005, article 21',
      'zh-Hans': '澳门第8/2005号法律第二十一条',
      'zh-Hant': '澳門第8/2005號法律第二十一條',
    },
  },
  {
    id: 'mo_mainland_agent',
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
    id: 'mo_pi_representative',
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
