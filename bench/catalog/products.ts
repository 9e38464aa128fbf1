import { jurisdictions, type LocalizedText } from '@hetao/kernel';
import { emptyCard, type OpenOffer, type Product } from '@hetao/catalog/search';

/** Words of one thing in three scripts. */
type Words = readonly [en: string, hans: string, hant: string];

const topics: readonly Words[] = [
  ['TCM', '中医药', '中醫藥'],
  ['hospital', '医院', '醫院'],
  ['acupuncture', '针灸', '針灸'],
  ['classical formula', '经典名方', '經典名方'],
  ['medical imaging', '医学影像', '醫學影像'],
  ['genome', '基因组', '基因組'],
  ['diabetes', '糖尿病', '糖尿病'],
  ['cancer', '肿瘤', '腫瘤'],
  ['clinical trial', '临床试验', '臨床試驗'],
  ['cross-border logistics', '跨境物流', '跨境物流'],
  ['customs', '海关', '海關'],
  ['shipping', '航运', '航運'],
  ['container', '集装箱', '貨櫃'],
  ['supply chain', '供应链', '供應鏈'],
  ['flight', '航班', '航班'],
  ['road traffic', '道路交通', '道路交通'],
  ['charging station', '充电桩', '充電樁'],
  ['autonomous driving', '自动驾驶', '自動駕駛'],
  ['weather', '天气', '天氣'],
  ['typhoon', '台风', '颱風'],
  ['air quality', '空气质量', '空氣質素'],
  ['remote sensing', '遥感', '遙感'],
  ['carbon emission', '碳排放', '碳排放'],
  ['electricity', '电力', '電力'],
  ['credit risk', '信用风险', '信用風險'],
  ['business registration', '工商登记', '工商登記'],
  ['stock', '股票', '股票'],
  ['exchange rate', '汇率', '匯率'],
  ['fraud', '欺诈', '欺詐'],
  ['e-commerce', '电子商务', '電子商務'],
  ['price index', '价格指数', '價格指數'],
  ['real estate', '房地产', '房地產'],
  ['tourism', '旅游', '旅遊'],
  ['population', '人口', '人口'],
  ['talent', '人才', '人才'],
  ['patent', '专利', '專利'],
  ['Cantonese', '粤语', '粵語'],
  ['machine translation', '机器翻译', '機器翻譯'],
  ['court judgment', '裁判文书', '裁判文書'],
  ['privacy computing', '隐私计算', '私隱計算'],
  ['semiconductor', '半导体', '半導體'],
  ['internet of things', '物联网', '物聯網'],
  ['food safety', '食品安全', '食品安全'],
  ['elderly care', '养老', '養老'],
  ['blockchain', '区块链', '區塊鏈'],
];
const places: readonly Words[] = [
  ['Shenzhen', '深圳', '深圳'],
  ['Hong Kong', '香港', '香港'],
  ['Macao', '澳门', '澳門'],
  ['Guangdong', '广东', '廣東'],
  ['Greater Bay Area', '大湾区', '大灣區'],
  ['Singapore', '新加坡', '新加坡'],
  ['Malaysia', '马来西亚', '馬來西亞'],
  ['Vietnam', '越南', '越南'],
];
const forms: readonly Words[] = [
  ['dataset', '数据集', '數據集'],
  ['monitoring', '监测', '監測'],
  ['report', '报告', '報告'],
  ['forecast', '预测', '預測'],
  ['history', '历史数据', '歷史數據'],
  ['real-time data', '实时数据', '實時數據'],
  ['knowledge graph', '知识图谱', '知識圖譜'],
  ['evaluation', '评估', '評估'],
];
const kinds = ['dataset', 'api', 'report', 'tool', 'model', 'compute'] as const;
const periods = ['PT5M', 'PT1H', 'P1D', 'P7D', 'P1M', 'P3M', 'P1Y'];

/** Numbers that look like chance and are the same in every run (mulberry32). */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides);
  };
}

/** Few things are in many products, many things in few. */
function drawn<T>(roll: (sides: number) => number, from: readonly T[]): T {
  return from[Math.min(roll(from.length), roll(from.length))] as T;
}

const sentence = (words: readonly Words[]): LocalizedText => ({
  en: `Covers ${words.map(([en]) => en).join(', ')}; delivered under the rules of the exchange.`,
  'zh-Hans': `涵盖${words.map(([, hans]) => hans).join('、')}，依交易所规则交付。`,
  'zh-Hant': `涵蓋${words.map(([, , hant]) => hant).join('、')}，依交易所規則交付。`,
});

/** The product of this number: a name of three things, a text of eight, a card half filled. */
export function productOf(number: number, merchants: number): Product {
  const roll = dice(number + 1);
  const named = [drawn(roll, places), drawn(roll, topics), drawn(roll, topics), drawn(roll, forms)];
  const told = Array.from({ length: 8 }, () => drawn(roll, topics));
  const serial = number.toString(36).padStart(5, '0');
  const place = jurisdictions[roll(jurisdictions.length)] ?? 'CN';
  return {
    ...{
      id: `prd_01bench${serial.padStart(19, '0')}`,
      merchantId: merchantId(roll(merchants)),
      kind: drawn(roll, kinds),
    },
    name: {
      en: `${named.map(([en]) => en).join(' ')} ${serial}`,
      'zh-Hans': `${named.map(([, hans]) => hans).join('')}${serial}`,
      'zh-Hant': `${named.map(([, , hant]) => hant).join('')}${serial}`,
    },
    description: sentence(told),
    languages: ['zh-Hans'],
    ...{ storedIn: place, subjectsIn: roll(3) === 0 ? [] : [place], fields: [], geneUse: null },
    ...{ status: 'listed', version: 1, revision: 3, submissions: 1, passed: [], submittedBy: null, listedBy: null },
    ...{
      createdAt: at(number),
      submittedAt: at(number),
      listedAt: at(number),
      certificateNumber: `L-${serial}`,
      certificateUntil: null,
    },
    ...{
      returnReason: null,
      refusal: null,
      suspendedAt: null,
      suspendReason: null,
      delistedAt: null,
      delistReason: null,
    },
    ...{ versionOf: null, effectiveAt: null },
    card: {
      ...emptyCard,
      summary: sentence(told.slice(0, 2)),
      industry: `${'ABCDEFGHIJKLMNOPQRST'[roll(20)] ?? 'A'}01`,
      delivery: [(['api', 'file', 'stream', 'compute'] as const)[roll(4)] ?? 'api'],
      refresh: roll(4) === 0 ? null : { every: drawn(roll, periods) },
      quality:
        roll(3) === 0
          ? [
              {
                dimension: 'completeness',
                score: '99',
                method: 'counted',
                assessor: 'exchange',
                assessedOn: '2026-01-01',
              },
            ]
          : [],
    },
  };
}

/** What is on offer of a product, if anything. */
export function offersOf(number: number): readonly OpenOffer[] {
  const roll = dice(number + 7_000_000);
  if (roll(3) === 0) return [];
  const amount = String([0, 50, 800, 5_000, 60_000, 900_000][roll(6)] ?? 0);
  const placesOfUse = jurisdictions.filter(() => roll(2) === 0);
  return [{ currency: 'CNY', components: [{ kind: 'flat', amount }], placesOfUse, validUntil: new Date('2036-01-01') }];
}

export function merchantId(number: number): string {
  return `org_01bench${String(number).padStart(19, '0')}`;
}

function at(number: number): Date {
  return new Date(Date.UTC(2026, 0, 1) + number * 60_000);
}

/** A question as somebody types it: by its kind. */
export function questionOf(number: number): { readonly kind: string; readonly q: string; readonly filters: string } {
  const roll = dice(number + 9_000_000);
  const filters =
    roll(2) === 0
      ? ''
      : (['&kind=dataset', '&delivery=api,stream', '&industry=Q,I', '&price=free,under_1000', '&available=true'][
          roll(5)
        ] ?? '');
  const words = [
    drawn(roll, topics),
    ...(roll(2) === 0 ? [drawn(roll, places)] : []),
    ...(roll(3) === 0 ? [drawn(roll, forms)] : []),
  ];
  const [en, hans, hant] = [0, 1, 2].map((script) =>
    words.map((word) => word[script] ?? '').join(script === 0 ? ' ' : ''),
  );
  const dieRoll = roll(20);
  if (dieRoll < 6) return { kind: 'simplified', q: hans ?? '', filters };
  if (dieRoll < 10) return { kind: 'traditional', q: hant ?? '', filters };
  if (dieRoll < 15) return { kind: 'English', q: en ?? '', filters };
  if (dieRoll < 17) return { kind: 'pinyin', q: readings[roll(readings.length)] ?? '', filters };
  if (dieRoll < 19) return { kind: 'a slip', q: slipped(en ?? '', roll), filters };
  return { kind: 'no words', q: '', filters };
}

const readings = [
  'zyy',
  'zhongyiyao',
  'kjwl',
  'kuajingwuliu',
  'haiguan',
  'tianqi',
  'hkwl',
  'shenzhen',
  'gyl',
  'blockchain',
  'qkl',
  'zdjs',
];

function slipped(text: string, roll: (sides: number) => number): string {
  const place = 1 + roll(Math.max(1, text.length - 2));
  return text.slice(0, place) + (text[place + 1] ?? '') + (text[place] ?? '') + text.slice(place + 2);
}
