import type { MerchantSeed } from './seed-types.js';
import { flat, graduated, perCall, perMegabyte, perUnit, text, volume } from './words.js';

/** Credit, markets, insurance, payments and property. */
export const financeMerchants: readonly MerchantSeed[] = [
  {
    slug: 'pengcheng-credit',
    name: text('Pengcheng Supply Chain Credit', '鹏程供应链征信', '鵬程供應鏈徵信'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'supplier-check',
        kind: 'api',
        name: text('Supplier standing API', '供应商资信查询接口', '供應商資信查詢API'),
        description: text(
          'Registration, litigation, tax standing and payment habits of mainland companies by unified social credit code; company data only, no persons.',
          '按统一社会信用代码查询内地企业的登记、涉诉、纳税信用与付款习惯；仅含企业数据，不含个人信息。',
          '按統一社會信用代碼查詢內地企業的登記、訴訟、納稅信用與付款習慣；只含企業數據，不含個人資料。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'by-query',
            prices: [flat('1500.00'), graduated('calls', '1', ['2000', '1.20'], ['10000', '0.85'], [null, '0.60'])],
            purposes: ['credit-risk', 'procurement'],
            places: ['CN', 'HK', 'MO', 'SG'],
          },
          {
            slug: 'by-query-2024',
            prices: [perCall('1.60')],
            purposes: ['credit-risk'],
            places: ['CN', 'HK'],
            withdrawn: true,
          },
        ],
      },
      {
        slug: 'receivables-index',
        kind: 'report',
        name: text('Receivables turnover index', '应收账款周转指数', '應收帳款周轉指數'),
        description: text(
          'Monthly index of how long electronics makers of the delta wait for their money, by tier and customer region.',
          '珠三角电子制造企业回款周期的月度指数，按供应层级与客户地区划分。',
          '珠三角電子製造企業收款周期的每月指數，按供應層級及客戶地區劃分。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'monthly',
            prices: [flat('3200.00')],
            purposes: ['credit-risk', 'market-research'],
            places: ['CN', 'HK', 'SG', 'GB', 'US'],
          },
        ],
      },
    ],
  },
  {
    slug: 'qianwan-risk',
    name: text('Qianwan Risk Analytics', '前湾风险分析', '前灣風險分析'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'sector-stress',
        kind: 'api',
        name: text('Sector stress signals API', '行业压力信号接口', '行業壓力訊號API'),
        description: text(
          'Weekly stress scores of 96 industries (GB/T 4754) made of power use, freight, hiring and court filings, each in aggregate.',
          '96个行业（GB/T 4754）的每周压力评分，由用电、货运、招聘与法院公告的汇总数据合成。',
          '96個行業（GB/T 4754）的每周壓力評分，由用電、貨運、招聘及法院公告的匯總數據合成。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'signals',
            prices: [flat('2400.00'), perCall('0.45')],
            purposes: ['credit-risk', 'investment-research'],
            places: ['CN', 'HK', 'US'],
          },
        ],
      },
    ],
  },
  {
    slug: 'lion-rock',
    name: text('Lion Rock Market Data', '狮子山市场数据', '獅子山市場數據'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'turnover',
        kind: 'api',
        name: text('Block turnover API', '大宗成交接口', '大手成交API'),
        description: text(
          'Anonymous turnover by minute, sector and size band from five dealing desks; no orders, no clients.',
          '来自五家交易商的匿名成交额，按分钟、板块与规模分组；不含委托与客户信息。',
          '來自五間交易商的匿名成交額，按分鐘、板塊及規模分組；不含買賣盤及客戶資料。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'desk',
            prices: [flat('6800.00'), volume('calls', '1', ['20000', '0.09'], ['100000', '0.06'], [null, '0.04'])],
            purposes: ['market-risk', 'investment-research'],
            places: ['HK', 'SG', 'GB'],
          },
        ],
      },
      {
        slug: 'dim-sum-curve',
        kind: 'dataset',
        name: text('Offshore renminbi bond curve', '离岸人民币债券曲线', '離岸人民幣債券曲線'),
        description: text(
          'Daily zero curve with its inputs and the method paper; history since 2012.',
          '每日零息曲线及其计算输入与方法说明，历史数据自2012年起。',
          '每日零息曲線、計算輸入及方法說明，歷史數據自2012年起。',
        ),
        languages: ['en', 'zh-Hant'],
        offers: [
          {
            slug: 'yearly',
            prices: [flat('5200.00'), perMegabyte('1.20')],
            purposes: ['market-risk', 'education'],
            places: ['HK', 'CN', 'SG', 'GB', 'US'],
          },
        ],
      },
    ],
  },
  {
    slug: 'kowloon-property',
    name: text('Kowloon Property Index', '九龙楼价指数', '九龍樓價指數'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'estate-index',
        kind: 'api',
        name: text('Estate price index API', '屋苑楼价指数接口', '屋苑樓價指數API'),
        description: text(
          'Repeat-sales index of 310 private estates, by saleable area band, every Friday.',
          '310个私人屋苑的重复交易楼价指数，按实用面积分组，每周五更新。',
          '310個私人屋苑的重複成交樓價指數，按實用面積分組，逢星期五更新。',
        ),
        languages: ['en', 'zh-Hant'],
        offers: [
          {
            slug: 'trial',
            prices: [perCall('0')],
            purposes: ['evaluation'],
            places: ['HK', 'SG', 'CN'],
            term: 'today',
            quota: { meter: 'calls', limit: '50000' },
          },
          {
            slug: 'full',
            prices: [flat('3900.00'), perCall('0.30')],
            purposes: ['investment-research', 'mortgage-risk'],
            places: ['HK', 'SG', 'CN', 'GB'],
          },
        ],
      },
    ],
  },
  {
    slug: 'orchid-payments',
    name: text('Orchid Payments Insight', '胡姬支付洞察', '胡姬支付洞察'),
    jurisdiction: 'SG',
    products: [
      {
        slug: 'card-spend',
        kind: 'dataset',
        name: text('Card spend by district', '银行卡消费区域汇总', '信用卡消費分區匯總'),
        description: text(
          'Monthly card spend of residents and visitors in 28 districts by trade, cells under 50 cards left out.',
          '28个片区居民与访客的每月刷卡消费，按行业划分；不足50张卡的单元不予列示。',
          '28個分區居民及旅客的每月簽帳消費，按行業劃分；少於50張卡的單元不予列出。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'districts',
            prices: [flat('1800.00'), perUnit('rows', '0.02')],
            purposes: ['site-planning', 'market-research'],
            places: ['SG', 'MY', 'HK', 'US'],
            channel: { partner: 'marina', bps: 250 },
          },
        ],
      },
      {
        slug: 'merchant-names',
        kind: 'dataset',
        name: text('Merchant name matcher', '商户名称匹配库', '商戶名稱配對庫'),
        description: text(
          'Maps card descriptors to shops. Sent back for a clearer source of the shop register.',
          '将刷卡摘要匹配至门店的对照库。因门店登记来源说明不足被退回。',
          '將簽帳描述配對至店舖的對照庫。因店舖登記來源說明不足被退回。',
        ),
        languages: ['en'],
        listing: {
          state: 'returned',
          reason: 'Name the register of shops the mapping comes from, and the licence it may be passed on under.',
        },
      },
    ],
  },
  {
    slug: 'thames-cat',
    name: text('Thames Catastrophe Models', '泰晤士巨灾模型', '泰晤士巨災模型'),
    jurisdiction: 'GB',
    products: [
      {
        slug: 'typhoon',
        kind: 'model',
        name: text('South China typhoon loss model', '华南台风损失模型', '華南颱風損失模型'),
        description: text(
          'Portfolio losses from 10,000 years of simulated typhoons with surge, run against your own exposure file, which stays yours.',
          '以一万年模拟台风及风暴潮计算组合损失；使用客户自有的风险敞口文件，文件始终归客户所有。',
          '以一萬年模擬颱風及風暴潮計算組合損失；使用客戶自己的風險承擔檔案，檔案始終屬客戶所有。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'runs',
            prices: [flat('2200.00'), perUnit('model_runs', '38.00')],
            purposes: ['underwriting', 'market-risk'],
            places: ['HK', 'GB', 'SG', 'CN'],
          },
        ],
      },
      {
        slug: 'marine-hull',
        kind: 'report',
        name: text('Marine hull accumulation report', '船舶险累积责任报告', '船舶保險累積責任報告'),
        description: text(
          'Where insured hulls lie at anchor at once, by quarter. Taken off the market when its sources changed.',
          '按季度列示投保船舶同时停泊的集中程度。因数据来源变更而摘牌。',
          '按季列出投保船舶同時停泊的集中程度。因數據來源變更而除牌。',
        ),
        languages: ['en'],
        listing: {
          state: 'delisted',
          reason: 'The position feed behind the report ended; no further quarters appear.',
        },
      },
    ],
  },
];
