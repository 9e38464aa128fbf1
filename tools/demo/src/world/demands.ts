/** What a buyer looks for and did not find in the catalog, in the words of its people. */
export interface DemandPlan {
  readonly buyer: string;
  readonly title: string;
  readonly need: string;
  readonly language: 'en' | 'zh-Hans' | 'zh-Hant';
  readonly kinds: readonly ('dataset' | 'api' | 'report')[];
  readonly purpose: string;
  readonly place_of_use: 'CN' | 'HK' | 'MO' | 'GB';
  readonly budget: { readonly amount: string; readonly currency: 'CNY' | 'HKD' } | null;
  /** How long it stands, from the making of the demo. */
  readonly days: number;
  readonly answer?: { readonly merchant: string; readonly message: string };
}

export const demands: readonly DemandPlan[] = [
  {
    buyer: 'university',
    title: '針灸治療膝骨關節炎的隨訪數據',
    need: '需要廣東省內至少三間中醫院、隨訪不少於六個月的針灸病例，含 WOMAC 評分；只在沙箱內計算，不出境。',
    language: 'zh-Hant',
    kinds: ['dataset'],
    purpose: 'clinical-research',
    place_of_use: 'HK',
    budget: { amount: '120000.00', currency: 'HKD' },
    days: 90,
    answer: {
      merchant: 'lingnan',
      message: '我們有兩間醫院的資料，第三間正在徵得同意；預計下月可上架。',
    },
  },
  {
    buyer: 'lantau-lines',
    title: 'Berth waiting times of the Pearl River ports, hourly',
    need: 'Hourly waiting times by berth for Yantian, Nansha and Shekou since 2023, as a file a month or by API.',
    language: 'en',
    kinds: ['dataset', 'api'],
    purpose: 'transport-planning',
    place_of_use: 'HK',
    budget: null,
    days: 60,
  },
  {
    buyer: 'shekou-pharma',
    title: '中药配方颗粒的不良反应报告',
    need: '2020 年以来的不良反应报告，按药味与剂量汇总即可，不需要个案。',
    language: 'zh-Hans',
    kinds: ['report', 'dataset'],
    purpose: 'research',
    place_of_use: 'CN',
    budget: { amount: '80000.00', currency: 'CNY' },
    days: 120,
  },
];
