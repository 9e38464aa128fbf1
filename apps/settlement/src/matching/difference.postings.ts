import { isCurrency } from '@hetao/kernel';
import { credit, debit, exchangeOwner, type AccountKind, type Posting } from '../ledger/ledger.js';
import type { DifferenceKind } from './passes.js';

const ACCOUNTS = {
  bank_fee: 'expense:bank_fees',
  rounding: 'expense:rounding',
  write_off: 'expense:write_off',
} as const satisfies Record<DifferenceKind | 'write_off', AccountKind>;

/** What is left over between a bank line and what it settles. */
export interface DifferenceToPost {
  /** Names the cause: `difference:mgr_…`, `write_off:exc_…`. */
  readonly key: string;
  readonly kind: DifferenceKind | 'write_off';
  readonly side: 'credit' | 'debit';
  /** Minor units, Σ due − Σ money: above zero our clearing account lacks it for money in. */
  readonly differenceMinor: bigint;
  readonly currency: string;
  readonly period: string | null;
  readonly effectiveAt: Date;
  readonly reference: { readonly kind: string; readonly id: string };
}

/** Takes a difference from its clearing account to the account that names it; nothing for no difference. */
export function differencePosting(difference: DifferenceToPost): readonly Posting[] {
  const { key, kind, side, differenceMinor, currency, period, effectiveAt, reference } = difference;
  if (differenceMinor === 0n || !isCurrency(currency)) return [];
  const clearing = { owner: exchangeOwner, kind: clearingKindOf(side), currency };
  const named = { owner: exchangeOwner, kind: ACCOUNTS[kind], currency };
  // Money in that falls short costs us; money out that exceeds what was due costs us as well.
  const costs = side === 'credit' ? differenceMinor > 0n : differenceMinor < 0n;
  const amountMinor = differenceMinor < 0n ? -differenceMinor : differenceMinor;
  return [
    {
      idempotencyKey: key,
      movement: 'difference_posted',
      effectiveAt,
      period,
      reference,
      legs: costs
        ? [debit(named, amountMinor), credit(clearing, amountMinor)]
        : [debit(clearing, amountMinor), credit(named, amountMinor)],
    },
  ];
}

/** Where a line's money stands until it is told apart. */
export function clearingKindOf(side: 'credit' | 'debit'): 'clearing:bank_in' | 'clearing:bank_out' {
  return side === 'credit' ? 'clearing:bank_in' : 'clearing:bank_out';
}
