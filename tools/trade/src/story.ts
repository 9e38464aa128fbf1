/** Who trades what in `npm run trade`: fixed names and terms, so that a second run finds what the first one made. */

export const PERIOD = '2015-05';
export const TIME_ZONE = 'UTC';
export const CURRENCY = 'CNY';

const text = (en: string, hans: string, hant: string) => ({ en, 'zh-Hans': hans, 'zh-Hant': hant });

export const merchant = {
  name: text('Lingnan Access Data', '岭南访问数据', '嶺南訪問數據'),
  jurisdiction: 'CN',
  roles: ['merchant'],
  home_currency: CURRENCY,
  bank_account: { name: 'Lingnan Access Data', account_number: '6222000100015001', bic: 'BKCHCNBJ' },
} as const;

/** How the merchant names himself to customs. */
export const exporterCard = {
  name: merchant.name.en,
  place: 'Shenzhen',
  registration_number: '91440300MA5D0DATA1',
} as const;

/** The log is of May 2015, so customs' memo is as well. */
export const decided = { on: '2015-05-01', until: '2034-12-31' } as const;

export const buyer = {
  name: text('Harbour Analytics', '海港分析', '海港分析'),
  jurisdiction: 'HK',
  roles: ['buyer'],
  home_currency: CURRENCY,
  bank_account: { name: 'Harbour Analytics', account_number: '012987654321', bic: 'BKCHHKHH' },
} as const;

export const channel = {
  name: text('Delta Channel Partners', '三角洲渠道', '三角洲渠道'),
  jurisdiction: 'MO',
  roles: ['channel'],
  home_currency: CURRENCY,
  bank_account: { name: 'Delta Channel Partners', account_number: '188001234567', bic: 'BKCHMOMX' },
} as const;

export const product = {
  name: text('Web access records API', '网站访问记录接口', '網站訪問記錄接口'),
  description: text(
    'Requests to a public web server, as they were served: time, path, status and bytes.',
    '公共网站服务器的请求记录：时间、路径、状态与字节数。',
    '公共網站伺服器的請求記錄：時間、路徑、狀態與位元組數。',
  ),
  kind: 'api',
  stored_in: 'CN',
  // Addresses of visitors stay with the merchant: what is sold is about nobody.
  fields: [
    { name: 'time', meaning: 'When the request was served', export_reason: 'Load is compared by hour.' },
    { name: 'path', meaning: 'What was asked for', export_reason: 'Load is compared by page.' },
    { name: 'status', meaning: 'Status code of the answer', export_reason: 'Failures are counted.' },
    { name: 'bytes', meaning: 'Length of the answer', export_reason: 'Traffic is what is paid for.' },
  ],
} as const;

/** A flat part, a graduated price a call, and a price a megabyte: every kind of component but volume tiers. */
export const plan = {
  currency: CURRENCY,
  components: [
    { kind: 'flat', id: 'access', amount: '300.00' },
    {
      kind: 'tiered',
      id: 'calls',
      meter: 'calls',
      mode: 'graduated',
      per: '1',
      tiers: [
        { up_to: '1000', unit_price: '0.10' },
        { up_to: '5000', unit_price: '0.06' },
        { up_to: null, unit_price: '0.035' },
      ],
    },
    { kind: 'per_unit', id: 'traffic', meter: 'bytes', unit_price: '0.42', per: '1000000' },
  ],
  fee: { exchange_bps: 250, channel_bps: 120 },
  tax: { jurisdiction: 'CN', rate_bps: 600, mode: 'exclusive' },
} as const;

export const policy = {
  purposes: ['research', 'service-improvement'],
  places_of_use: ['HK', 'CN'],
  onward_use: false,
  retention_days: 365,
} as const;

export const terms = { from: '2015-05-01T00:00:00.000Z', until: '2035-01-01T00:00:00.000Z' } as const;
export const request = { purpose: 'research', place_of_use: 'HK' } as const;
