import type { Language } from '@hetao/kernel';

/** What a printed agreement says around its terms, in one language; `zh-Hant` in Hong Kong's words. */
export interface AgreementWords {
  readonly language: string;
  readonly title: string;
  readonly prevails: string;
  readonly translation: (prevailing: string) => string;
  readonly merchant: string;
  readonly buyer: string;
  readonly channel: string;
  readonly product: (id: string, version: number) => string;
  readonly productLabel: string;
  readonly schemaHash: string;
  readonly purpose: string;
  readonly place: string;
  readonly term: string;
  readonly termValue: (from: string, until: string) => string;
  readonly timeZone: string;
  readonly policy: string;
  readonly price: string;
  readonly priceColumns: readonly [string, string, string];
  readonly kinds: Readonly<Record<string, string>>;
  readonly perPeriod: (amount: string) => string;
  readonly perUnits: (price: string, per: string) => string;
  readonly upTo: (limit: string | null, price: string) => string;
  readonly packaged: (price: string, size: string, included: string) => string;
  readonly prepaid: (price: string, credit: string, periods: number) => string;
  readonly fee: (exchange: string, channel: string) => string;
  readonly tax: (rate: string, place: string) => string;
  readonly trial: (periods: number) => string;
  readonly share: (id: string, rate: string) => string;
  readonly withholding: (rate: string, place: string) => string;
  readonly further: string;
  readonly quota: (limit: string, meter: string) => string;
  readonly notice: (days: number) => string;
  readonly renewal: (months: number, times: number) => string;
  readonly release: (origin: string, destination: string) => string;
  readonly noBorder: string;
  readonly supersedes: (id: string, kind: 'amendment' | 'renewal') => string;
  readonly signatures: string;
  readonly consent: (party: string, name: string, at: string) => string;
  readonly keySigned: (party: string, kid: string, at: string) => string;
  readonly unsigned: string;
  readonly hash: string;
  readonly canonical: string;
}

const english: AgreementWords = {
  language: 'English',
  title: 'Data licence agreement',
  prevails: 'This language version prevails.',
  translation: (prevailing) => `A translation; where it differs, the version in ${prevailing} prevails.`,
  merchant: 'Data merchant',
  buyer: 'Buyer',
  channel: 'Channel partner',
  productLabel: 'Data product',
  product: (id, version) => `${id}, version ${version}`,
  schemaHash: 'Hash of its fields (SHA-256)',
  purpose: 'Purpose',
  place: 'Place of use',
  term: 'In force',
  termValue: (from, until) => `from ${from} until just before ${until}`,
  timeZone: 'Days and months counted in',
  policy: 'Usage policy',
  price: 'Price',
  priceColumns: ['Item', 'Meter', 'Price'],
  kinds: {
    flat: 'Fixed',
    per_unit: 'By use',
    tiered: 'By use, tiered',
    package: 'Packages',
    minimum: 'Minimum',
    prepaid: 'Prepaid credit',
  },
  perPeriod: (amount) => `${amount} a period`,
  perUnits: (price, per) => `${price} for every ${per}`,
  upTo: (limit, price) => (limit === null ? `beyond: ${price}` : `up to ${limit}: ${price}`),
  packaged: (price, size, included) => `${price} for each ${size} begun; ${included} included`,
  prepaid: (price, credit, periods) => `${price} for a credit of ${credit}, valid for ${periods} periods`,
  fee: (exchange, channel) => `Of net, the exchange keeps ${exchange} and the channel partner ${channel}.`,
  tax: (rate, place) => `Tax of ${rate} (${place}) is added to net.`,
  trial: (periods) => `The first ${periods} periods are a trial without charge.`,
  share: (id, rate) => `${id} receives ${rate} of net.`,
  withholding: (rate, place) => `${rate} is withheld for the tax authority of ${place}.`,
  further: 'Further terms',
  quota: (limit, meter) => `At most ${limit} ${meter} in all.`,
  notice: (days) =>
    days === 0
      ? 'Either party may end the agreement at once.'
      : `Either party may end the agreement with ${days} days’ notice.`,
  renewal: (months, times) =>
    `It renews itself for ${months} months at a time, at most ${times} times, unless a party gave notice before.`,
  release: (origin, destination) =>
    `The data crosses from ${origin} to ${destination}: the agreement gives no access before digital customs has released it, nor while the release is suspended or over.`,
  noBorder: 'The data crosses no border.',
  supersedes: (id, kind) =>
    kind === 'renewal'
      ? `It renews agreement ${id} by the clause in that one.`
      : `Once in force, it takes the place of agreement ${id}.`,
  signatures: 'Signatures',
  consent: (party, name, at) => `${party}: consent of ${name}, recorded by the exchange at ${at}`,
  keySigned: (party, kid, at) => `${party}: signed with key ${kid} at ${at}`,
  unsigned: 'Nobody has signed yet.',
  hash: 'Hash of the document (SHA-256)',
  canonical:
    'What is signed is the document as canonical JSON (RFC 8785), which this print renders; its hash is above.',
};

const simplified: AgreementWords = {
  language: '简体中文',
  title: '数据许可协议',
  prevails: '以本语言文本为准。',
  translation: (prevailing) => `本文为译本；如有不一致，以${prevailing}文本为准。`,
  merchant: '数据商',
  buyer: '数据买方',
  channel: '渠道合作方',
  productLabel: '数据产品',
  product: (id, version) => `${id}，第 ${version} 版`,
  schemaHash: '字段哈希值（SHA-256）',
  purpose: '用途',
  place: '使用地',
  term: '有效期',
  termValue: (from, until) => `自 ${from} 起至 ${until} 止（不含）`,
  timeZone: '日、月计算所用时区',
  policy: '使用政策',
  price: '价格',
  priceColumns: ['项目', '计量项', '价格'],
  kinds: {
    flat: '固定',
    per_unit: '按量',
    tiered: '按量阶梯',
    package: '套餐包',
    minimum: '最低消费',
    prepaid: '预付额度',
  },
  perPeriod: (amount) => `每期 ${amount}`,
  perUnits: (price, per) => `每 ${per} 为 ${price}`,
  upTo: (limit, price) => (limit === null ? `超出部分：${price}` : `至 ${limit}：${price}`),
  packaged: (price, size, included) => `每 ${size}（不足亦计）为 ${price}；含 ${included}`,
  prepaid: (price, credit, periods) => `${price}，可用额度 ${credit}，有效 ${periods} 期`,
  fee: (exchange, channel) => `净额中，交易所收取 ${exchange}，渠道合作方收取 ${channel}。`,
  tax: (rate, place) => `净额之外另加税款 ${rate}（${place}）。`,
  trial: (periods) => `前 ${periods} 期为免费试用。`,
  share: (id, rate) => `${id} 收取净额的 ${rate}。`,
  withholding: (rate, place) => `为${place}税务机关代扣 ${rate}。`,
  further: '其他条款',
  quota: (limit, meter) => `总量不超过 ${limit} ${meter}。`,
  notice: (days) => (days === 0 ? '任何一方可随时终止本协议。' : `任何一方可提前 ${days} 天通知终止本协议。`),
  renewal: (months, times) => `除任何一方事先通知外，本协议期满自动续期，每次 ${months} 个月，至多 ${times} 次。`,
  release: (origin, destination) =>
    `数据由${origin}传输至${destination}：数据海关放行之前，以及放行中止或终止期间，本协议不产生访问权。`,
  noBorder: '数据不出境。',
  supersedes: (id, kind) =>
    kind === 'renewal' ? `本协议依协议 ${id} 之续期条款续订。` : `本协议生效后取代协议 ${id}。`,
  signatures: '签署',
  consent: (party, name, at) => `${party}：${name} 表示同意，交易所于 ${at} 记录`,
  keySigned: (party, kid, at) => `${party}：于 ${at} 以密钥 ${kid} 签名`,
  unsigned: '尚无签署。',
  hash: '文本哈希值（SHA-256）',
  canonical: '所签署者为本协议之规范 JSON（RFC 8785）文本，本件为其印本；其哈希值见上。',
};

const traditional: AgreementWords = {
  language: '繁體中文（香港）',
  title: '數據許可協議',
  prevails: '以本語言文本為準。',
  translation: (prevailing) => `本文為譯本；如有不一致，以${prevailing}文本為準。`,
  merchant: '數據商',
  buyer: '數據買方',
  channel: '渠道合作夥伴',
  productLabel: '數據產品',
  product: (id, version) => `${id}，第 ${version} 版`,
  schemaHash: '欄位哈希值（SHA-256）',
  purpose: '用途',
  place: '使用地',
  term: '有效期',
  termValue: (from, until) => `自 ${from} 起至 ${until} 止（不含）`,
  timeZone: '日、月計算所用時區',
  policy: '使用政策',
  price: '價格',
  priceColumns: ['項目', '計量項', '價格'],
  kinds: {
    flat: '固定',
    per_unit: '按量',
    tiered: '按量階梯',
    package: '套餐',
    minimum: '最低消費',
    prepaid: '預付額度',
  },
  perPeriod: (amount) => `每期 ${amount}`,
  perUnits: (price, per) => `每 ${per} 為 ${price}`,
  upTo: (limit, price) => (limit === null ? `超出部分：${price}` : `至 ${limit}：${price}`),
  packaged: (price, size, included) => `每 ${size}（不足亦計）為 ${price}；含 ${included}`,
  prepaid: (price, credit, periods) => `${price}，可用額度 ${credit}，有效 ${periods} 期`,
  fee: (exchange, channel) => `淨額中，交易所收取 ${exchange}，渠道合作夥伴收取 ${channel}。`,
  tax: (rate, place) => `淨額之外另加稅款 ${rate}（${place}）。`,
  trial: (periods) => `首 ${periods} 期為免費試用。`,
  share: (id, rate) => `${id} 收取淨額的 ${rate}。`,
  withholding: (rate, place) => `為${place}稅務機關代扣 ${rate}。`,
  further: '其他條款',
  quota: (limit, meter) => `總量不超過 ${limit} ${meter}。`,
  notice: (days) => (days === 0 ? '任何一方可隨時終止本協議。' : `任何一方可提前 ${days} 天通知終止本協議。`),
  renewal: (months, times) => `除任何一方事先通知外，本協議期滿自動續期，每次 ${months} 個月，最多 ${times} 次。`,
  release: (origin, destination) =>
    `數據由${origin}傳輸至${destination}：數據海關放行之前，以及放行中止或終止期間，本協議不產生存取權。`,
  noBorder: '數據不過境。',
  supersedes: (id, kind) =>
    kind === 'renewal' ? `本協議依協議 ${id} 的續期條款續訂。` : `本協議生效後取代協議 ${id}。`,
  signatures: '簽署',
  consent: (party, name, at) => `${party}：${name} 表示同意，交易所於 ${at} 記錄`,
  keySigned: (party, kid, at) => `${party}：於 ${at} 以密鑰 ${kid} 簽署`,
  unsigned: '尚未有人簽署。',
  hash: '文本哈希值（SHA-256）',
  canonical: '所簽署者為本協議的規範 JSON（RFC 8785）文本，本件為其印本；其哈希值見上。',
};

export const agreementWords: Readonly<Record<Language, AgreementWords>> = {
  en: english,
  'zh-Hans': simplified,
  'zh-Hant': traditional,
};
