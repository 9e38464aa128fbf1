import type { AccessRequest, Agreement, Approval, Declaration, Participant, Payout, Product } from '@hetao/client';
import { Decimal } from '@hetao/kernel';
import type { MoneyText } from '../../i18n/format.js';
import { writtenAs } from '../written-as.js';

/** What a merchant's home is made of. */
export interface MerchantWork {
  readonly requests: readonly AccessRequest[];
  readonly agreements: readonly Agreement[];
  readonly products: readonly Product[];
  readonly payouts: readonly Payout[];
  readonly approvals: readonly Approval[];
  /** Those that customs gave back. */
  readonly returnedDeclarations: readonly Declaration[];
  readonly organisation: Participant;
}

/** Which of it cannot go on without this merchant. */
export function merchantNeeds(work: MerchantWork) {
  return {
    requests: work.requests.filter(({ status, offered_by }) => status === 'requested' && offered_by === 'buyer'),
    sign: work.agreements.filter(
      ({ status, signatures }) =>
        status === 'awaiting_signatures' && !signatures.some(({ party }) => party === 'merchant'),
    ),
    returned: work.products.filter(({ status }) => status === 'returned'),
    declarations: work.returnedDeclarations,
    drafts: work.products.filter(({ status }) => status === 'draft'),
    payouts: work.payouts.filter(({ status }) => status === 'rejected' || status === 'returned'),
    approvals: work.approvals.filter(({ status }) => status === 'pending'),
    onboarding: ['draft', 'registered', 'supplement'].includes(work.organisation.status),
  };
}

/** What arrived for the newest month that anything was paid for, by currency. */
export function lastPaid(
  payouts: readonly Payout[],
): { readonly month: string; readonly sums: readonly MoneyText[] } | undefined {
  const settled = payouts.filter(({ status }) => status === 'settled');
  const month = settled
    .map(({ period }) => period)
    .sort()
    .at(-1);
  if (month === undefined) return undefined;
  const sums = new Map<string, MoneyText>();
  for (const { period, amount } of settled) {
    if (period !== month) continue;
    const sum = Decimal.parse(sums.get(amount.currency)?.amount ?? '0').plus(Decimal.parse(amount.amount));
    sums.set(amount.currency, writtenAs(sum, amount));
  }
  return { month, sums: [...sums.values()] };
}
