import type { LocalizedText } from '@hetao/kernel';

/** A product of the corpus: what it is called by the specs, and in three languages. */
export interface CorpusProduct {
  readonly key: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly kind: string;
}

const rows: readonly (readonly [key: string, kind: string, en: string, hans: string, hant: string])[] = [
  ['tcm-formulas', 'dataset', 'TCM Classical Formulas', '中医药经典名方数据集', '中醫藥經典名方數據集'],
  ['tcm-rwe', 'dataset', 'TCM Real-World Evidence, Guangdong', '广东中医药真实世界证据', '廣東中醫藥真實世界證據'],
  ['acupuncture', 'dataset', 'Acupuncture Treatment Records', '针灸治疗记录', '針灸治療記錄'],
  ['lingnan-herbs', 'dataset', 'Lingnan Herb Images', '岭南本草图像库', '嶺南本草圖像庫'],
  ['tongue', 'model', 'Tongue Diagnosis Model', '舌诊识别模型', '舌診識別模型'],
  ['imaging', 'compute', 'Medical Imaging Sandbox', '医学影像数据沙箱', '醫學影像數據沙箱'],
  ['genome', 'compute', 'Southern Genome Cohort', '华南基因组队列', '華南基因組隊列'],
  ['emr', 'dataset', 'De-identified Electronic Medical Records', '去标识化电子病历', '去標識化電子病歷'],
  ['diabetes', 'dataset', 'Diabetes Follow-up', '糖尿病随访', '糖尿病隨訪'],
  ['cancer', 'dataset', 'Cancer Registry', '肿瘤登记', '腫瘤登記'],
  ['trial', 'report', 'Clinical Trial Landscape', '临床试验全景', '臨床試驗全景'],
  ['logistics', 'dataset', 'Cross-border Logistics Timeliness', '跨境物流时效数据集', '跨境物流時效數據集'],
  ['customs-flow', 'report', 'Customs Throughput at the Ports', '海关口岸通关量', '海關口岸通關量'],
  ['shipping', 'api', 'Vessel Positions and Shipping', '航运船舶位置', '航運船舶位置'],
  ['containers', 'api', 'Container Tracking', '集装箱追踪', '貨櫃追蹤'],
  ['supply', 'dataset', 'Supply Chain Relations', '供应链关系', '供應鏈關係'],
  ['flights', 'api', 'Flight Delays', '航班延误', '航班延誤'],
  ['traffic', 'api', 'Road Traffic in Shenzhen', '深圳道路交通', '深圳道路交通'],
  ['charging', 'api', 'Charging Stations of the Greater Bay Area', '大湾区充电桩', '大灣區充電站'],
  ['driving', 'dataset', 'Autonomous Driving Scenes', '自动驾驶场景', '自動駕駛場景'],
  ['weather', 'api', 'Weather of Hong Kong', '香港天气', '香港天氣'],
  ['typhoon', 'dataset', 'Typhoon Tracks', '台风路径', '颱風路徑'],
  ['air', 'api', 'Air Quality Monitoring', '空气质量监测', '空氣質素監測'],
  ['satellite', 'dataset', 'Satellite Remote Sensing of Farmland', '农田卫星遥感', '農田衞星遙感'],
  ['carbon', 'report', 'Carbon Emission Factors', '碳排放因子', '碳排放因子'],
  ['power', 'dataset', 'Power Grid Load', '电网负荷', '電網負荷'],
  ['sme-credit', 'api', 'Credit Risk of Small and Medium Enterprises', '中小企业信用风险', '中小企業信用風險'],
  ['registry', 'api', 'Business Registration of Macao', '澳门商业登记', '澳門商業登記'],
  ['stocks', 'dataset', 'Stock Ticks', '股票逐笔', '股票逐筆'],
  ['fx', 'api', 'Exchange Rate Fixings', '汇率定盘', '匯率定盤'],
  ['aml', 'tool', 'Anti-Money Laundering Screening', '反洗钱筛查', '反洗錢篩查'],
  ['ecommerce', 'dataset', 'E-commerce Sales by Category', '电子商务品类销量', '電子商務品類銷量'],
  ['prices', 'report', 'Consumer Price Index', '消费者价格指数', '消費者價格指數'],
  ['housing', 'dataset', 'Real Estate Transactions', '房地产成交', '房地產成交'],
  ['tourism', 'report', 'Tourism and Hotels in Macao', '澳门旅游酒店', '澳門旅遊酒店'],
  ['talent', 'report', 'Talent and Employment in Hetao', '河套人才就业', '河套人才就業'],
  ['patents', 'dataset', 'Patents and Scientific Research', '专利与科研', '專利與科研'],
  ['cantonese', 'dataset', 'Cantonese Speech Corpus', '粤语语音语料库', '粵語語音語料庫'],
  ['translation', 'model', 'Machine Translation of Legal Texts', '法律文本机器翻译', '法律文本機器翻譯'],
  ['judgments', 'dataset', 'Court Judgments', '裁判文书', '裁判文書'],
  ['privacy', 'tool', 'Privacy Computing Toolkit', '隐私计算工具包', '私隱計算工具包'],
  ['chips', 'report', 'Semiconductor Capacity', '半导体产能', '半導體產能'],
  ['iot', 'api', 'Internet of Things Sensor Feeds', '物联网传感数据流', '物聯網傳感數據流'],
  ['food', 'dataset', 'Food Safety Inspections', '食品安全抽检', '食品安全抽檢'],
  ['elderly', 'report', 'Elderly Care Demand', '养老需求', '養老需求'],
  ['blockchain', 'tool', 'Blockchain Evidence Tool', '区块链存证工具', '區塊鏈存證工具'],
];

/** Nearly fifty products a search must tell apart. Descriptions name neighbours, so that names must count for more. */
export const corpus: readonly CorpusProduct[] = rows.map(([key, kind, en, hans, hant], at) => {
  const [, , nextEn = '', nextHans = '', nextHant = ''] = rows[(at + 1) % rows.length] ?? [];
  return {
    key,
    kind,
    name: { en, 'zh-Hans': hans, 'zh-Hant': hant },
    description: {
      en: `A product of the exchange. Goes well with ${nextEn}.`,
      'zh-Hans': `交易所的产品，可与${nextHans}一并使用。`,
      'zh-Hant': `交易所的產品，可與${nextHant}一併使用。`,
    },
  };
});

/** One question in each script, and how else it is typed; every way must give the same products, `top` first. */
export interface TrilingualQuestion {
  readonly hans: string;
  readonly hant: string;
  readonly en: string;
  /** Pinyin, initials, slips of the keyboard, other names. */
  readonly also: readonly string[];
  /** Readings of what is several things in one: only names are found by them, so that only the first are the same. */
  readonly readings: readonly string[];
  readonly top: readonly string[];
}

type Ways = readonly [hans: string, hant: string, en: string, also: readonly string[], ...top: string[]];

const ask = (...[hans, hant, en, also, ...top]: Ways): TrilingualQuestion => ({
  ...{ hans, hant, en, top },
  also: also.filter((way) => !way.startsWith('~')),
  readings: also.flatMap((way) => (way.startsWith('~') ? [way.slice(1)] : [])),
});

/** The forty questions; `~` marks a reading of several things in one. */
export const questions: readonly TrilingualQuestion[] = [
  ask(
    '中医药',
    '中醫藥',
    'TCM',
    ['zyy', 'zhongyiyao', 'zhong yi yao', 'traditional Chinese medicine', 'Tradtional Chinese Medecine', '中药'],
    'tcm-rwe',
    'tcm-formulas',
  ),
  ask('经典名方', '經典名方', 'classical formulas', ['jdmf', 'jingdianmingfang', 'clasical formula'], 'tcm-formulas'),
  ask(
    '中医药真实世界证据',
    '中醫藥真實世界證據',
    'TCM real-world evidence',
    ['TCM RWE', 'zhongyiyao zhenshishijiezhengju'],
    'tcm-rwe',
  ),
  ask(
    '真实世界证据',
    '真實世界證據',
    'real world evidence',
    ['RWE', 'zhenshishijiezhengju', 'real-wrold evidence'],
    'tcm-rwe',
  ),
  ask('针灸', '針灸', 'acupuncture', ['zhenjiu', 'acupunture', 'accupuncture'], 'acupuncture'),
  ask('岭南本草', '嶺南本草', 'Lingnan herb', ['~lnbc', '~lingnanbencao', 'Lingnan herbs'], 'lingnan-herbs'),
  ask('舌诊', '舌診', 'tongue diagnosis', ['shezhen', 'tongue diagnosys'], 'tongue'),
  ask('医学影像', '醫學影像', 'medical imaging', ['yxyx', 'yixueyingxiang', 'medical image'], 'imaging'),
  ask('数据沙箱', '數據沙箱', 'sandbox', ['sandbx', 'shujushaxiang'], 'imaging'),
  ask('基因组', '基因組', 'genome', ['jyz', 'jiyinzu', 'genomics', 'genom'], 'genome'),
  ask('电子病历', '電子病歷', 'electronic medical record', ['EMR', 'dzbl', 'electronic medcial records'], 'emr'),
  ask('去标识化', '去標識化', 'de-identified', ['deidentified', 'qbsh'], 'emr'),
  ask('糖尿病', '糖尿病', 'diabetes', ['tnb', 'tangniaobing', 'diabtes'], 'diabetes'),
  ask('肿瘤', '腫瘤', 'cancer', ['癌症', 'oncology', 'zhongliu'], 'cancer'),
  ask('临床试验', '臨床試驗', 'clinical trial', ['lcsy', 'clinical trials', 'clinial trial'], 'trial'),
  ask(
    '跨境物流',
    '跨境物流',
    'cross-border logistics',
    ['kjwl', 'kuajingwuliu', 'cross border logistic', 'crossborder logistics'],
    'logistics',
  ),
  ask('海关', '海關', 'customs', ['haiguan', 'custmos'], 'customs-flow'),
  ask('航运', '航運', 'shipping', ['hangyun', 'shiping'], 'shipping'),
  ask('集装箱', '貨櫃', 'container', ['集裝箱', 'jzx', 'jizhuangxiang', 'containers', 'contaner'], 'containers'),
  ask('供应链', '供應鏈', 'supply chain', ['gyl', 'gongyinglian', 'suply chain'], 'supply'),
  ask('航班', '航班', 'flight', ['hangban', 'flights', 'flihgt'], 'flights'),
  ask(
    '深圳道路交通',
    '深圳道路交通',
    'road traffic in Shenzhen',
    ['Shenzhen road traffic', 'road trafic Shenzhen'],
    'traffic',
  ),
  ask(
    '大湾区充电桩',
    '大灣區充電站',
    'charging stations of the Greater Bay Area',
    ['GBA charging station', '粤港澳大湾区充电站'],
    'charging',
  ),
  ask(
    '自动驾驶',
    '自動駕駛',
    'autonomous driving',
    ['zdjs', 'zidongjiashi', 'self-driving', 'autonomus driving'],
    'driving',
  ),
  ask('香港天气', '香港天氣', 'Hong Kong weather', ['weather of HK', 'Hong Kong wether'], 'weather'),
  ask('台风', '颱風', 'typhoon', ['taifeng', 'tyhpoon'], 'typhoon'),
  ask('空气质量', '空氣質素', 'air quality', ['空氣質量', 'kqzl', 'kongqizhiliang', 'air qualtiy'], 'air'),
  ask(
    '卫星遥感',
    '衞星遙感',
    'satellite remote sensing',
    ['衛星遙感', '~wxyg', 'satelite remote sensing'],
    'satellite',
  ),
  ask('碳排放', '碳排放', 'carbon emission', ['tpf', 'tanpaifang', 'carbon emisions'], 'carbon'),
  ask(
    '中小企业信用风险',
    '中小企業信用風險',
    'SME credit risk',
    ['credit risk of small and medium enterprises'],
    'sme-credit',
  ),
  ask(
    '澳门商业登记',
    '澳門商業登記',
    'business registration Macao',
    ['Macau business registration', 'Macao busines registration'],
    'registry',
  ),
  ask('汇率', '匯率', 'exchange rate', ['huilv', 'FX rate', 'exchnage rate'], 'fx'),
  ask('反洗钱', '反洗錢', 'anti-money laundering', ['AML', 'fxq', 'fanxiqian'], 'aml'),
  ask('电子商务', '電子商務', 'e-commerce', ['电商', '電商', 'ecommerce', 'dzsw'], 'ecommerce'),
  ask('房地产', '房地產', 'real estate', ['楼市', 'property market', 'fangdichan', 'real estat'], 'housing'),
  ask('粤语语音', '粵語語音', 'Cantonese speech', ['广东话语音', 'Cantonise speech'], 'cantonese'),
  ask('机器翻译', '機器翻譯', 'machine translation', ['jqfy', 'jiqifanyi', 'machine translaton'], 'translation'),
  ask('隐私计算', '私隱計算', 'privacy computing', ['隱私運算', 'ysjs', 'yinsijisuan', 'privcy computing'], 'privacy'),
  ask('半导体', '半導體', 'semiconductor', ['bdt', 'bandaoti', 'semiconducter'], 'chips'),
  ask('区块链', '區塊鏈', 'blockchain', ['qkl', 'qukuailian', 'blokchain'], 'blockchain'),
];
