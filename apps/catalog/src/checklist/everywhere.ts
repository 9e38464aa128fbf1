import { dataSecurityLaw33, thirdPartyMeasures } from './articles.js';
import type { Requirement } from './requirement.js';

/** What every place is asked for, by role. */
export const everywhere: readonly Requirement[] = [
  {
    id: 'source_statement',
    title: { en: 'Statement of where the data comes from', 'zh-Hans': '数据来源声明', 'zh-Hant': '數據來源聲明' },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: dataSecurityLaw33,
  },
  {
    id: 'beneficial_owners',
    title: { en: 'Statement of beneficial owners', 'zh-Hans': '受益所有人声明', 'zh-Hant': '受益所有人聲明' },
    roles: ['merchant'],
    legalisation: null,
    expires: false,
    maxAgeMonths: 12,
    article: {
      en: 'Anti-Money Laundering Law (2024), article 19',
      'zh-Hans': '《反洗钱法》（2024年）第十九条',
      'zh-Hant': '《反洗錢法》（2024年）第十九條',
    },
  },
  {
    id: 'use_statement',
    title: {
      en: 'Statement of purpose, security ability and onward use',
      'zh-Hans': '用途、安全能力与转让说明',
      'zh-Hant': '用途、安全能力與轉讓說明',
    },
    roles: ['buyer'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: dataSecurityLaw33,
  },
  {
    id: 'practice_licence',
    title: { en: 'Practice licence of the profession', 'zh-Hans': '执业许可证', 'zh-Hant': '執業許可證' },
    roles: ['law_firm', 'quality_body', 'security_body', 'registrar'],
    legalisation: null,
    expires: true,
    maxAgeMonths: null,
    article: thirdPartyMeasures,
  },
  {
    id: 'independence_statement',
    title: { en: 'Statement of independence', 'zh-Hans': '独立性声明', 'zh-Hant': '獨立性聲明' },
    roles: ['law_firm', 'quality_body', 'security_body', 'registrar'],
    legalisation: null,
    expires: false,
    maxAgeMonths: 12,
    article: thirdPartyMeasures,
  },
  {
    id: 'registrar_directory',
    title: { en: 'Entry in the directory of registrars', 'zh-Hans': '登记机构目录证明', 'zh-Hant': '登記機構目錄證明' },
    roles: ['registrar'],
    legalisation: null,
    expires: false,
    maxAgeMonths: null,
    article: {
      en: 'NDA 2026 No. 35',
      'zh-Hans': '国家数据局2026年第35号文',
      'zh-Hant': '國家數據局2026年第35號文',
    },
  },
];
