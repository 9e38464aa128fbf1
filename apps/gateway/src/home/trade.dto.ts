import { z } from 'zod';

const localized = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() });
const money = z.object({ amount: z.string(), currency: z.string() });

function page<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), has_more: z.boolean() });
}

/** What the first page reads of the services' answers: less than they say, so that they may say more. */
export const participantPage = page(
  z.object({
    id: z.string(),
    name: localized,
    jurisdiction: z.string(),
    roles: z.array(z.string()),
    status: z.string(),
    registered_at: z.string(),
  }),
);
export const productPage = page(
  z.object({ id: z.string(), merchant_id: z.string(), name: localized, kind: z.string(), status: z.string() }),
);
export const agreementPage = page(
  z.object({
    id: z.string(),
    product_id: z.string(),
    merchant_id: z.string(),
    buyer_id: z.string(),
    status: z.string(),
    effective_until: z.string(),
  }),
);
export const invoicePage = page(
  z.object({
    id: z.string(),
    number: z.string(),
    period: z.string(),
    buyer_id: z.string(),
    buyer_name: localized.nullable(),
    gross: money,
    status: z.string(),
    due_date: z.string(),
  }),
);
export const payoutPage = page(
  z.object({
    id: z.string(),
    beneficiary_id: z.string(),
    amount: money,
    status: z.string(),
    instructed_at: z.string(),
  }),
);
export const usageSummary = z.object({
  agreement_id: z.string(),
  period: z.string(),
  state: z.string(),
  totals: z.array(z.object({ meter: z.string(), quantity: z.string(), events: z.int() })),
});
export const equation = z.object({
  period: z.string(),
  status: z.string(),
  balanced: z.boolean(),
  meters: z.array(z.object({ meter: z.string(), usage: z.string(), rated: z.string() })),
  currencies: z.array(
    z.object({
      currency: z.string(),
      balanced: z.boolean(),
      usage: z.object({ amount: money }),
      rated: z.object({ amount: money }),
      invoiced: z.object({ amount: money }),
      split: z.object({ amount: money }),
      settled: z.object({ amount: money, merchants: money, channels: money, fee: money, tax: money }),
    }),
  ),
});

export type Participant = z.output<typeof participantPage>['data'][number];
export type Product = z.output<typeof productPage>['data'][number];
export type Agreement = z.output<typeof agreementPage>['data'][number];
export type Invoice = z.output<typeof invoicePage>['data'][number];
export type Payout = z.output<typeof payoutPage>['data'][number];
export type UsageSummary = z.output<typeof usageSummary>;
export type Equation = z.output<typeof equation>;
