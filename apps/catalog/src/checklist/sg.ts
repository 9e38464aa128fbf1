import { dataMerchantMeasures, pipl53 } from './articles.js';
import type { Requirement } from './requirement.js';

/** What organisations of Singapore show. */
export const sg: readonly Requirement[] = [
  {
    id: 'sg_acra_profile',
    title: {
      en: 'Business profile of ACRA',
      'zh-Hans': '会计与企业管理局商业资料',
      'zh-Hant': '會計與企業管理局商業資料',
    },
    roles: 'all',
    legalisation: 'apostille',
    expires: false,
    maxAgeMonths: 3,
    article: {
      en: 'Companies Act 1967, section 12',
      'zh-Hans': '新加坡《1967年公司法令》第12条',
      'zh-Hant': '新加坡《1967年公司法令》第12條',
    },
  },
  {
    id: 'sg_register_of_controllers',
    title: {
      en: 'Extract of the register of registrable controllers',
      'zh-Hans': '可登记控制人名册摘录',
      'zh-Hant': '可登記控制人名冊摘錄',
    },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: 6,
    article: {
      en: 'Companies Act 1967, section 386AF',
      'zh-Hans': '新加坡《1967年公司法令》第386AF条',
      'zh-Hant': '新加坡《1967年公司法令》第386AF條',
    },
  },
  {
    id: 'sg_data_protection_officer',
    title: {
      en: 'Appointment of the data protection officer',
      'zh-Hans': '资料保护官任命书',
      'zh-Hant': '資料保護官任命書',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Personal Data Protection Act 2012, section 11',
      'zh-Hans': '新加坡《2012年个人资料保护法令》第11条',
      'zh-Hant': '新加坡《2012年個人資料保護法令》第11條',
    },
  },
  {
    id: 'sg_mainland_agent',
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
    id: 'sg_pi_representative',
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
