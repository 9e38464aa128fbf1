import { defineTransitions, type Currency } from '@hetao/kernel';
import type { BankAccount } from '../agreement/agreement.js';

export type PayoutState = 'instructed' | 'settled' | 'rejected' | 'returned';

/** A payout's life: told to the bank, then seen on its statement; refused before, or sent back after. */
export const payoutTransitions = defineTransitions<PayoutState, 'settle' | 'reject' | 'return'>({
  instructed: { settle: 'settled', reject: 'rejected' },
  settled: { return: 'returned' },
  rejected: {},
  returned: {},
}).assertReachable('instructed');

/** The roles that are paid out of an invoice. */
export const payableShares = ['merchant', 'channel', 'source', 'body'] as const;
export type PayableShare = (typeof payableShares)[number];

/** A share of a paid invoice that nobody has paid out yet. */
export interface OpenShare {
  readonly invoiceId: string;
  readonly share: PayableShare;
  /** The share's name on the invoice; `source:par_…` where there are several of a role. */
  readonly shareKey: string;
  readonly owner: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** Calendar date on which the invoice was paid. */
  readonly paidOn: string;
}

/** Money that waited for a party: below a threshold, on hold, in reserve, or come back from its bank. */
export interface Deferral {
  readonly deferralId: string;
  readonly beneficiaryId: string;
  readonly share: PayableShare;
  readonly currency: Currency;
  readonly amountMinor: bigint;
}

/** What is owed to one party in one currency for one period. */
export interface Payable {
  readonly beneficiaryId: string;
  readonly share: PayableShare;
  readonly currency: Currency;
  readonly amountMinor: bigint;
  readonly items: readonly OpenShare[];
  /** What waited until now and is paid with it; part of `amountMinor`. */
  readonly deferrals: readonly Deferral[];
}

/** An instruction to the bank. */
export interface Payout {
  readonly payoutId: string;
  readonly period: string;
  readonly beneficiaryId: string;
  readonly share: PayableShare;
  /** What the bank is told to pay. */
  readonly amountMinor: bigint;
  /** Before what is kept in reserve and what the party owed back. */
  readonly grossMinor: bigint;
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
export type HoldReason =
  'BENEFICIARY_UNKNOWN' | 'BANK_ACCOUNT_MISSING' | 'BANK_ACCOUNT_UNFIT' | 'BANK_DETAILS_COOLING' | 'NOT_DUE';

/** Open shares, and what waited for the same parties, as one payable per party, role and currency, in a fixed order. */
export function payablesOf(shares: readonly OpenShare[], deferrals: readonly Deferral[] = []): readonly Payable[] {
  const keyOf = (owner: string, share: string, currency: string): string => JSON.stringify([owner, share, currency]);
  const items = Map.groupBy(shares, ({ owner, share, currency }) => keyOf(owner, share, currency));
  const waited = Map.groupBy(deferrals, ({ beneficiaryId, share, currency }) => keyOf(beneficiaryId, share, currency));
  return [...new Set([...items.keys(), ...waited.keys()])].sort().flatMap((key) => {
    const own = items.get(key) ?? [];
    const due = waited.get(key) ?? [];
    const first = own[0] ?? due[0];
    if (first === undefined) return [];
    const beneficiaryId = 'owner' in first ? first.owner : first.beneficiaryId;
    const amountMinor = [...own, ...due].reduce((sum, one) => sum + one.amountMinor, 0n);
    return [{ beneficiaryId, share: first.share, currency: first.currency, amountMinor, items: own, deferrals: due }];
  });
}

/** The reference the bank carries: the id in capitals without its underscore, which SEPA's character set lacks. */
export function endToEndIdOf(payoutId: string): string {
  return payoutId.replace('_', '').toUpperCase();
}
