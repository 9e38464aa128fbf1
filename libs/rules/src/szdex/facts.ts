import type { Fact, FactType } from '../engine/rule-set.js';
import { words } from './words.js';

const bool = { type: 'bool' } as const;
const int = { type: 'int' } as const;
const oneOf = (...values: readonly string[]): FactType => ({ type: 'enum', values });
const places = ['CN', 'HK', 'MO', 'SG', 'MY', 'VN', 'GB', 'US'];

/** Places by ISO code; modes and purposes as the reference of the exchange lists them. */
const purposes = [
  ...['individual_contract', 'hr', 'emergency', 'statutory_duty', 'academic', 'trade', 'transport'],
  ...['manufacturing', 'marketing', 'data_product_sale', 'loan_application', 'judicial_request', 'other'],
];

const ask = (key: string, type: FactType, [en, hans, hant]: readonly [string, string, string]): Fact => ({
  key,
  ...type,
  question: words(en, hans, hant),
});

/** What the rules ask about the transfer itself. */
const transfer: readonly Fact[] = [
  ask('tx.origin', oneOf(...places), [
    'Where were the data collected or generated?',
    '数据在何处收集或产生？',
    '數據在何處收集或產生？',
  ]),
  ask('tx.destination', oneOf(...places, 'OTHER'), ['Where do the data go?', '数据提供到何处？', '數據提供到何處？']),
  ask('tx.mode', oneOf('file', 'api', 'media', 'remote_view', 'code_to_data', 'hash_only', 'subject_carried'), [
    'How does the recipient get at the data?',
    '接收方以何种方式取得数据？',
    '接收方以何種方式取得數據？',
  ]),
  ask('tx.raw_visible', bool, [
    'Can anybody outside the place of origin see, query or retrieve single records?',
    '境外是否可以查看、查询或调取单条记录？',
    '境外是否可以查看、查詢或調取單條紀錄？',
  ]),
  ask('tx.hash_salted', bool, [
    'Is the hash salted with at least 128 random bits that the person concerned keeps?',
    '哈希是否加入至少128位、由本人保管的随机盐值？',
    '哈希是否加入至少128位、由本人保管的隨機鹽值？',
  ]),
  ask('tx.collected_abroad', bool, [
    'Were the personal data collected outside the mainland and only processed there?',
    '个人信息是否在境外收集、仅在境内处理？',
    '個人信息是否在境外收集、僅在境內處理？',
  ]),
  ask('tx.mixes_domestic', bool, [
    'Were mainland personal or important data mixed in while processing?',
    '处理过程中是否引入境内个人信息或重要数据？',
    '處理過程中是否引入境內個人信息或重要數據？',
  ]),
  ask('tx.purpose', oneOf(...purposes), [
    'What are the data provided for?',
    '提供数据的目的是什么？',
    '提供數據的目的是甚麼？',
  ]),
  ask('tx.necessity', bool, [
    'Is providing them really needed for that purpose?',
    '为该目的是否确需提供？',
    '為該目的是否確需提供？',
  ]),
  ask('tx.collective_basis', bool, [
    'Are there lawful labour rules and a lawfully signed collective contract?',
    '是否有依法制定的劳动规章制度和依法签订的集体合同？',
    '是否有依法制定的勞動規章制度和依法簽訂的集體合同？',
  ]),
  ask('tx.onward_outside_gba', bool, [
    'Will the recipient pass the data on outside the Greater Bay Area?',
    '接收方是否会向大湾区以外再转移？',
    '接收方是否會向大灣區以外再轉移？',
  ]),
];

/** About the exporter. */
const exporter: readonly Fact[] = [
  ask('exp.ciio', bool, [
    'Is the exporter an operator of critical information infrastructure?',
    '提供方是否为关键信息基础设施运营者？',
    '提供方是否為關鍵信息基礎設施營運者？',
  ]),
  ask('exp.total_pi', int, [
    'How many people’s personal data does the exporter process in all?',
    '提供方共处理多少自然人的个人信息？',
    '提供方共處理多少自然人的個人信息？',
  ]),
  ask('exp.gba', bool, [
    'Is the exporter registered or located in the nine cities, Hong Kong or Macao?',
    '提供方是否注册于或位于大湾区内地九市、香港或澳门？',
    '提供方是否註冊於或位於大灣區內地九市、香港或澳門？',
  ]),
  ask('exp.zone', oneOf('none', 'gd_ftz', 'hetao_sz', 'other_ftz'), [
    'In which free trade zone or park is the exporter registered and working?',
    '提供方在哪个自贸试验区或园区注册并经营？',
    '提供方在哪個自貿試驗區或園區註冊並經營？',
  ]),
  ask('exp.foreign_party', bool, [
    'Was the exporter set up, or is it controlled, by a foreign organisation or person?',
    '提供方是否由境外组织或个人设立或实际控制？',
    '提供方是否由境外組織或個人設立或實際控制？',
  ]),
];

/** About the recipient. */
const recipient: readonly Fact[] = [
  ask('rcp.gba', bool, [
    'Is the recipient registered or located in the Greater Bay Area?',
    '接收方是否注册于或位于大湾区？',
    '接收方是否註冊於或位於大灣區？',
  ]),
  ask('rcp.listed_42', bool, [
    'Is the recipient on the list of restricted or forbidden recipients?',
    '接收方是否在限制或者禁止个人信息提供清单上？',
    '接收方是否在限制或者禁止個人信息提供清單上？',
  ]),
  ask('rcp.foreign_party', bool, [
    'Is the recipient a foreign party in the sense of the human genetic resources rules?',
    '按人类遗传资源规定，接收方是否为外方？',
    '按人類遺傳資源規定，接收方是否為外方？',
  ]),
];

/** About the data. */
const data: readonly Fact[] = [
  ask('d.pi', oneOf('none', 'anonymised', 'deidentified', 'identified'), [
    'Do the data concern natural persons, and how identifiable are they?',
    '数据是否涉及自然人，可识别程度如何？',
    '數據是否涉及自然人，可識別程度如何？',
  ]),
  ask('d.sensitive', bool, [
    'Are sensitive personal data among them (health, accounts, biometrics, whereabouts, under 14 …)?',
    '是否包含敏感个人信息（医疗健康、金融账户、生物识别、行踪、不满十四周岁等）？',
    '是否包含敏感個人信息（醫療健康、金融帳戶、生物識別、行蹤、不滿十四周歲等）？',
  ]),
  ask('d.under14', bool, [
    'Do they concern children under 14?',
    '是否涉及不满十四周岁的未成年人？',
    '是否涉及不滿十四周歲的未成年人？',
  ]),
  ask('d.important', oneOf('notified', 'not_notified', 'unknown'), [
    'Has an authority told you, or published, that they are important data?',
    '是否被主管部门或地区告知、或公开发布为重要数据？',
    '是否被主管部門或地區告知、或公開發布為重要數據？',
  ]),
  ask('d.core_or_secret', bool, [
    'Are they core data or a state secret?',
    '是否为核心数据或国家秘密？',
    '是否為核心數據或國家秘密？',
  ]),
  ask('d.hgr', oneOf('none', 'info', 'material'), [
    'Are they human genetic resources: information from genes, or material with genes?',
    '是否为人类遗传资源信息或材料？',
    '是否為人類遺傳資源信息或材料？',
  ]),
  ask('d.hgr_review_class', bool, [
    'Do they fall under security review (important families, specified regions, over 500 people’s exomes or genomes …)?',
    '是否属于须安全审查的情形（重要遗传家系、特定地区、500人以上外显子组或基因组等）？',
    '是否屬於須安全審查的情形（重要遺傳家系、特定地區、500人以上外顯子組或基因組等）？',
  ]),
  ask('d.health', bool, ['Are they health data?', '是否为健康医疗数据？', '是否為健康醫療數據？']),
  ask('d.tcm_tech', bool, [
    'Do they hold formulas, processing or production know-how of Chinese medicine?',
    '是否包含中医药配方、炮制或生产技术？',
    '是否包含中醫藥配方、炮製或生產技術？',
  ]),
  ask('d.us_bulk', bool, [
    'Do they concern US persons at or above the bulk thresholds of 28 CFR 202.205?',
    '是否涉及达到 28 CFR 202.205 门槛的美国人数据？',
    '是否涉及達到 28 CFR 202.205 門檻的美國人數據？',
  ]),
];

/** How many people, counted since 1 January over every channel, this transfer included. */
const counters: readonly Fact[] = [
  ask('ytd.general', int, [
    'How many people’s non-sensitive data were exported since 1 January, on all channels, with this transfer?',
    '自当年1月1日起经所有渠道累计（含本次）出境多少人的非敏感个人信息？',
    '自當年1月1日起經所有渠道累計（含本次）出境多少人的非敏感個人信息？',
  ]),
  ask('ytd.sensitive', int, [
    'How many people’s sensitive data were exported since 1 January, on all channels, with this transfer?',
    '自当年1月1日起经所有渠道累计（含本次）出境多少人的敏感个人信息？',
    '自當年1月1日起經所有渠道累計（含本次）出境多少人的敏感個人信息？',
  ]),
  ask('nl.status', oneOf('na', 'industry_not_covered', 'covered_not_listed', 'listed_assessment', 'listed_sc'), [
    'What does the zone’s negative list say about these data?',
    '所在区域负面清单对该数据如何规定？',
    '所在區域負面清單對該數據如何規定？',
  ]),
];

export const facts: readonly Fact[] = [...transfer, ...exporter, ...recipient, ...data, ...counters];
