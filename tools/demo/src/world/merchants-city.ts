import type { MerchantSeed } from './seed-types.js';
import { flat, graduated, perCall, perUnit, text } from './words.js';

/** Retail, language, and compute for those who bring their own questions. */
export const cityMerchants: readonly MerchantSeed[] = [
  {
    slug: 'star-quay',
    name: text('Star Quay Retail Insight', '星码头零售洞察', '星碼頭零售洞察'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'footfall',
        kind: 'api',
        name: text('Street footfall API', '街区客流接口', '街道人流API'),
        description: text(
          'Visitors an hour in 120 streets, counted at shop doors by beams of light; no cameras, no phones.',
          '120条街道每小时客流，由店门红外光束计数；不使用摄像头，不采集手机信息。',
          '120條街道每小時人流，以店門紅外線點算；不用鏡頭，不收集手機資料。',
        ),
        languages: ['en', 'zh-Hant'],
        offers: [
          {
            slug: 'streets',
            prices: [flat('1900.00'), graduated('calls', '1', ['5000', '0.20'], [null, '0.12'])],
            purposes: ['site-planning', 'investment-research'],
            places: ['HK', 'SG', 'CN'],
          },
        ],
      },
      {
        slug: 'basket-index',
        kind: 'report',
        name: text('Supermarket basket index', '超市购物篮指数', '超市購物籃指數'),
        description: text(
          'What one basket of 80 goods costs on both sides of the boundary, each week.',
          '80种商品组成的购物篮在深港两地的价格，每周发布。',
          '80種貨品組成的購物籃在深港兩地的價錢，每周發布。',
        ),
        languages: ['en', 'zh-Hant', 'zh-Hans'],
        offers: [
          {
            slug: 'weekly',
            prices: [flat('640.00')],
            purposes: ['market-research', 'policy-analysis', 'education'],
            places: ['HK', 'CN', 'MO', 'GB', 'US'],
            onwardUse: true,
          },
        ],
      },
    ],
  },
  {
    slug: 'harbour-speech',
    name: text('Harbour Speech Lab', '海港语音实验室', '海港語音實驗室'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'cantonese-read',
        kind: 'dataset',
        name: text('Cantonese read speech corpus', '粤语朗读语料库', '粵語朗讀語料庫'),
        description: text(
          '1,800 hours read by 640 paid speakers who signed for this use, with transcripts in written Cantonese.',
          '640位签约受薪发音人朗读的1,800小时语音，附粤语书面转写。',
          '640位簽約受薪發音人朗讀的1,800小時語音，附粵語書面謄本。',
        ),
        languages: ['yue-Hant', 'zh-Hant'],
        offers: [
          {
            slug: 'training',
            prices: [flat('7500.00'), perCall('0.015')],
            purposes: ['model-training', 'research'],
            places: ['HK', 'CN', 'US', 'GB'],
            quota: { meter: 'calls', limit: '4000000' },
          },
        ],
      },
    ],
  },
  {
    slug: 'bauhinia-compute',
    name: text('Bauhinia Compute', '紫荆算力', '紫荊算力'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'sealed-gpu',
        kind: 'compute',
        name: text('Sealed GPU minutes', '可信GPU算力', '可信GPU算力'),
        description: text(
          'Accelerators in the park that run your job beside the data and let out only what was reviewed.',
          '园区内的加速器，在数据所在地运行您的作业，仅放行经审核的结果。',
          '園區內的加速器，在數據所在地執行您的工作，只放行經審核的結果。',
        ),
        languages: [],
        offers: [
          {
            slug: 'minutes',
            prices: [graduated('gpu_minutes', '1', ['3000', '1.90'], ['20000', '1.55'], [null, '1.30'])],
            purposes: ['research', 'clinical-research', 'model-training'],
            places: ['HK', 'CN', 'MO'],
            retentionDays: 1,
          },
        ],
      },
      {
        slug: 'output-checker',
        kind: 'tool',
        name: text('Output disclosure checker', '结果披露检查工具', '結果披露檢查工具'),
        description: text(
          'Finds small cells and differencing in tables before a reviewer has to.',
          '在人工审核前找出结果表中的小单元与差分风险。',
          '在人手審核前找出結果表中的小單元及差分風險。',
        ),
        languages: ['en', 'zh-Hans', 'zh-Hant'],
        offers: [
          {
            slug: 'tables',
            prices: [perUnit('tables', '4.00')],
            purposes: ['research', 'clinical-research', 'compliance'],
            places: ['HK', 'CN', 'MO', 'GB', 'SG'],
            term: 'month',
          },
        ],
      },
    ],
  },
];
