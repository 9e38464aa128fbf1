import type { Requirement } from './requirement.js';

/** What organisations of the United Kingdom show. */
export const gb: readonly Requirement[] = [
  {
    id: 'gb_certificate_of_incorporation',
    title: {
      en: 'Certificate of incorporation of Companies House',
      'zh-Hans': '公司注册证书',
      'zh-Hant': '公司註冊證書',
    },
    roles: 'all',
    legalisation: 'apostille',
    expires: false,
    maxAgeMonths: null,
    article: 'Companies Act 2006, section 15',
  },
  {
    id: 'gb_psc_register',
    title: {
      en: 'Extract of the register of people with significant control',
      'zh-Hans': '重大控制人名册摘录',
      'zh-Hant': '重大控制人名冊摘錄',
    },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: 12,
    article: 'Companies Act 2006, part 21A',
  },
  {
    id: 'gb_ico_registration',
    title: {
      en: 'Registration with the Information Commissioner',
      'zh-Hans': '信息专员办公室注册证明',
      'zh-Hant': '信息專員辦公室註冊證明',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: true,
    maxAgeMonths: null,
    article: 'Data Protection (Charges and Information) Regulations 2018',
  },
  {
    id: 'gb_mainland_agent',
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
    id: 'gb_pi_representative',
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
