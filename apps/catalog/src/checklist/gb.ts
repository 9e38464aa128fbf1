import { dataMerchantMeasures, pipl53 } from './articles.js';
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
    article: {
      en: 'Companies Act 2006, section 15',
      'zh-Hans': '英国《2006年公司法》第15条',
      'zh-Hant': '英國《2006年公司法》第15條',
    },
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
    article: {
      en: 'Companies Act 2006, part 21A',
      'zh-Hans': '英国《2006年公司法》第21A部',
      'zh-Hant': '英國《2006年公司法》第21A部',
    },
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
    article: {
      en: 'Data Protection (Charges and Information) Regulations 2018',
      'zh-Hans': '英国2018年《数据保护（收费和信息）条例》',
      'zh-Hant': '英國2018年《數據保護（收費和信息）規例》',
    },
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
    article: dataMerchantMeasures,
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
    article: pipl53,
  },
];
