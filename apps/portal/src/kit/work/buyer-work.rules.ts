import type { AccessRequest, Agreement, Approval, Invoice } from '@hetao/client';
import { Decimal } from '@hetao/kernel';
import type { MoneyText } from '../../i18n/format.js';

/** What a buyer's home is made of. */
export interface BuyerWork {
  readonly requests: readonly AccessRequest[];
  readonly agreements: readonly Agreement[];
  readonly invoices: readonly Invoice[];
  readonly approvals: readonly Approval[];
}

/** Which of it cannot go on without this buyer. */
export function buyerNeeds(work: BuyerWork) {
  return {
    sign: work.agreements.filter(
      ({ status, signatures }) =>
        status === 'awaiting_signatures' && !signatures.some(({ party }) => party === 'buyer'),
    ),
    offered: work.requests.filter(({ status, offered_by }) => status === 'requested' && offered_by === 'merchant'),
    overdue: work.invoices.filter(({ status }) => status === 'overdue'),
    due: work.invoices.filter(({ status }) => status === 'issued' || status === 'part_paid'),
    approvals: work.approvals.filter(({ status }) => status === 'pending'),
  };
}

/** What is still to be paid, by currency: sums of different currencies are no sum. */
export function outstandingOf(invoices: readonly Invoice[]): readonly MoneyText[] {
  const sums = new Map<string, Decimal>();
  for (const { outstanding, status } of invoices) {
    if (status === 'draft' || status === 'void') continue;
    const sum = sums.get(outstanding.currency) ?? Decimal.parse('0');
    sums.set(outstanding.currency, sum.plus(Decimal.parse(outstanding.amount)));
  }
  return [...sums].filter(([, sum]) => !sum.isZero()).map(([currency, sum]) => ({ amount: sum.toString(), currency }));
}
