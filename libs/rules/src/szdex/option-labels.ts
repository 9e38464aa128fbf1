import type { LocalizedText } from '@hetao/kernel';
import { words } from './words.js';

type LabelRows = readonly (readonly [value: string, en: string, hans: string, hant: string])[];

const places: LabelRows = [
  ['CN', 'Mainland China', '中国内地', '中國內地'],
  ['HK', 'Hong Kong', '香港', '香港'],
  ['MO', 'Macao', '澳门', '澳門'],
  ['SG', 'Singapore', '新加坡', '新加坡'],
  ['MY', 'Malaysia', '马来西亚', '馬來西亞'],
  ['VN', 'Vietnam', '越南', '越南'],
  ['GB', 'United Kingdom', '英国', '英國'],
  ['US', 'United States', '美国', '美國'],
  ['OTHER', 'Another place', '其他地方', '其他地方'],
];

const rows: Readonly<Record<string, LabelRows>> = {
  'tx.origin': places.slice(0, -1),
  'tx.destination': places,
  'tx.mode': [
    ['file', 'A file', '文件', '檔案'],
    ['api', 'An API', 'API 接口', 'API 介面'],
    ['media', 'A storage medium', '存储介质', '儲存媒體'],
    ['remote_view', 'Looking from abroad, nothing copied', '境外远程查看（不复制）', '境外遠程查看（不複製）'],
    ['code_to_data', 'Code travels to the data', '算力过境、数据不过境', '算力過境、數據不過境'],
    ['hash_only', 'Only hashes are exchanged', '仅交换哈希值', '僅交換哈希值'],
    ['subject_carried', 'The person carries his own data', '本人自行携带', '本人自行攜帶'],
  ],
  'tx.purpose': [
    ['individual_contract', 'A contract with the person concerned', '履行与个人的合同', '履行與個人的合同'],
    ['hr', 'Cross-border staff management', '跨境人力资源管理', '跨境人力資源管理'],
    ['emergency', 'Saving life, health or property', '紧急情况下保护生命健康财产', '緊急情況下保護生命健康財產'],
    ['statutory_duty', 'A statutory duty', '履行法定职责或义务', '履行法定職責或義務'],
    ['academic', 'Academic cooperation or research', '学术合作或研究', '學術合作或研究'],
    ['trade', 'International trade', '国际贸易', '國際貿易'],
    ['transport', 'Cross-border transport', '跨境运输', '跨境運輸'],
    ['manufacturing', 'Multinational manufacturing', '跨国生产制造', '跨國生產製造'],
    ['marketing', 'Marketing', '市场营销', '市場營銷'],
    ['data_product_sale', 'Sale of a data product', '数据产品交易', '數據產品交易'],
    ['loan_application', 'A loan application', '贷款申请', '貸款申請'],
    ['judicial_request', 'A request of a foreign court or police', '境外司法或执法机构请求', '境外司法或執法機構請求'],
    ['other', 'Something else', '其他', '其他'],
  ],
  'exp.zone': [
    ['none', 'None', '不在任何区域', '不在任何區域'],
    ['gd_ftz', 'Guangdong free trade zone', '广东自贸试验区', '廣東自貿試驗區'],
    ['hetao_sz', 'Hetao Shenzhen park', '河套深圳园区', '河套深圳園區'],
    ['other_ftz', 'Another free trade zone', '其他自贸试验区', '其他自貿試驗區'],
  ],
  'd.pi': [
    ['none', 'No natural persons', '不涉及自然人', '不涉及自然人'],
    ['anonymised', 'Anonymised: nobody can be found again', '匿名化（无法复原识别）', '匿名化（無法復原識別）'],
    ['deidentified', 'De-identified: a key is kept somewhere', '去标识化（另存密钥）', '去標識化（另存密鑰）'],
    ['identified', 'Identified', '可识别', '可識別'],
  ],
  'd.important': [
    ['notified', 'Yes: told, or published', '是：已被告知或公开发布', '是：已被告知或公開發布'],
    ['not_notified', 'No: neither told nor published', '否：未被告知或公开发布', '否：未被告知或公開發布'],
    ['unknown', 'I have not found out', '尚未查明', '尚未查明'],
  ],
  'd.hgr': [
    ['none', 'Neither', '均不是', '均不是'],
    ['info', 'Information from genes', '人类遗传资源信息', '人類遺傳資源信息'],
    ['material', 'Material with genes', '人类遗传资源材料', '人類遺傳資源材料'],
  ],
  'nl.status': [
    ['na', 'No list applies', '无清单适用', '無清單適用'],
    ['industry_not_covered', 'The list does not cover the industry', '清单未覆盖该行业', '清單未覆蓋該行業'],
    ['covered_not_listed', 'Covered, and not on the list', '已覆盖但未列入清单', '已覆蓋但未列入清單'],
    ['listed_assessment', 'Listed: security assessment', '列入：须安全评估', '列入：須安全評估'],
    ['listed_sc', 'Listed: standard contract or certification', '列入：须标准合同或认证', '列入：須標準合同或認證'],
  ],
};

/** What the answers to one question are called, by value; undefined for a question that has no list. */
export function optionLabels(factKey: string): Readonly<Record<string, LocalizedText>> | undefined {
  const found = rows[factKey];
  if (found === undefined) return undefined;
  return Object.fromEntries(found.map(([value, en, hans, hant]) => [value, words(en, hans, hant)]));
}
