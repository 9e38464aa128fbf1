import { defineTransitions, type Currency } from '@hetao/kernel';
import type { BankAccount } from '../agreement/agreement.js';

export type PayoutState = 'instructed' | 'settled';

/** A payout's life: told to the bank, then seen on its statement. */
export const payoutTransitions = defineTransitions<PayoutState, 'settle'>({
  instructed: { settle: 'settled' },
  settled: {},
}).assertReachable('instructed');

/** The shares of an invoice that leave the exchange. */
export type PayableShare = 'merchant' | 'channel';

/** A share of a paid invoice that nobody has paid out yet. */
export interface OpenShare {
  readonly invoiceId: string;
  readonly share: PayableShare;
  readonly owner: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

/** What is owed to one party in one currency for one period. */
export interface Payable {
  readonly beneficiaryId: string;
  readonly share: PayableShare;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly items: readonly OpenShare[];
}

/** An instruction to the bank. */
export interface Payout {
  readonly payoutId: string;
  readonly period: string;
  readonly beneficiaryId: string;
  readonly share: PayableShare;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** ISO 20022 Max35Text. */
  readonly endToEndId: string;
  /** As it was when the payout was instructed. */
  readonly bankAccount: BankAccount;
  readonly state: PayoutState;
  readonly instructedAt: Date;
  readonly settledAt: Date | null;
}

/** Why a payable cannot be paid out now. */
export type HoldReason = 'BENEFICIARY_UNKNOWN' | 'BANK_ACCOUNT_MISSING';

/** Open shares as one payable per party, role and currency, in a fixed order. */
export function payablesOf(shares: readonly OpenShare[]): readonly Payable[] {
  const groups = new Map<string, OpenShare[]>();
  for (const share of shares) {
    const key = JSON.stringify([share.owner, share.share, share.currency]);
    groups.set(key, [...(groups.get(key) ?? []), share]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, items]) => {
      const [first] = items;
      if (first === undefined) return [];
      const amountMinor = items.reduce((sum, item) => sum + item.amountMinor, 0n);
      return [{ beneficiaryId: first.owner, share: first.share, currency: first.currency, amountMinor, items }];
    });
}

/** The reference the bank carries: the id in capitals without its underscore, which SEPA's character set lacks. */
export function endToEndIdOf(payoutId: string): string {
  return payoutId.replace('_', '').toUpperCase();
}
