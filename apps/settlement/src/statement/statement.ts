import { currencyDigits, err, isCurrency, ok, type Result } from '@hetao/kernel';
import { statementErrors, type StatementError } from './statement.errors.js';

/** Most payments of a file, whatever its format. */
export const maxFilePayments = 100_000;

/** Where in the file something stands: the line counts from 1, the path names elements as XPath does. */
export interface Place {
  readonly line: number;
  readonly path: string;
}

/** A balance as the bank states it; debit balances are negative. */
export interface Balance {
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Calendar date, ISO 8601. */
  readonly date: string;
  readonly place: Place;
}

/** Money in is a credit, money out a debit: the bank's view of our account. */
export type LineSide = 'credit' | 'debit';

/** BOOK is final; the others are announcements that move no money. */
export const entryStatuses = ['BOOK', 'PDNG', 'INFO', 'FUTR'] as const;
export type EntryStatus = (typeof entryStatuses)[number];

/**
 * What a message is to its account. Only a statement moves money: what is announced within the day (camt.052, MT942) or
 * advised by itself (camt.054) comes again on the statement, and may not come at all.
 */
export const statementKinds = ['statement', 'intraday', 'advice'] as const;
export type StatementKind = (typeof statementKinds)[number];

/** One payment inside an entry (`TxDtls`). */
export interface PaymentDetail {
  /** In the entry's currency; null where the bank gives none. */
  readonly amountMinor: bigint | null;
  readonly side: LineSide;
  readonly endToEndId: string | null;
  readonly bankReference: string | null;
  /** Everything a payer may have written, unstructured and structured, one piece each. */
  readonly remittance: readonly string[];
  readonly counterpartyName: string | null;
  readonly counterpartyAccount: string | null;
  /** Why the bank sends an earlier payment of ours back (`RtrInf`); null for every other payment. */
  readonly returnReason: string | null;
}

/** One booking on the account (`Ntry`). Amounts are minor units ≥ 0 of an ISO 4217 currency. */
export interface StatementEntry {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly side: LineSide;
  readonly status: EntryStatus;
  /** `RvslInd`: the entry takes back an earlier one. */
  readonly reversal: boolean;
  readonly bookingDate: string | null;
  readonly valueDate: string | null;
  readonly bankReference: string | null;
  readonly text: string | null;
  readonly details: readonly PaymentDetail[];
  readonly place: Place;
}

/** One statement of one account in one currency (`Stmt`, `Rpt`, `Ntfctn`, or a message of MT940). */
export interface BankStatement {
  readonly kind: StatementKind;
  /** The bank's identification, unique per account. */
  readonly reference: string;
  readonly account: string;
  readonly currency: string;
  readonly sequenceNo: string | null;
  /** Null where the message gives none: an advice has no balances, and an intraday report need not. */
  readonly opening: Balance | null;
  readonly closing: Balance | null;
  /** First and last calendar date it speaks of. */
  readonly from: string;
  readonly until: string;
  readonly entries: readonly StatementEntry[];
  readonly place: Place;
}

/** A file as the bank sent it: one message with one or more statements. */
export interface StatementFile {
  readonly messageId: string;
  /** `camt.053.001.08`, `MT940`, `csv`. */
  readonly messageVersion: string;
  readonly statements: readonly BankStatement[];
}

/** A line to be matched: an entry, or one payment of a batch-booked entry. */
export interface StatementLine {
  readonly lineNo: number;
  readonly entryNo: number;
  readonly side: LineSide;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: EntryStatus;
  readonly reversal: boolean;
  readonly bookingDate: string | null;
  readonly valueDate: string | null;
  readonly endToEndId: string | null;
  readonly bankReference: string | null;
  readonly remittance: string;
  readonly counterpartyName: string | null;
  readonly counterpartyAccount: string | null;
  readonly returnReason: string | null;
}

const worldCurrencies = new Set(Intl.supportedValuesOf('currency'));
const foreignDigits = new Map<string, number>();

/** Minor digits of an ISO 4217 currency, also of those the exchange does not settle in; undefined for no currency. */
export function minorDigitsOf(currency: string): number | undefined {
  if (isCurrency(currency)) return currencyDigits[currency];
  if (!worldCurrencies.has(currency)) return undefined;
  // Making a number format costs more than reading a statement entry.
  const known = foreignDigits.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  foreignDigits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/**
 * Checks that a statement is of one currency and adds up, before anything in it is believed. Announcements have nothing
 * to add up to: they move no money.
 */
export function checkIntegrity(statement: BankStatement): Result<BankStatement, StatementError> {
  const { opening, closing } = statement;
  const balances = [opening, closing].flatMap((balance) => (balance === null ? [] : [balance]));
  const foreign = [...balances, ...statement.entries].find(({ currency }) => currency !== statement.currency);
  if (foreign !== undefined) {
    const detail = `${at(foreign.place)}: ${foreign.currency}, but the account of statement "${statement.reference}" is in ${statement.currency}.`;
    return err(statementErrors.STATEMENT_CURRENCY_MIXED(detail, located(foreign.place)));
  }
  if (statement.kind !== 'statement' || opening === null || closing === null) return ok(statement);
  const expected = statement.entries.reduce(
    (sum, entry) => sum + (entry.status === 'BOOK' ? signed(entry.side, entry.amountMinor) : 0n),
    opening.amountMinor,
  );
  if (expected === closing.amountMinor) return ok(statement);
  const detail =
    `${at(closing.place)}: statement "${statement.reference}" opens at ${opening.amountMinor} and its booked ` +
    `entries lead to ${expected}, but the closing balance says ${closing.amountMinor} (minor units of ${statement.currency}).`;
  return err(statementErrors.STATEMENT_UNBALANCED(detail, located(closing.place)));
}

/**
 * The lines of a statement in the bank's order. A batch-booked entry becomes one line a payment where the payments
 * carry amounts; where the bank keeps them to itself the entry stays one line.
 *
 * @returns STATEMENT_UNBALANCED when the payments of an entry do not add up to it.
 */
export function linesOf(statement: BankStatement): Result<readonly StatementLine[], StatementError> {
  const lines: StatementLine[] = [];
  for (const [index, entry] of statement.entries.entries()) {
    const parts = partsOf(entry);
    const sum = parts.reduce((total, part) => total + signed(part.side, part.amountMinor), 0n);
    if (sum !== signed(entry.side, entry.amountMinor)) {
      const detail = `${at(entry.place)}: the ${parts.length} payments of this entry add up to ${sum}, the entry is ${signed(entry.side, entry.amountMinor)} (minor units of ${entry.currency}).`;
      return err(statementErrors.STATEMENT_UNBALANCED(detail, located(entry.place)));
    }
    for (const part of parts) lines.push(lineOf(entry, part, { lineNo: lines.length + 1, entryNo: index + 1 }));
  }
  return ok(lines);
}

/** "line 12, /Document/…": the start of every message about a file. */
export function at({ line, path }: Place): string {
  return `line ${line}, ${path}`;
}

/** The place for machines, beside {@link at} for people. */
export function located({ line, path }: Place): { meta: { line: number; path: string } } {
  return { meta: { line, path } };
}

type Part = PaymentDetail & { readonly amountMinor: bigint };

function partsOf(entry: StatementEntry): readonly Part[] {
  const [only, ...more] = entry.details;
  // Of a single payment the entry's own amount is the truth: the detail may be in the payer's currency.
  if (only !== undefined && more.length === 0) {
    return [{ ...only, amountMinor: entry.amountMinor, side: entry.side }];
  }
  const amounts = entry.details.flatMap((detail) =>
    detail.amountMinor === null ? [] : [{ ...detail, amountMinor: detail.amountMinor }],
  );
  if (amounts.length > 0 && amounts.length === entry.details.length) return amounts;
  return [undivided(entry)];
}

function undivided(entry: StatementEntry): Part {
  return {
    amountMinor: entry.amountMinor,
    side: entry.side,
    endToEndId: null,
    bankReference: entry.bankReference,
    remittance: entry.details.flatMap(({ remittance }) => remittance),
    counterpartyName: null,
    counterpartyAccount: null,
    returnReason: entry.details.find(({ returnReason }) => returnReason !== null)?.returnReason ?? null,
  };
}

const MAX_REMITTANCE = 2_000;

function lineOf(entry: StatementEntry, part: Part, numbers: { lineNo: number; entryNo: number }): StatementLine {
  const texts = [...part.remittance, ...(entry.text === null ? [] : [entry.text])];
  return {
    ...numbers,
    side: part.side,
    amountMinor: part.amountMinor,
    currency: entry.currency,
    status: entry.status,
    reversal: entry.reversal,
    bookingDate: entry.bookingDate,
    valueDate: entry.valueDate,
    endToEndId: part.endToEndId,
    bankReference: part.bankReference ?? entry.bankReference,
    remittance: texts.join(' ').slice(0, MAX_REMITTANCE),
    counterpartyName: part.counterpartyName,
    counterpartyAccount: part.counterpartyAccount,
    returnReason: part.returnReason,
  };
}

function signed(side: LineSide, amountMinor: bigint): bigint {
  return side === 'credit' ? amountMinor : -amountMinor;
}
