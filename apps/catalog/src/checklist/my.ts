import { dataMerchantMeasures, pipl53 } from './articles.js';
import type { Requirement } from './requirement.js';

/** What organisations of Malaysia show. Malaysia is no party to the Apostille Convention: a notary legalises. */
export const my: readonly Requirement[] = [
  {
    id: 'my_ssm_profile',
    title: {
      en: 'Company profile of SSM (section 17 notice)',
      'zh-Hans': '马来西亚公司委员会公司资料',
      'zh-Hant': '馬來西亞公司委員會公司資料',
    },
    roles: 'all',
    legalisation: 'notarised',
    expires: false,
    maxAgeMonths: 3,
    article: {
      en: 'Companies Act 2016, section 17',
      'zh-Hans': '马来西亚《2016年公司法令》第17条',
      'zh-Hant': '馬來西亞《2016年公司法令》第17條',
    },
  },
  {
    id: 'my_beneficial_owners',
    title: { en: 'Register of beneficial owners', 'zh-Hans': '实益拥有人名册', 'zh-Hant': '實益擁有人名冊' },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: 6,
    article: {
      en: 'Companies Act 2016, section 60B',
      'zh-Hans': '马来西亚《2016年公司法令》第60B条',
      'zh-Hant': '馬來西亞《2016年公司法令》第60B條',
    },
  },
  {
    id: 'my_pdpa_registration',
    title: {
      en: 'Registration or exemption under the PDPA',
      'zh-Hans': '个人数据保护法注册或豁免证明',
      'zh-Hant': '個人數據保護法註冊或豁免證明',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: true,
    maxAgeMonths: null,
    article: {
      en: 'Personal Data Protection Act 2010, section 16',
      'zh-Hans': '马来西亚《2010年个人资料保护法令》第16条',
      'zh-Hant': '馬來西亞《2010年個人資料保護法令》第16條',
    },
  },
  {
    id: 'my_mainland_agent',
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
    id: 'my_pi_representative',
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
