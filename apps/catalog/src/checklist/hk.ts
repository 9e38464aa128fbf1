import { dataMerchantMeasures, pipl53 } from './articles.js';
import type { Requirement } from './requirement.js';

/** What organisations of Hong Kong show. */
export const hk: readonly Requirement[] = [
  {
    id: 'hk_certificate_of_incorporation',
    title: { en: 'Certificate of incorporation', 'zh-Hans': '公司注册证明书', 'zh-Hant': '公司註冊證明書' },
    roles: 'all',
    legalisation: 'notarised',
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Companies Ordinance (Cap. 622), section 71',
      'zh-Hans': '香港《公司条例》（第622章）第71条',
      'zh-Hant': '《公司條例》（第622章）第71條',
    },
  },
  {
    id: 'hk_business_registration',
    title: { en: 'Business registration certificate', 'zh-Hans': '商业登记证', 'zh-Hant': '商業登記證' },
    roles: 'all',
    legalisation: null,
    expires: true,
    maxAgeMonths: null,
    article: {
      en: 'Business Registration Ordinance (Cap. 310), section 6',
      'zh-Hans': '香港《商业登记条例》（第310章）第6条',
      'zh-Hant': '《商業登記條例》（第310章）第6條',
    },
  },
  {
    id: 'hk_annual_return',
    title: {
      en: 'Latest annual return with directors and members (NAR1)',
      'zh-Hans': '最近周年申报表（NAR1）',
      'zh-Hant': '最近周年申報表（NAR1）',
    },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: 15,
    article: {
      en: 'Companies Ordinance (Cap. 622), section 662',
      'zh-Hans': '香港《公司条例》（第622章）第662条',
      'zh-Hant': '《公司條例》（第622章）第662條',
    },
  },
  {
    id: 'hk_pdpo_policy',
    title: {
      en: 'Policy for personal data under the PDPO',
      'zh-Hans': '个人资料政策（《个人资料（私隐）条例》）',
      'zh-Hant': '個人資料政策（《個人資料（私隱）條例》）',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Personal Data (Privacy) Ordinance (Cap. 486), data protection principle 5',
      'zh-Hans': '香港《个人资料（私隐）条例》（第486章）保障资料第5原则',
      'zh-Hant': '《個人資料（私隱）條例》（第486章）保障資料第5原則',
    },
  },
  {
    id: 'hk_mainland_agent',
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
    id: 'hk_pi_representative',
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
