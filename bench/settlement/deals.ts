import { Decimal, deterministicId } from '@hetao/kernel';
import { rate, type PricePlan } from '@hetao/rating';
import type { Agreement, UsagePeriod } from '@hetao/settlement/invoicing';

export const AGREEMENTS = 10_000;
export const DAYS = 30;
export const PERIOD = '2015-06';
export const TIME_ZONE = 'Asia/Shanghai';
export const MERCHANTS = 100;
const RATED_A_TRANSACTION = 100;

export const plan: PricePlan = {
  currency: 'CNY',
  components: [
    { kind: 'flat', id: 'access', amount: '500' },
    { kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.0123', per: '1' },
    {
      kind: 'tiered',
      id: 'traffic',
      meter: 'bytes',
      mode: 'graduated',
      per: '1000000',
      tiers: [
        { upTo: '1000000000', unitPrice: '0.08' },
        { upTo: null, unitPrice: '0.05' },
      ],
    },
  ],
  fee: { exchangeBps: 500, channelBps: 300 },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
};

/** An agreement and its month. */
export interface Deal {
  readonly agreement: Agreement;
  /** Calls and bytes of each day. */
  readonly days: readonly { readonly calls: string; readonly bytes: string }[];
}

export function dealOf(no: number): Deal {
  const id = (prefix: string): string => deterministicId(prefix, 'bench', String(no));
  return {
    agreement: {
      agreementId: id('agr'),
      productId: id('prd'),
      merchantId: deterministicId('par', 'merchant', String(no % MERCHANTS)),
      buyerId: deterministicId('par', 'buyer', String(no % 1_000)),
      channelPartnerId: null,
      plan,
      documentHash: '0'.repeat(64),
      effectiveFrom: new Date('2015-05-31T16:00:00Z'),
      effectiveUntil: new Date('2016-05-31T16:00:00Z'),
      concludedAt: new Date('2015-05-30T16:00:00Z'),
      timeZone: null,
      endedAt: null,
    },
    days: Array.from({ length: DAYS }, (_, day) => ({
      calls: String((no * 7 + day * 13) % 1_000),
      bytes: String(((no * 31 + day * 17) % 100_000) * 1_000),
    })),
  };
}

export function totalsOf(days: Deal['days']): { meter: string; quantity: string; events: number }[] {
  const sum = (of: (day: Deal['days'][number]) => string): string =>
    days.reduce((total, day) => total.plus(Decimal.parse(of(day))), Decimal.zero).toString();
  return [
    { meter: 'calls', quantity: sum(({ calls }) => calls), events: DAYS },
    { meter: 'bytes', quantity: sum(({ bytes }) => bytes), events: DAYS },
  ];
}

export function usageOf({ agreement, days }: Deal): UsagePeriod {
  const { agreementId, productId, merchantId, buyerId } = agreement;
  return {
    agreementId,
    period: PERIOD,
    periodId: deterministicId('per', PERIOD, agreementId),
    productId,
    merchantId,
    buyerId,
    totals: totalsOf(days),
    windows: DAYS,
    closedAt: new Date('2015-07-01T00:00:00Z'),
    state: 'waiting',
  };
}

export function netOf(days: Deal['days']): bigint {
  return rate({ plan, totals: totalsOf(days), period: PERIOD }).net.amountMinor;
}

export async function eachChunk(
  deals: readonly Deal[],
  work: (chunk: readonly Deal[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < deals.length; from += RATED_A_TRANSACTION) {
    await work(deals.slice(from, from + RATED_A_TRANSACTION));
  }
}
