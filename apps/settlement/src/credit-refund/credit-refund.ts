import type { Currency } from '@hetao/kernel';
import type { BankAccount } from '../agreement/agreement.js';
import { credit, debit, exchangeOwner, type Posting } from '../ledger/ledger.js';

export const creditRefundStates = ['proposed', 'approved', 'refused', 'expired'] as const;
export type CreditRefundState = (typeof creditRefundStates)[number];

/** A buyer's credit that is to be paid back: proposed by one person, reserved meanwhile, approved by another. */
export interface CreditRefund {
  readonly creditRefundId: string;
  readonly buyerId: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly bankAccount: BankAccount;
  readonly reason: string;
  readonly holdId: string;
  readonly state: CreditRefundState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** The payment to the bank, once it is approved. */
  readonly refundId: string | null;
}

/** What is reserved: nobody spends the credit while two people look at where it is to go. */
export function reservationOf(
  refund: Pick<CreditRefund, 'creditRefundId' | 'buyerId' | 'amountMinor' | 'currency' | 'proposedAt'>,
): Posting {
  const { creditRefundId, buyerId, amountMinor, currency, proposedAt } = refund;
  return {
    idempotencyKey: `credit_refund:${creditRefundId}`,
    movement: 'refund_instructed',
    effectiveAt: proposedAt,
    period: null,
    reference: { kind: 'credit_refund', id: creditRefundId },
    legs: [
      debit({ owner: buyerId, kind: 'payable:buyer', currency }, amountMinor),
      credit({ owner: exchangeOwner, kind: 'clearing:bank_out', currency }, amountMinor),
    ],
  };
}
