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
    article: 'Regulation on Registration of Market Entities (2021), article 36',
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
    article: 'Company Law (2023), article 10',
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
    article: 'Cybersecurity Law, article 23',
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
    article: 'Data Security Law, article 27',
  },
];
