import { Decimal, DomainException } from '@hetao/kernel';
import { detailOf, sideOf } from './camt.details.js';
import { findAt, malformed, requireAt, textAt, type XmlElement } from './camt.xml.js';
import { statementErrors } from './statement.errors.js';
import {
  entryStatuses,
  maxFilePayments,
  minorDigitsOf,
  type EntryStatus,
  type PaymentDetail,
  type StatementEntry,
} from './statement.js';

export const isoDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
/** ISO 20022 ActiveOrHistoricCurrencyAndAmount: 18 digits in all, at most 5 after the point, no sign. */
const AMOUNT = /^\d{1,18}(\.\d{1,5})?$/;
/** Where an entry stands: `Document/BkToCstmrStmt/Stmt/Ntry`. */
const ENTRY_DEPTH = 3;

/** What was read of one statement so far. */
interface Gathered {
  readonly entries: StatementEntry[];
  /** The first that was wrong; nothing after it is read. */
  fault: DomainException | null;
}

/**
 * Reads entries, and the payments of batch-booked ones, as they end, and lets go of their elements. What is wrong with one
 * is told when its statement is asked for, so that a file's own faults come first.
 */
export class EntryHarvest {
  readonly #statements = new Map<XmlElement, Gathered>();
  /** Of the entry that has not ended yet. */
  #details: PaymentDetail[] = [];
  #entries = 0;
  #payments = 0;

  /** As xmlSteps wants it. @throws DomainException STATEMENT_TOO_LARGE. */
  take(element: XmlElement, above: readonly XmlElement[]): boolean {
    const statement = above[ENTRY_DEPTH - 1];
    if (statement === undefined) return false;
    if (above.length === ENTRY_DEPTH && element.name === 'Ntry') {
      this.#entries += 1;
      this.#entryEnds(element, this.#gathered(statement));
    } else if (isDetail(element, above)) {
      this.#payments += 1;
      this.#detailEnds(element, above[ENTRY_DEPTH], this.#gathered(statement));
    } else return false;
    if (Math.max(this.#entries, this.#payments) > maxFilePayments) {
      const detail = `line ${element.place.line}: the file holds more than ${maxFilePayments} entries or payments.`;
      throw new DomainException(statementErrors.STATEMENT_TOO_LARGE(detail));
    }
    return true;
  }

  /** A statement's entries. @throws DomainException for the first that is wrong. */
  of(statement: XmlElement): readonly StatementEntry[] {
    const { entries, fault } = this.#gathered(statement);
    if (fault !== null) throw fault;
    return entries;
  }

  #gathered(statement: XmlElement): Gathered {
    const known = this.#statements.get(statement);
    if (known !== undefined) return known;
    const begun: Gathered = { entries: [], fault: null };
    this.#statements.set(statement, begun);
    return begun;
  }

  #entryEnds(element: XmlElement, gathered: Gathered): void {
    const details = this.#details;
    this.#details = [];
    attempt(gathered, () => gathered.entries.push(entryOf(element, details)));
  }

  /** The entry's amount and side come before its payments: the schema is a sequence. */
  #detailEnds(element: XmlElement, entry: XmlElement | undefined, gathered: Gathered): void {
    if (entry === undefined) return;
    attempt(gathered, () => {
      const { currency } = amountOf(requireAt(entry, 'Amt'));
      this.#details.push(detailOf(element, { side: sideOf(entry), currency, amountOf }));
    });
  }
}

function isDetail(element: XmlElement, above: readonly XmlElement[]): boolean {
  return (
    element.name === 'TxDtls' &&
    above.length === ENTRY_DEPTH + 2 &&
    above[ENTRY_DEPTH]?.name === 'Ntry' &&
    above[ENTRY_DEPTH + 1]?.name === 'NtryDtls'
  );
}

function attempt(gathered: Gathered, work: () => unknown): void {
  if (gathered.fault !== null) return;
  try {
    work();
  } catch (error) {
    if (!(error instanceof DomainException)) throw error;
    gathered.fault = error;
  }
}

function entryOf(element: XmlElement, details: readonly PaymentDetail[]): StatementEntry {
  const { amountMinor, currency } = amountOf(requireAt(element, 'Amt'));
  const side = sideOf(element);
  return {
    amountMinor,
    currency,
    side,
    status: statusOf(element),
    reversal: reversalOf(element),
    bookingDate: dateAt(element, 'BookgDt') ?? null,
    valueDate: dateAt(element, 'ValDt') ?? null,
    bankReference: textAt(element, 'AcctSvcrRef') ?? null,
    text: textAt(element, 'AddtlNtryInf') ?? null,
    details,
    place: element.place,
  };
}

/** Version 2 writes `<Sts>BOOK</Sts>`, version 8 `<Sts><Cd>BOOK</Cd></Sts>`. */
function statusOf(entry: XmlElement): EntryStatus {
  const element = requireAt(entry, 'Sts');
  const code = textAt(element, 'Cd') ?? element.text;
  const status = entryStatuses.find((known) => known === code);
  if (status !== undefined) return status;
  throw malformed(element.place, `"${code.slice(0, 40)}" is not one of ${entryStatuses.join(', ')}`);
}

function reversalOf(entry: XmlElement): boolean {
  const element = findAt(entry, 'RvslInd');
  if (element === undefined) return false;
  if (['true', '1'].includes(element.text)) return true;
  if (['false', '0'].includes(element.text)) return false;
  throw malformed(element.place, `"${element.text.slice(0, 40)}" is neither true nor false`);
}

/** An amount in minor units of its currency, both checked to the character. */
export function amountOf(element: XmlElement): { amountMinor: bigint; currency: string } {
  const currency = element.attributes['Ccy'] ?? '';
  const digits = minorDigitsOf(currency);
  if (digits === undefined)
    throw malformed(element.place, `the currency "${currency.slice(0, 10)}" is not an ISO 4217 code`);
  if (!AMOUNT.test(element.text)) {
    throw malformed(
      element.place,
      `"${element.text.slice(0, 40)}" is not an amount such as 12.50 (no sign, at most 5 decimals)`,
    );
  }
  const amount = Decimal.parse(element.text);
  if (amount.scale > digits) {
    throw malformed(element.place, `${element.text} has more than the ${digits} decimals of ${currency}`);
  }
  return { amountMinor: amount.toUnits(digits, 'floor'), currency };
}

/** The calendar date of a DateAndDateTimeChoice, as the bank wrote it: no shift into another zone. */
export function dateAt(element: XmlElement, name: string): string | undefined {
  const choice = findAt(element, name);
  if (choice === undefined) return undefined;
  const text = textAt(choice, 'Dt') ?? textAt(choice, 'DtTm') ?? '';
  const date = isoDate.exec(text)?.[0];
  if (date === undefined || Number.isNaN(Date.parse(date)) || !new Date(date).toISOString().startsWith(date)) {
    throw malformed(choice.place, `"${text.slice(0, 40)}" is not a date such as 2015-05-31`);
  }
  return date;
}
