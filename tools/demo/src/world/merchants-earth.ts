import type { MerchantSeed } from './seed-types.js';
import { flat, perCall, perMegabyte, perUnit, text, volume } from './words.js';

/** Weather, sea, and land seen from above. */
export const earthMerchants: readonly MerchantSeed[] = [
  {
    slug: 'tiangong-geo',
    name: text('Tiangong Remote Sensing', '天弓遥感', '天弓遙感'),
    jurisdiction: 'CN',
    products: [
      {
        slug: 'land-change',
        kind: 'dataset',
        name: text('Land use change, half-yearly', '土地利用变化半年数据集', '土地用途變化半年數據集'),
        description: text(
          'Changes of land use at thirty metres for Guangdong, Hong Kong and Macao, checked at 4,000 places on the ground.',
          '粤港澳三十米分辨率土地利用变化，经4,000处实地核查。',
          '粵港澳三十米解像度土地用途變化，經4,000處實地核查。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'tiles',
            prices: [flat('1200.00'), volume('bytes', '1000000', ['5000', '0.90'], ['50000', '0.55'], [null, '0.38'])],
            purposes: ['policy-analysis', 'investment-research', 'research'],
            places: ['CN', 'HK', 'MO', 'US'],
          },
        ],
      },
      {
        slug: 'slope-watch',
        kind: 'api',
        name: text('Slope movement alerts API', '边坡位移预警接口', '斜坡移動預警API'),
        description: text(
          'Millimetres a year by radar for 9,000 man-made slopes, with an alert when one speeds up.',
          '9,000处人工边坡的雷达年位移量（毫米），加速时发出预警。',
          '9,000幅人造斜坡的雷達年移動量（毫米），加快時發出預警。',
        ),
        languages: ['zh-Hans', 'en'],
        offers: [
          {
            slug: 'owners',
            prices: [flat('4400.00'), perCall('0.08')],
            purposes: ['safety', 'underwriting'],
            places: ['CN', 'HK'],
          },
        ],
      },
    ],
  },
  {
    slug: 'cascade-earth',
    name: text('Cascade Earth Imaging', '喀斯喀特地球影像', '喀斯喀特地球影像'),
    jurisdiction: 'US',
    products: [
      {
        slug: 'vegetation',
        kind: 'api',
        name: text('Vegetation index API', '植被指数接口', '植被指數API'),
        description: text(
          'Weekly vegetation index at ten metres, without clouds, for any polygon you draw.',
          '每周十米分辨率无云植被指数，可按任意多边形查询。',
          '每周十米解像度無雲植被指數，可按任何多邊形查詢。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'polygons',
            prices: [flat('250.00'), perUnit('rows', '0.015'), perMegabyte('0.04')],
            purposes: ['agriculture', 'investment-research', 'compliance'],
            places: ['US', 'SG', 'HK', 'MY', 'CN'],
          },
        ],
      },
    ],
  },
  {
    slug: 'fragrant-isle',
    name: text('Fragrant Isle Weather', '香屿气象', '香嶼氣象'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'nowcast',
        kind: 'api',
        name: text('Harbour nowcast API', '港区短临预报接口', '港區臨近預報API'),
        description: text(
          'Wind, rain and visibility for the next two hours at 500 metres around the port, every six minutes.',
          '港口周边500米网格未来两小时的风、雨与能见度，每六分钟更新。',
          '港口周邊500米網格未來兩小時的風、雨及能見度，每六分鐘更新。',
        ),
        languages: ['en', 'zh-Hant'],
        offers: [
          {
            slug: 'port',
            prices: [flat('1400.00'), perCall('0.05'), perMegabyte('0.30')],
            purposes: ['logistics-planning', 'safety'],
            places: ['HK', 'CN', 'MO'],
          },
        ],
      },
      {
        slug: 'typhoon-archive',
        kind: 'dataset',
        name: text('Typhoon wind archive', '台风风场档案', '颱風風場檔案'),
        description: text(
          'Hourly wind fields of 61 years of typhoons over the estuary, reanalysed.',
          '珠江口61年台风逐小时再分析风场。',
          '珠江口61年颱風逐小時再分析風場。',
        ),
        languages: ['en'],
        offers: [
          {
            slug: 'opening',
            prices: [flat('980.00')],
            purposes: ['research', 'underwriting'],
            places: ['HK', 'GB', 'CN'],
            valid: 'today',
          },
          {
            slug: 'archive',
            prices: [flat('1450.00'), perMegabyte('0.02')],
            purposes: ['research', 'underwriting'],
            places: ['HK', 'GB', 'CN'],
          },
        ],
      },
    ],
  },
  {
    slug: 'tolo-marine',
    name: text('Tolo Marine Science', '吐露港海洋科学', '吐露港海洋科學'),
    jurisdiction: 'HK',
    products: [
      {
        slug: 'water-quality',
        kind: 'dataset',
        name: text('Bay water quality series', '海湾水质时序数据', '海灣水質時序數據'),
        description: text(
          'Oxygen, nutrients, chlorophyll and currents of 14 buoys each quarter of an hour, with their calibration.',
          '14个浮标每15分钟的溶解氧、营养盐、叶绿素与海流数据，附校准记录。',
          '14個浮標每15分鐘的溶解氧、營養鹽、葉綠素及海流數據，附校準紀錄。',
        ),
        languages: ['en', 'zh-Hant'],
        offers: [
          {
            slug: 'science',
            prices: [perMegabyte('0.75')],
            purposes: ['research', 'education', 'policy-analysis'],
            places: ['HK', 'CN', 'MO', 'GB'],
            onwardUse: true,
            retentionDays: null,
          },
        ],
      },
    ],
  },
  {
    slug: 'coloane-coast',
    name: text('Coloane Coastal Watch', '路环海岸观测', '路環海岸觀測'),
    jurisdiction: 'MO',
    products: [
      {
        slug: 'surge-levels',
        kind: 'api',
        name: text('Storm surge levels API', '风暴潮水位接口', '風暴潮水位API'),
        description: text(
          'Measured and forecast water levels of nine gauges, each minute when a signal is hoisted.',
          '九个潮位站的实测与预报水位，悬挂风球期间每分钟更新。',
          '九個潮位站的實測及預報水位，懸掛風球期間每分鐘更新。',
        ),
        languages: ['zh-Hant', 'pt', 'en'],
        offers: [
          {
            slug: 'gauges',
            prices: [flat('600.00'), perCall('0.10')],
            purposes: ['safety', 'underwriting', 'research'],
            places: ['MO', 'HK', 'CN'],
          },
        ],
      },
    ],
  },
];
