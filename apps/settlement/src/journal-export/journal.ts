import { currencyDigits, formatMoney, money, type Currency } from '@hetao/kernel';

/** The plain-text accounting formats the ledger is written in. */
export const journalFormats = ['hledger', 'beancount'] as const;
export type JournalFormat = (typeof journalFormats)[number];

/** An account of the ledger, with the balance its last entry states: debits positive, minor units. */
export interface JournalAccount {
  readonly owner: string;
  readonly kind: string;
  readonly currency: Currency;
  /** The side on which the kind grows. */
  readonly normal: 'debit' | 'credit';
  readonly balanceMinor: bigint;
}

/** One side of a transaction on one account: debits positive, minor units. */
export interface JournalLeg {
  readonly owner: string;
  readonly kind: string;
  readonly currency: Currency;
  readonly normal: 'debit' | 'credit';
  readonly amountMinor: bigint;
}

/** A journal transaction as the ledger holds it. */
export interface JournalTransaction {
  readonly transactionId: string;
  readonly movement: string;
  readonly period: string | null;
  readonly referenceKind: string;
  readonly referenceId: string;
  /** Calendar date on which it counts, in the zone of the books, `2015-05-31`. */
  readonly date: string;
  readonly recordedAt: Date;
  readonly legs: readonly JournalLeg[];
}

/** Writes a journal piece by piece, so that a ledger of any length can be streamed. */
export interface JournalWriter {
  /** What comes before everything: the currencies. */
  head(): string;
  /** Declares an account. */
  account(account: JournalAccount, firstDate: string): string;
  transaction(transaction: JournalTransaction): string;
  /**
   * States what an account ends at. The figure comes from the ledger's running balance, not from the transactions
   * written here, so whoever reads the journal adds up by himself and compares.
   */
  balance(account: JournalAccount, lastDate: string): string;
}

/** The classes of double entry. */
export type AccountClass = 'assets' | 'liabilities' | 'revenues' | 'expenses' | 'equity';

/** Which class an account belongs to: by its kind's first word, else by the side it grows on. */
export function classOf({ kind, normal }: Pick<JournalLeg, 'kind' | 'normal'>): AccountClass {
  const [head = ''] = kind.split(':', 1);
  if (head === 'revenue' || head === 'income') return 'revenues';
  if (head === 'expense') return 'expenses';
  if (head === 'trading' || head === 'equity') return 'equity';
  return normal === 'debit' ? 'assets' : 'liabilities';
}

/** A signed amount in major units without its currency: `-12.50`; `-12000` for dong. */
export function majorUnits(amountMinor: bigint, currency: Currency): string {
  return formatMoney(money(amountMinor, currency));
}

/** Every currency with a sample amount that shows its decimals. */
export function commoditySamples(): readonly { readonly currency: string; readonly digits: number }[] {
  return Object.entries(currencyDigits).map(([currency, digits]) => ({ currency, digits }));
}
