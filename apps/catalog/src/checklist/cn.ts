import type { Requirement } from './requirement.js';

/** What organisations of mainland China show. */
export const cn: readonly Requirement[] = [
  {
    id: 'cn_business_licence',
    title: {
      en: 'Business licence with unified social credit code',
      'zh-Hans': '营业执照（统一社会信用代码）',
      'zh-Hant': '營業執照（統一社會信用代碼）',
    },
    roles: 'all',
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Regulation on Registration of Market Entities (2021), article 36',
      'zh-Hans': '《市场主体登记管理条例》（2021年）第三十六条',
      'zh-Hant': '《市場主體登記管理條例》（2021年）第三十六條',
    },
  },
  {
    id: 'cn_legal_representative',
    title: {
      en: 'Identity of the legal representative',
      'zh-Hans': '法定代表人身份证明',
      'zh-Hant': '法定代表人身份證明',
    },
    roles: 'all',
    legalisation: null,
    expires: true,
    maxAgeMonths: null,
    article: {
      en: 'Company Law (2023), article 10',
      'zh-Hans': '《公司法》（2023年）第十条',
      'zh-Hant': '《公司法》（2023年）第十條',
    },
  },
  {
    id: 'cn_mlps_filing',
    title: {
      en: 'Filing of the classified protection of cybersecurity',
      'zh-Hans': '网络安全等级保护备案证明',
      'zh-Hant': '網絡安全等級保護備案證明',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Cybersecurity Law, article 23',
      'zh-Hans': '《网络安全法》第二十三条',
      'zh-Hant': '《網絡安全法》第二十三條',
    },
  },
  {
    id: 'cn_data_security_officer',
    title: {
      en: 'Appointment of the person responsible for data security',
      'zh-Hans': '数据安全负责人任命书',
      'zh-Hant': '數據安全負責人任命書',
    },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'Data Security Law, article 27',
      'zh-Hans': '《数据安全法》第二十七条',
      'zh-Hant': '《數據安全法》第二十七條',
    },
  },
];
