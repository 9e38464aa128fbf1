import type { InvoiceDetail, MeterTotal, PricePlan as WirePlan } from '@hetao/client';
import { formatMoney, parseMoney, type Money } from '@hetao/kernel';
import { rate, taxOn, type PricePlan } from '@hetao/rating';

/** One line of the invoice beside what it comes to here. */
export interface ComparedLine {
  readonly lineNo: number;
  readonly component: string;
  readonly billed: string;
  /** Undefined where nothing here says what it should be: charges for corrected earlier months. */
  readonly recomputed: string | undefined;
}

/** The invoice computed again from usage and the signed plan, line by line. */
export interface Recomputation {
  readonly lines: readonly ComparedLine[];
  readonly currency: string;
  /** Every line that could be computed came out the same, and there was one. */
  readonly same: boolean;
}

/** The plan in the words of the rating library; undefined for plans whose price hangs on credit of earlier months. */
export function planToRate(plan: WirePlan): PricePlan | undefined {
  return plan.version === 2 ? undefined : (camelKeys(plan) as PricePlan);
}

function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
      camelKeys(inner),
    ]),
  );
}

type Billed = Pick<InvoiceDetail, 'lines' | 'period' | 'net' | 'tax'>;

/**
 * Rates the month again, in this browser, by the same open code as settlement, and holds every line against it. Tax is
 * computed on the net that was billed, so that one wrong line is one wrong line.
 *
 * @throws DomainException PRICE_PLAN_INVALID or USAGE_TOTALS_INVALID.
 */
export function recompute(invoice: Billed, plan: PricePlan, totals: readonly MeterTotal[]): Recomputation {
  const { charges } = rate({ plan, totals, period: invoice.period });
  const left = charges.map((charge) => ({
    component: charge.componentId,
    amount: formatMoney({ amountMinor: charge.amountMinor, currency: plan.currency }),
  }));
  const lines = invoice.lines.map((line): ComparedLine => {
    const shown = { lineNo: line.line_no, component: line.component_id, billed: line.amount.amount };
    if (line.kind === 'tax') return { ...shown, recomputed: formatMoney(taxOn(netOf(invoice), plan.tax)) };
    const at = left.findIndex(({ component }) => component === line.component_id);
    return { ...shown, recomputed: at < 0 ? undefined : left.splice(at, 1)[0]?.amount };
  });
  const known = lines.filter(({ recomputed }) => recomputed !== undefined);
  return {
    lines,
    currency: invoice.net.currency,
    same: known.length > 0 && known.every(({ billed, recomputed }) => billed === recomputed),
  };
}

function netOf({ net }: Billed): Money {
  return parseMoney(net.amount, net.currency);
}
