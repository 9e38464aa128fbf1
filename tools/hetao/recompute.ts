import type { Agreement, InvoiceDetail, UsageSummary } from '@hetao/client';
import { formatMoney } from '@hetao/kernel';
import { rateAny, taxOn, type AnyPricePlan } from '@hetao/rating';

/** One figure of an invoice beside the one that was computed here. */
export interface Compared {
  readonly what: string;
  readonly invoiced: string;
  readonly here: string;
}

/**
 * Rates what was counted by the plan that both signed, and compares each charge, net, tax and gross with the invoice.
 *
 * @throws DomainException RATING_TERM_INVALID for a plan with trials, minimums or credit: what it depends on beside usage
 *   stands in the explanation of each line
 */
export function recomputed(
  invoice: InvoiceDetail,
  plan: Agreement['plan'],
  totals: UsageSummary['totals'],
): Compared[] {
  const usage = { totals: totals.map(({ meter, quantity }) => ({ meter, quantity })), period: invoice.period };
  const { charges, net } = rateAny(camelCased(plan) as AnyPricePlan, usage, null);
  const tax = taxOn(net, { rateBps: plan.tax.rate_bps });
  const invoiced = new Map(invoice.lines.map((line) => [line.component_id, line.amount.amount]));
  const lines = charges.map((charge) => ({
    what: charge.componentId,
    invoiced: invoiced.get(charge.componentId) ?? 'nothing',
    here: formatMoney({ amountMinor: charge.amountMinor, currency: net.currency }),
  }));
  const gross = { amountMinor: net.amountMinor + tax.amountMinor, currency: net.currency };
  return [
    ...lines,
    { what: 'net', invoiced: invoice.net.amount, here: formatMoney(net) },
    { what: 'tax', invoiced: invoice.tax.amount, here: formatMoney(tax) },
    { what: 'gross', invoiced: invoice.gross.amount, here: formatMoney(gross) },
  ];
}

/** Plans travel in snake_case, and are rated in camelCase; meters and ids are values and stay. */
function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCased(member),
    ]),
  );
}
