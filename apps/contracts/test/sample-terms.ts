import type { PricePlan, PricePlanV2 } from '@hetao/rating';
import type { ListedProduct, Party } from '../src/directory/directory.js';
import type { OfferTerms } from '../src/offer/offer.js';

/** 2026-03-01 plus this many days, UTC. */
export const day = (number: number): Date => new Date(Date.UTC(2026, 2, 1 + number));

const names = (en: string) => ({ en, 'zh-Hans': en, 'zh-Hant': en });

export const merchant: Party = { id: 'org_merchant', name: names('Lingnan Herbal Data'), jurisdiction: 'CN' };
export const buyer: Party = { id: 'org_buyer', name: names('Victoria Peak Research'), jurisdiction: 'HK' };
export const product: ListedProduct = {
  id: 'prd_1',
  merchantId: merchant.id,
  name: names('Formulas'),
  kind: 'api',
  version: 4,
};

export const plan: PricePlan = {
  currency: 'CNY',
  components: [
    { kind: 'flat', id: 'base', amount: '100.00' },
    { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.05', per: '1' },
    {
      kind: 'tiered',
      id: 'volume',
      meter: 'bytes',
      mode: 'graduated',
      per: '1000000',
      tiers: [
        { upTo: '1000000000', unitPrice: '0.20' },
        { upTo: null, unitPrice: '0.10' },
      ],
    },
  ],
  fee: { exchangeBps: 500, channelBps: 0 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
};

/** A plan with everything that only the second form knows. */
export const planV2: PricePlanV2 = {
  version: 2,
  currency: 'CNY',
  components: [
    { kind: 'flat', id: 'base', amount: '310.00', prorate: true },
    { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.05', per: '1' },
    {
      kind: 'tiered',
      id: 'volume',
      meter: 'bytes',
      mode: 'volume',
      per: '1000000',
      tiers: [
        { upTo: '1000000000', unitPrice: '0.20' },
        { upTo: null, unitPrice: '0.10' },
      ],
    },
    { kind: 'package', id: 'reports', meter: 'reports', size: '10', price: '99', included: '2' },
    { kind: 'minimum', id: 'commitment', amount: '1000', prorate: false },
    { kind: 'prepaid', id: 'credit', price: '900', credit: '1000', grant: 'once', validPeriods: 12 },
  ],
  trial: { periods: 1 },
  fee: { exchangeBps: 500, channelBps: 0 },
  parties: [{ role: 'source', participantId: 'org_01k9zq5m8xe7aabq07tkc3j4fh', bps: 1000 }],
  withholding: { jurisdiction: 'CN', rateBps: 1000 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
};

/** Terms of an offer that holds for thirty days, for agreements in force from day 10 to day 100. */
export const terms: OfferTerms = {
  plan,
  timeZone: 'Asia/Shanghai',
  policy: { purposes: ['research', 'teaching'], placesOfUse: ['HK', 'MO'], onwardUse: false, retentionDays: 365 },
  quota: { meter: 'calls', limit: '10000' },
  validUntil: day(30),
  term: { from: day(10), until: day(100) },
  noticeDays: 0,
  renewal: null,
  channelPartnerId: null,
  buyerId: null,
};
