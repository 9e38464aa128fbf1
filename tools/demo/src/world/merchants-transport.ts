import type { MerchantSeed } from './seed-types.js';
import { flat, graduated, perCall, perMegabyte, perUnit, text, volume } from './words.js';

/** Shipping, ports, trade, logistics and the way people move. */
export const transportMerchants: readonly MerchantSeed[] = [
  {
    slug: 'estuary-shipping',
    name: text('Pearl Estuary Shipping Data', '珠江口航运数据', '珠江口航運數據'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'vessel-calls',
        kind: 'api',
        name: text('Vessel calls and waiting times API', '船舶挂靠与候泊时长接口', '船舶掛靠及候泊時間API'),
        description: text(
          'Arrivals, anchorage and berth times of 41 terminals of the estuary within ten minutes, from shore receivers.',
          '珠江口41个码头的到港、锚泊与靠泊时间，十分钟内更新，数据来自岸基接收站。',
          '珠江口41個碼頭的到港、錨泊及靠泊時間，十分鐘內更新，數據來自岸上接收站。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'live',
            prices: [perCall('0.018'), perMegabyte('0.60')],
            purposes: ['logistics-planning', 'market-research'],
            places: ['CN', 'HK', 'SG', 'US'],
          },
        ],
      },
      {
        slug: 'draught-history',
        kind: 'dataset',
        name: text('Draught and loading history', '吃水与装载历史数据', '吃水及裝載歷史數據'),
        description: text(
          'Estimated cargo on board by voyage since 2018, with the confidence of each estimate.',
          '2018年以来各航次的估算载货量，并给出每项估算的置信度。',
          '2018年以來各航次的估算載貨量，並列明每項估算的置信度。',
        ),
        languages: ['en'],
        listing: { state: 'submitted' },
      },
    ],
  },
  {
    slug: 'kunpeng-trade',
    name: text('Kunpeng Trade Flows', '鲲鹏外贸数据', '鯤鵬外貿數據'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'hs-flows',
        kind: 'dataset',
        name: text('Delta exports by HS code', '珠三角出口分税号数据集', '珠三角出口分稅號數據集'),
        description: text(
          'Monthly export values and weights by eight-digit HS code, port and destination; cells of fewer than three exporters merged.',
          '按八位税号、口岸与目的地统计的月度出口额与重量；不足三家出口企业的单元合并列示。',
          '按八位稅號、口岸及目的地統計的每月出口額與重量；少於三家出口商的單元合併列出。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'monthly',
            prices: [flat('2800.00'), perUnit('rows', '0.90', '1000')],
            purposes: ['market-research', 'credit-risk'],
            places: ['CN', 'HK', 'SG', 'MY', 'VN', 'GB', 'US'],
          },
        ],
      },
    ],
  },
  {
    slug: 'meilin-mobility',
    name: text('Meilin Urban Mobility', '梅林城市出行', '梅林城市出行'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'od-matrix',
        kind: 'dataset',
        name: text('Cross-boundary trip matrix', '跨境出行OD矩阵', '跨境出行起訖矩陣'),
        description: text(
          'Trips between 220 zones of Shenzhen and Hong Kong by hour and mode, as counts rounded to tens; no traces of persons.',
          '深港220个交通小区之间按小时与方式统计的出行量，取整至十；不含个人轨迹。',
          '深港220個交通分區之間按小時及方式統計的出行量，以十為單位取整；不含個人軌跡。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'planning',
            prices: [flat('3600.00'), perMegabyte('0.80')],
            purposes: ['transport-planning', 'policy-analysis'],
            places: ['CN', 'HK', 'MO'],
          },
        ],
      },
      {
        slug: 'parking-live',
        kind: 'api',
        name: text('Parking occupancy API', '停车位占用接口', '泊車位使用情況API'),
        description: text(
          'Free spaces of 1,900 car parks, each minute.',
          '1,900个停车场的空余车位，每分钟更新。',
          '1,900個停車場的空置車位，每分鐘更新。',
        ),
        languages: ['zh-Hans'],
        offers: [
          {
            slug: 'live',
            prices: [graduated('calls', '1000', ['100000', '6.00'], [null, '3.50'])],
            purposes: ['navigation', 'transport-planning'],
            places: ['CN', 'HK'],
            onwardUse: true,
            retentionDays: 30,
          },
        ],
      },
    ],
  },
  {
    slug: 'victoria-terminals',
    name: text('Victoria Terminals Data', '维港码头数据', '維港碼頭數據'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'berth-windows',
        kind: 'api',
        name: text('Berth windows API', '泊位时窗接口', '泊位時段API'),
        description: text(
          'Planned and actual berth windows, crane hours and yard density, for those who send boxes there.',
          '计划与实际泊位时窗、岸桥工时及堆场密度，供发货方使用。',
          '計劃及實際泊位時段、吊機工時及堆場密度，供付運貨櫃的客戶使用。',
        ),
        languages: ['en', 'zh-Hant'],
        offers: [
          {
            slug: 'shippers',
            prices: [flat('2500.00'), perCall('0.25')],
            purposes: ['logistics-planning'],
            places: ['HK', 'CN', 'SG', 'US'],
          },
        ],
      },
    ],
  },
  {
    slug: 'straits-bunker',
    name: text('Straits Bunker Data', '海峡船用燃料数据', '海峽船用燃料數據'),
    jurisdiction: 'SG',
    products: [
      {
        slug: 'bunker-prices',
        kind: 'api',
        name: text('Bunker prices and quality API', '船用燃料价格与品质接口', '船用燃料價格及質素API'),
        description: text(
          'Prices by grade and supplier with the laboratory values of what was delivered.',
          '按油品与供应商列示的价格，并附实际交付批次的化验值。',
          '按油品及供應商列出的價格，並附實際交付批次的化驗值。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'desk',
            prices: [flat('480.00'), perCall('0.06')],
            purposes: ['procurement', 'logistics-planning'],
            places: ['SG', 'HK', 'MY', 'CN'],
          },
        ],
      },
    ],
  },
  {
    slug: 'klang-corridor',
    name: text('Klang Corridor Logistics', '巴生走廊物流', '巴生走廊物流'),
    jurisdiction: 'MY',
    products: [
      {
        slug: 'truck-turns',
        kind: 'dataset',
        name: text('Truck turn times', '卡车周转时间数据集', '貨車周轉時間數據集'),
        description: text(
          'Gate-in to gate-out minutes of hauliers at three depots, by hour and kind of box.',
          '三个堆场集卡的进出闸时长，按小时与箱型统计。',
          '三個貨櫃場貨車的進出閘時間，按小時及櫃型統計。',
        ),
        languages: ['en', 'ms'],
        offers: [
          {
            slug: 'depots',
            prices: [flat('900.00'), perUnit('rows', '0.40', '1000')],
            purposes: ['logistics-planning'],
            places: ['MY', 'SG', 'HK'],
          },
        ],
      },
    ],
  },
  {
    slug: 'lotus-tourism',
    name: text('Lotus City Tourism Data', '莲城旅游数据', '蓮城旅遊數據'),
    jurisdiction: 'MO',
    products: [
      {
        slug: 'visitor-nights',
        kind: 'dataset',
        name: text('Visitor nights and spending', '旅客过夜与消费数据集', '旅客留宿及消費數據集'),
        description: text(
          'Nights, origin and spending by trade from 46 hotels and their shops, by week; cells under 30 guests left out.',
          '来自46家酒店及其商铺的每周过夜数、客源地与分行业消费；不足30位旅客的单元不予列示。',
          '來自46間酒店及其商舖的每周留宿數、客源地及分行業消費；少於30位旅客的單元不予列出。',
        ),
        languages: ['zh-Hant', 'pt', 'en'],
        offers: [
          {
            slug: 'weekly',
            prices: [flat('2200.00'), volume('rows', '1000', ['100000', '3.00'], [null, '2.10'])],
            purposes: ['investment-research', 'policy-analysis'],
            places: ['MO', 'HK', 'SG'],
            channel: { partner: 'admiralty', bps: 200 },
          },
        ],
      },
    ],
  },
];
