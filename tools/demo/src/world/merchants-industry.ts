import type { MerchantSeed } from './seed-types.js';
import { flat, graduated, perCall, perMegabyte, perUnit, text, volume } from './words.js';

/** Factories, semiconductors, batteries, energy and carbon. */
export const industryMerchants: readonly MerchantSeed[] = [
  {
    slug: 'dongjiang-precision',
    name: text('Dongjiang Precision Data', '东江精密制造数据', '東江精密製造數據'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'mould-wear',
        kind: 'dataset',
        name: text('Injection mould wear series', '注塑模具磨损时序数据', '注塑模具磨損時序數據'),
        description: text(
          'Pressure, temperature and vibration of 300 moulds until they were reworked, with the finding of each rework.',
          '300套模具直至返修的压力、温度与振动时序，并附每次返修的检测结论。',
          '300套模具直至返修的壓力、溫度及振動時序，並附每次返修的檢測結論。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'series',
            prices: [flat('2100.00'), perMegabyte('0.35')],
            purposes: ['predictive-maintenance', 'model-training'],
            places: ['CN', 'HK', 'MY', 'VN'],
          },
        ],
      },
      {
        slug: 'tolerance-tool',
        kind: 'tool',
        name: text('Tolerance chain checker', '公差链校核工具', '公差鏈校核工具'),
        description: text(
          'Checks tolerance chains against what the workshops of the delta have really held.',
          '以珠三角加工厂的实测能力校核公差链。',
          '以珠三角加工廠的實測能力校核公差鏈。',
        ),
        languages: ['zh-Hans'],
        listing: { state: 'draft' },
      },
    ],
  },
  {
    slug: 'daya-battery',
    name: text('Daya Battery Lifecycle', '大亚电池全周期数据', '大亞電池全週期數據'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'ageing',
        kind: 'dataset',
        name: text('Cell ageing measurements', '电芯老化测量数据集', '電芯老化測量數據集'),
        description: text(
          'Capacity and impedance of 4,200 cells over 1,500 cycles under five temperature regimes.',
          '4,200只电芯在五种温度条件下1,500次循环的容量与阻抗。',
          '4,200枚電芯在五種溫度條件下1,500次循環的容量及阻抗。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'research',
            prices: [perUnit('rows', '1.10', '1000'), perMegabyte('0.20')],
            purposes: ['research', 'model-training'],
            places: ['CN', 'HK', 'US', 'GB'],
          },
        ],
      },
      {
        slug: 'second-life',
        kind: 'report',
        name: text('Second-life value report', '梯次利用价值报告', '電池梯次利用價值報告'),
        description: text(
          'What retired packs are worth by chemistry and state of health, each quarter.',
          '按化学体系与健康状态列示退役电池包的价值，每季度发布。',
          '按化學體系及健康狀態列出退役電池組的價值，每季發布。',
        ),
        languages: ['zh-Hans', 'en'],
        listing: { state: 'submitted' },
      },
    ],
  },
  {
    slug: 'penang-semicon',
    name: text('Penang Semicon Data', '槟城半导体数据', '檳城半導體數據'),
    jurisdiction: 'MY',
    products: [
      {
        slug: 'test-yield',
        kind: 'api',
        name: text('Back-end test yield API', '封测良率接口', '封測良率API'),
        description: text(
          'Daily yield by package and test step from nine houses, relative to the median of all.',
          '九家封测厂按封装与测试工序的每日良率，以全体中位数为基准。',
          '九間封測廠按封裝及測試工序的每日良率，以全體中位數為基準。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'bench',
            prices: [flat('1600.00'), graduated('calls', '1', ['3000', '0.50'], [null, '0.32'])],
            purposes: ['benchmarking', 'procurement'],
            places: ['MY', 'SG', 'HK', 'CN'],
          },
        ],
      },
    ],
  },
  {
    slug: 'red-river',
    name: text('Red River Factory Data', '红河工厂数据', '紅河工廠數據'),
    jurisdiction: 'VN',
    products: [
      {
        slug: 'line-oee',
        kind: 'api',
        name: text('Assembly line effectiveness API', '装配线综合效率接口', '裝配線綜合效率API'),
        description: text(
          'Availability, speed and quality of 160 anonymous lines by product family, each shift.',
          '160条匿名产线按产品族统计的可用率、速度与质量，按班次更新。',
          '160條匿名生產線按產品類別統計的可用率、速度及質素，按更次更新。',
        ),
        languages: ['vi', 'en'],
        offers: [
          {
            slug: 'shift',
            prices: [flat('12000000'), perCall('850')],
            purposes: ['benchmarking', 'predictive-maintenance'],
            places: ['VN', 'MY', 'HK', 'CN'],
          },
        ],
      },
      {
        slug: 'worker-survey',
        kind: 'dataset',
        name: text('Workplace survey', '工作环境调查', '工作環境調查'),
        description: text(
          'Answers of 3,000 workers. Sent back: how their consent was asked is not shown.',
          '3,000名员工的问卷答复。因未说明征得同意的方式被退回。',
          '3,000名員工的問卷回覆。因未說明取得同意的方式被退回。',
        ),
        languages: ['vi'],
        listing: {
          state: 'returned',
          reason: 'Show the wording by which consent was asked, and that answers cannot be traced to a worker.',
        },
      },
    ],
  },
  {
    slug: 'nanhai-wind',
    name: text('Nanhai Wind Power Data', '南海风能数据', '南海風能數據'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'turbine-scada',
        kind: 'dataset',
        name: text('Offshore turbine operating data', '海上风机运行数据集', '海上風機運行數據集'),
        description: text(
          'Ten-minute operating values of 88 turbines with outages and their causes; places rounded to five kilometres.',
          '88台风机的十分钟运行数据及停机原因；位置精度为五公里。',
          '88座風機的十分鐘運行數據及停機原因；位置精度為五公里。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'operators',
            prices: [flat('5400.00'), volume('bytes', '1000000', ['20000', '0.40'], [null, '0.22'])],
            purposes: ['predictive-maintenance', 'investment-research'],
            places: ['CN', 'HK', 'SG'],
          },
        ],
      },
    ],
  },
  {
    slug: 'merbau-carbon',
    name: text('Merbau Carbon Data', '印茄碳数据', '印茄碳數據'),
    jurisdiction: 'SG',
    products: [
      {
        slug: 'project-checks',
        kind: 'api',
        name: text('Carbon project checks API', '碳项目核查接口', '碳項目核查API'),
        description: text(
          'What satellites and registers say about 2,300 forest projects, clause by clause of their methodology.',
          '按方法学条款逐项核对2,300个森林项目的卫星观测与登记信息。',
          '按方法學條款逐項核對2,300個森林項目的衞星觀測及登記資料。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'funds',
            prices: [flat('750.00'), perCall('0.90')],
            purposes: ['investment-research', 'compliance'],
            places: ['SG', 'HK', 'GB', 'US'],
          },
        ],
      },
    ],
  },
  {
    slug: 'bayou-grid',
    name: text('Bayou Grid Analytics', '河湾电网分析', '河灣電網分析'),
    jurisdiction: 'US',
    products: [
      {
        slug: 'load-forecast',
        kind: 'model',
        name: text('Feeder load forecast model', '馈线负荷预测模型', '饋線負荷預測模型'),
        description: text(
          'Forecasts load 48 hours ahead from weather and calendar; brings no customer data with it and asks for none.',
          '根据气象与日历预测未来48小时负荷；不含也不需要任何用户数据。',
          '根據天氣及日曆預測未來48小時負荷；不含亦不需要任何用戶數據。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'forecasts',
            prices: [flat('300.00'), graduated('calls', '1', ['1000', '0.20'], ['10000', '0.12'], [null, '0.08'])],
            purposes: ['network-planning', 'investment-research'],
            places: ['US', 'HK', 'SG', 'CN'],
            term: 'next',
          },
        ],
      },
    ],
  },
];
