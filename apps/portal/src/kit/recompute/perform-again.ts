import { getAgreement, getUsageSummary, type InvoiceDetail, type MeterTotal } from '@hetao/client';
import type { Recomputation } from './recompute.rules.js';

/** An invoice performed again: from what, and what came out. */
export interface Performed {
  readonly totals: readonly MeterTotal[];
  /** Undefined where the price hangs on credit of earlier months, which is not in one invoice. */
  readonly result: Recomputation | undefined;
}

/**
 * Rates an invoice again in this browser, from what was counted and the plan both sides signed, by the exchange's open
 * code. The code comes when it is wanted: most invoices are believed.
 *
 * @throws HetaoProblem where usage or licence may not be read
 */
export async function performAgain(invoice: InvoiceDetail): Promise<Performed> {
  const { agreement_id: agreementId, period } = invoice;
  const [agreement, usage, rules] = await Promise.all([
    getAgreement({ path: { id: agreementId }, throwOnError: true }),
    getUsageSummary({ query: { agreement_id: agreementId, period }, throwOnError: true }),
    import('./recompute.rules.js'),
  ]);
  const plan = rules.planToRate(agreement.data.plan);
  const { totals } = usage.data;
  return { totals, result: plan === undefined ? undefined : rules.recompute(invoice, plan, totals) };
}
