import type { Citation } from '../engine/rule-set.js';
import { articles } from './citation-articles.js';
import { words, wordsById } from './words.js';

const instrument = wordsById([
  [
    'CBDF',
    'Provisions on Promoting and Regulating Cross-border Data Flows (2024)',
    '《促进和规范数据跨境流动规定》',
    '《促進和規範數據跨境流動規定》',
  ],
  [
    'NDSMR',
    'Network Data Security Management Regulations (2025)',
    '《网络数据安全管理条例》',
    '《網絡數據安全管理條例》',
  ],
  [
    'SMALL',
    'Simplified measures for small personal-information handlers (2026)',
    '《小型个人信息处理者个人信息保护简化措施规定》',
    '《小型個人信息處理者個人信息保護簡化措施規定》',
  ],
  [
    'SCM',
    'Standard Contract Measures (2023); numbers replaced by CBDF',
    '《个人信息出境标准合同办法》（数量门槛已由《促进和规范数据跨境流动规定》取代）',
    '《個人信息出境標準合同辦法》（數量門檻已由《促進和規範數據跨境流動規定》取代）',
  ],
  [
    'CERT',
    'Personal Information Export Certification Measures (2026)',
    '《个人信息出境认证办法》',
    '《個人信息出境認證辦法》',
  ],
  ['CSL2025', 'Cybersecurity Law (as amended 2025)', '《网络安全法》（2025年修正）', '《網絡安全法》（2025年修正）'],
  ['PIPL', 'Personal Information Protection Law', '《个人信息保护法》', '《個人信息保護法》'],
  ['DSL', 'Data Security Law', '《数据安全法》', '《數據安全法》'],
  ['HGR', 'Regulation on Human Genetic Resources', '《人类遗传资源管理条例》', '《人類遺傳資源管理條例》'],
  [
    'HGRR',
    'Implementing Rules on Human Genetic Resources',
    '《人类遗传资源管理条例实施细则》',
    '《人類遺傳資源管理條例實施細則》',
  ],
]);

const others: readonly (readonly [id: string, mark: string, en: string, hans: string, hant: string])[] = [
  ['STATE-SECRETS-LAW', 'mem: high', 'Law on Guarding State Secrets', '《保守国家秘密法》', '《保守國家秘密法》'],
  ['NL-LOCAL', 'reference 1.8', 'Negative list of the zone', '所在区域负面清单', '所在區域負面清單'],
  [
    'SA-GUIDE-SCOPE',
    'mem: high; consistent with S79',
    'Declaration Guide for Security Assessment: what counts as export',
    '《数据出境安全评估申报指南》：数据出境的范围',
    '《數據出境安全評估申報指南》：數據出境的範圍',
  ],
  [
    'PRACTICE-DVP',
    'found: S1, S54-S62',
    'Practice of the Shenzhen–Hong Kong data validation platform',
    '深港跨境数据验证平台实践',
    '深港跨境數據驗證平台實踐',
  ],
  [
    'NHC-BIGDATA-30',
    'mem: medium',
    'National health big-data measures (trial), art. 30',
    '《国家健康医疗大数据标准、安全和服务管理办法（试行）》第30条',
    '《國家健康醫療大數據標準、安全和服務管理辦法（試行）》第30條',
  ],
  [
    'GBT-39725',
    'found: S76; details mem: medium',
    'GB/T 39725-2020, health data security',
    'GB/T 39725-2020 健康医疗数据安全指南',
    'GB/T 39725-2020 健康醫療數據安全指南',
  ],
  [
    'TECH-CATALOGUE',
    'mem: high that entries exist',
    'Catalogue of technologies prohibited or restricted from export',
    '《中国禁止出口限制出口技术目录》',
    '《中國禁止出口限制出口技術目錄》',
  ],
  [
    'GBA-HK-2',
    'found: S26, S28',
    'Greater Bay Area contract guidelines (mainland–Hong Kong), art. 2',
    '《粤港澳大湾区（内地、香港）个人信息跨境流动标准合同实施指引》第2条',
    '《粵港澳大灣區（內地、香港）個人信息跨境流動標準合同實施指引》第2條',
  ],
  [
    'GBA-MO-2',
    'found: S33',
    'Greater Bay Area contract guidelines (mainland–Macao), art. 2',
    '《粤港澳大湾区（内地、澳门）个人信息跨境流动标准合同实施指引》第2条',
    '《粵港澳大灣區（內地、澳門）個人信息跨境流動標準合同實施指引》第2條',
  ],
  [
    'PDPO-DPP',
    'mem: high',
    'Hong Kong, Cap. 486, Schedule 1: data protection principles',
    '香港第486章附表1：保障资料原则',
    '香港第486章附表1：保障資料原則',
  ],
  [
    'PDPO-33-NOT-IN-FORCE',
    'found: S35',
    'Hong Kong, Cap. 486, s. 33 (never brought into force)',
    '香港第486章第33条（尚未实施）',
    '香港第486章第33條（尚未實施）',
  ],
  [
    'PCPD-RMC',
    'mem: high',
    'Hong Kong, recommended model contractual clauses (2022)',
    '香港《建议合约条文范本》（2022）',
    '香港《建議合約條文範本》（2022）',
  ],
  ['MO-19', 'mem: high', 'Macao, Law 8/2005, art. 19', '澳门第8/2005号法律第19条', '澳門第8/2005號法律第19條'],
  ['MO-20', 'found: S36', 'Macao, Law 8/2005, art. 20', '澳门第8/2005号法律第20条', '澳門第8/2005號法律第20條'],
  ['SG-26', 'found: S37', 'Singapore, PDPA s. 26', '新加坡《个人数据保护法》第26条', '新加坡《個人數據保護法》第26條'],
  [
    'SG-PDPR-10-11',
    'found: S37',
    'Singapore, PDP Regulations 2021, regs 10–11',
    '新加坡《2021年个人数据保护条例》第10至11条',
    '新加坡《2021年個人數據保護條例》第10至11條',
  ],
  [
    'MY-129',
    'found: S38',
    'Malaysia, PDPA 2010 s. 129 as amended',
    '马来西亚《2010年个人数据保护法》第129条（经修订）',
    '馬來西亞《2010年個人數據保護法》第129條（經修訂）',
  ],
  [
    'MY-CBPDT-3-2025',
    'found: S38',
    'Malaysia, Guideline No. 3/2025',
    '马来西亚第3/2025号指引',
    '馬來西亞第3/2025號指引',
  ],
  ['VN-91-2025', 'found: S39', 'Vietnam, Law 91/2025/QH15', '越南第91/2025/QH15号法律', '越南第91/2025/QH15號法律'],
  [
    'VN-ND356-17-18',
    'found: S39',
    'Vietnam, Decree 356/2025, arts 17–18',
    '越南第356/2025号法令第17至18条',
    '越南第356/2025號法令第17至18條',
  ],
  ['UK-GDPR-44-49', 'mem: high', 'UK GDPR, Chapter V', '英国 UK GDPR 第五章', '英國 UK GDPR 第五章'],
  [
    'UK-DUAA-2025',
    'found: S40',
    'UK, Data (Use and Access) Act 2025',
    '英国《2025年数据（使用与访问）法》',
    '英國《2025年數據（使用與存取）法》',
  ],
  [
    'ICO-IDTA',
    'found: S40',
    'UK, International Data Transfer Agreement or Addendum',
    '英国《国际数据传输协议》或附录',
    '英國《國際數據傳輸協議》或附錄',
  ],
  ['US-28CFR-202', 'found: S41', 'US, 28 CFR Part 202', '美国 28 CFR 第202部分', '美國 28 CFR 第202部分'],
  [
    'US-28CFR-202.301',
    'mem: high',
    'US, 28 CFR 202.301: prohibited data brokerage',
    '美国 28 CFR 202.301：禁止的数据经纪',
    '美國 28 CFR 202.301：禁止的數據經紀',
  ],
  [
    'US-28CFR-202.303',
    'mem: high',
    'US, 28 CFR 202.303: prohibited human omic transactions',
    '美国 28 CFR 202.303：禁止的人类组学交易',
    '美國 28 CFR 202.303：禁止的人類組學交易',
  ],
];

export const citations: readonly Citation[] = [
  ...articles.map(([id, name, article, mark]) => {
    const text = instrument(name);
    return {
      id,
      mark,
      text: words(
        `${text.en}, art. ${article}`,
        `${text['zh-Hans']}第${article}条`,
        `${text['zh-Hant']}第${article}條`,
      ),
    };
  }),
  ...others.map(([id, mark, en, hans, hant]) => ({ id, mark, text: words(en, hans, hant) })),
];
