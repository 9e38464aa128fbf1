import type { Currency } from '@hetao/kernel';
import { credit, debit, exchangeOwner, type AccountKind, type Leg, type Posting } from '../ledger/ledger.js';
import type { PayableShare, Payable, Payout } from './payout.js';
import type { PayoutPlan } from './settlement-terms.js';

/** The account on which a role is owed. */
export function payableKind(share: PayableShare): AccountKind {
  return `payable:${share}`;
}

/** From what is owed to money on its way out, and what is kept back. */
export function instructedPosting(payout: Payout, payable: Payable, plan: PayoutPlan): Posting {
  const { payoutId, period, beneficiaryId: owner, share, currency, instructedAt } = payout;
  const isNew = payable.items.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return {
    idempotencyKey: `payout_instructed:${payoutId}`,
    movement: 'payout_instructed',
    effectiveAt: instructedAt,
    period,
    reference: { kind: 'payout', id: payoutId },
    legs: some([
      debit({ owner, kind: payableKind(share), currency }, isNew),
      debit({ owner, kind: 'payable:deferred', currency }, payable.amountMinor - isNew),
      credit(bankOut(currency), plan.payMinor),
      credit({ owner, kind: 'payable:deferred', currency }, plan.reserveMinor),
      credit({ owner, kind: 'receivable:party', currency }, plan.nettedMinor),
    ]),
  };
}

/** What is owed waits. */
export function deferredPosting(
  deferral: {
    readonly deferralId: string;
    readonly owner: string;
    readonly share: PayableShare;
    readonly currency: Currency;
    readonly amountMinor: bigint;
  },
  { period, effectiveAt }: { readonly period: string; readonly effectiveAt: Date },
): Posting {
  const { deferralId, owner, share, currency, amountMinor } = deferral;
  return {
    idempotencyKey: `payable_deferred:${deferralId}`,
    movement: 'payable_deferred',
    effectiveAt,
    period,
    reference: { kind: 'deferral', id: deferralId },
    legs: [
      debit({ owner, kind: payableKind(share), currency }, amountMinor),
      credit({ owner, kind: 'payable:deferred', currency }, amountMinor),
    ],
  };
}

/** A payout that did not reach its party is owed again, to be paid with the next one. */
export function endedPosting(
  payout: Payout,
  how: 'rejected' | 'returned',
  { period, effectiveAt }: { readonly period: string | null; readonly effectiveAt: Date },
): Posting {
  const { payoutId, beneficiaryId: owner, currency, amountMinor } = payout;
  const from: AccountKind = how === 'rejected' ? 'clearing:bank_out' : 'clearing:bank_in';
  return {
    idempotencyKey: `payout_${how}:${payoutId}`,
    movement: `payout_${how}`,
    effectiveAt,
    period,
    reference: { kind: 'payout', id: payoutId },
    legs: [
      debit({ owner: exchangeOwner, kind: from, currency }, amountMinor),
      credit({ owner, kind: 'payable:deferred', currency }, amountMinor),
    ],
  };
}

function bankOut(currency: Currency) {
  return { owner: exchangeOwner, kind: 'clearing:bank_out' as const, currency };
}

function some(legs: readonly Leg[]): readonly Leg[] {
  return legs.filter(({ amountMinor }) => amountMinor > 0n);
}
