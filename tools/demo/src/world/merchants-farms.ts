import type { MerchantSeed } from './seed-types.js';
import { flat, perCall, perUnit, text } from './words.js';

/** Farms and fish. */
export const farmMerchants: readonly MerchantSeed[] = [
  {
    slug: 'lychee-road',
    name: text('Lychee Road Agri Data', '荔枝路农业数据', '荔枝路農業數據'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'orchard-output',
        kind: 'dataset',
        name: text('Orchard output and cold chain', '果园产量与冷链数据集', '果園產量及冷鏈數據集'),
        description: text(
          'Harvest, grade and hours in the cold chain of 1,300 orchards, by township.',
          '1,300个果园的采收量、等级与冷链时长，按乡镇统计。',
          '1,300個果園的採收量、等級及冷鏈時間，按鄉鎮統計。',
        ),
        languages: ['zh-Hans'],
        offers: [
          {
            slug: 'season',
            prices: [flat('700.00'), perUnit('rows', '0.50', '1000')],
            purposes: ['credit-risk', 'procurement'],
            places: ['CN', 'HK'],
          },
        ],
      },
      {
        slug: 'soil-archive',
        kind: 'dataset',
        name: text('Soil archive 2009–2014', '土壤档案（2009–2014年）', '土壤檔案（2009至2014年）'),
        description: text(
          'Older soil samples; replaced by the new survey.',
          '早期土壤采样数据，已由新调查替代。',
          '早期土壤採樣數據，已由新調查取代。',
        ),
        languages: ['zh-Hans'],
        listing: { state: 'delisted', reason: 'Replaced by the survey of 2025; the old coordinates were too coarse.' },
      },
    ],
  },
  {
    slug: 'kinabalu-agri',
    name: text('Kinabalu Agri Data', '神山农业数据', '神山農業數據'),
    jurisdiction: 'MY',
    products: [
      {
        slug: 'palm-trace',
        kind: 'api',
        name: text('Palm oil origin API', '棕榈油溯源接口', '棕櫚油溯源API'),
        description: text(
          'From mill to plot: which plantations a shipment came from, and what was forest there in 2020.',
          '由油厂追溯至地块：查询货物来自哪些种植园，以及该地块2020年是否为森林。',
          '由油廠追溯至地塊：查詢貨物來自哪些種植園，以及該地塊在2020年是否森林。',
        ),
        languages: ['en', 'ms'],
        offers: [
          {
            slug: 'shipments',
            prices: [flat('1100.00'), perCall('1.80')],
            purposes: ['compliance', 'credit-risk'],
            places: ['MY', 'SG', 'HK', 'GB'],
          },
        ],
      },
    ],
  },
  {
    slug: 'mekong-aqua',
    name: text('Mekong Aquaculture Data', '湄公水产数据', '湄公水產數據'),
    jurisdiction: 'VN',
    products: [
      {
        slug: 'pond-health',
        kind: 'dataset',
        name: text('Pond health and harvest', '养殖塘健康与收成数据集', '養殖塘健康及收成數據集'),
        description: text(
          'Water, feed, disease and harvest of 900 shrimp ponds, by commune and week.',
          '900口虾塘的水质、投喂、病害与收成，按乡与周统计。',
          '900個蝦塘的水質、投餵、病害及收成，按鄉及周統計。',
        ),
        languages: ['vi', 'en'],
        offers: [
          {
            slug: 'lenders',
            prices: [flat('18000000'), perUnit('rows', '2500', '1000')],
            purposes: ['credit-risk', 'research'],
            places: ['VN', 'HK', 'SG'],
          },
        ],
      },
    ],
  },
];
