import { Decimal, DomainException, type Result } from '@hetao/kernel';
import { parseDate, parseNumber, type CsvMapping, type StatedBalances } from './csv.mapping.js';
import { recordsOf, type CsvRecord } from './csv.reader.js';
import { readAtOnce, type ReadingSteps } from './reading.steps.js';
import { statementErrors, type StatementError } from './statement.errors.js';
import {
  located,
  maxFilePayments,
  minorDigitsOf,
  type Balance,
  type Place,
  type StatementEntry,
  type StatementFile,
} from './statement.js';
import type { Pieces } from './statement.text.js';

const MAX_TEXT = 500;

type Row = (column: string | undefined) => string;

interface CsvLine {
  readonly entry: StatementEntry & { readonly bookingDate: string };
  readonly signedMinor: bigint;
  readonly balanceMinor: bigint | null;
}

/**
 * Reads a bank's CSV file as its saved mapping says. The balance after each line, or the balances the operator states,
 * make it a statement that can be checked; a file with neither is refused.
 *
 * @param name what to call the statement: CSV files carry no identification.
 */
export function parseCsv(
  text: string,
  mapping: CsvMapping,
  naming: { readonly name: string; readonly stated: StatedBalances | null },
): Result<StatementFile, StatementError> {
  return readAtOnce(csvSteps([text], mapping, naming));
}

/** As {@link parseCsv}, a piece of the file at a time. */
export function* csvSteps(
  pieces: Pieces,
  mapping: CsvMapping,
  { name, stated }: { readonly name: string; readonly stated: StatedBalances | null },
): ReadingSteps<StatementFile> {
  const lines = yield* linesOf(pieces, mapping);
  return { messageId: name, messageVersion: 'csv', statements: [statementOf(lines, mapping, name, stated)] };
}

function* linesOf(pieces: Pieces, mapping: CsvMapping): ReadingSteps<readonly CsvLine[]> {
  const lines: CsvLine[] = [];
  let columns: ReadonlyMap<string, number> | undefined;
  let skipped = 0;
  for (const record of recordsOf(pieces, mapping.delimiter)) {
    if (record === null) yield;
    else if (skipped < mapping.skip) skipped += 1;
    else if (columns === undefined) columns = headingOf(record, mapping);
    else lines.push(lineOf(record, columns, mapping));
    if (lines.length > maxFilePayments) {
      throw new DomainException(
        statementErrors.STATEMENT_TOO_LARGE(`The file has more than ${maxFilePayments} lines.`),
      );
    }
  }
  if (columns === undefined) throw bad({ line: 1, path: 'heading' }, 'the file has no heading line');
  return mapping.order === 'newest_first' ? lines.reverse() : lines;
}

function headingOf({ cells, line }: CsvRecord, mapping: CsvMapping): ReadonlyMap<string, number> {
  const columns = new Map(cells.map((cell, index) => [cell.replace(/^\ufeff/, '').trim(), index]));
  for (const column of columnsOf(mapping)) {
    if (!columns.has(column)) throw bad({ line, path: column }, 'the heading has no such column');
  }
  return columns;
}

function columnsOf({ amounts, columns }: CsvMapping): readonly string[] {
  const { remittance, ...single } = columns;
  const money = amounts.kind === 'split' ? [amounts.credit, amounts.debit] : [amounts.amount];
  const mark = amounts.kind === 'marked' ? [amounts.mark] : [];
  return [...Object.values(single), ...remittance, ...money, ...mark].filter(
    (name): name is string => name !== undefined,
  );
}

function lineOf(record: CsvRecord, columns: ReadonlyMap<string, number>, mapping: CsvMapping): CsvLine {
  const row: Row = (column) => (column === undefined ? '' : (record.cells[columns.get(column) ?? -1] ?? '').trim());
  const place = { line: record.line, path: mapping.columns.bookingDate };
  const date = (column: string): string => {
    const found = parseDate(row(column), mapping.dateFormat);
    if (found === null)
      throw bad({ ...place, path: column }, `"${row(column).slice(0, 40)}" is no date ${mapping.dateFormat}`);
    return found;
  };
  const { columns: named } = mapping;
  const currency = row(named.currency) === '' ? mapping.currency : row(named.currency);
  const signedMinor = amountOf(row, record.line, mapping);
  const bookingDate = date(named.bookingDate);
  const entry = {
    amountMinor: signedMinor < 0n ? -signedMinor : signedMinor,
    currency,
    side: signedMinor < 0n ? ('debit' as const) : ('credit' as const),
    status: 'BOOK' as const,
    reversal: false,
    bookingDate,
    valueDate: named.valueDate === undefined || row(named.valueDate) === '' ? null : date(named.valueDate),
    bankReference: orNull(row(named.bankReference)),
    text: null,
    details: [
      {
        amountMinor: null,
        side: signedMinor < 0n ? ('debit' as const) : ('credit' as const),
        endToEndId: orNull(row(named.endToEndId)),
        bankReference: null,
        remittance: named.remittance.map((column) => row(column)).filter((text) => text !== ''),
        counterpartyName: orNull(row(named.counterpartyName)),
        counterpartyAccount: orNull(row(named.counterpartyAccount)),
        returnReason: null,
      },
    ],
    place,
  };
  const balance = row(named.balance);
  return {
    entry,
    signedMinor,
    balanceMinor: balance === '' ? null : minorOf(balance, { line: record.line, path: named.balance ?? '' }, mapping),
  };
}

function amountOf(row: Row, line: number, mapping: CsvMapping): bigint {
  const { amounts } = mapping;
  const read = (column: string): bigint => minorOf(row(column), { line, path: column }, mapping);
  if (amounts.kind === 'signed') return read(amounts.amount);
  if (amounts.kind === 'split') {
    const [credit, debit] = [row(amounts.credit), row(amounts.debit)];
    if ((credit === '') === (debit === '')) {
      // Some banks write 0.00 into the other column.
      const both = credit !== '' ? read(amounts.credit) - absolute(read(amounts.debit)) : null;
      if (both !== null && (read(amounts.credit) === 0n || read(amounts.debit) === 0n)) return both;
      throw bad({ line, path: amounts.credit }, 'exactly one of the columns for money in and money out must be filled');
    }
    return credit === '' ? -absolute(read(amounts.debit)) : read(amounts.credit);
  }
  const mark = row(amounts.mark);
  if (amounts.credit.includes(mark)) return absolute(read(amounts.amount));
  if (amounts.debit.includes(mark)) return -absolute(read(amounts.amount));
  throw bad({ line, path: amounts.mark }, `"${mark.slice(0, 20)}" marks neither money in nor money out`);
}

function minorOf(text: string, place: Place, mapping: CsvMapping): bigint {
  const digits = minorDigitsOf(mapping.currency);
  const plain = parseNumber(text, mapping);
  if (digits === undefined || plain === null) {
    throw bad(place, `"${text.slice(0, 40)}" is no amount with "${mapping.decimal}" before the decimals`);
  }
  const amount = Decimal.parse(plain);
  if (!amount.round(digits, 'floor').equals(amount)) {
    throw bad(place, `${text} has more than the ${digits} decimals of ${mapping.currency}`);
  }
  return amount.toUnits(digits, 'floor');
}

function statementOf(lines: readonly CsvLine[], mapping: CsvMapping, name: string, stated: StatedBalances | null) {
  const [first] = lines;
  const last = lines.at(-1);
  const { account, currency } = mapping;
  if (first === undefined || last === undefined)
    throw bad({ line: 1, path: 'rows' }, 'the file has no line but its heading');
  for (const [index, line] of lines.entries()) checkBalance(line, lines[index - 1]);
  const opening = first.balanceMinor === null ? stated?.openingMinor : first.balanceMinor - first.signedMinor;
  const closing = last.balanceMinor ?? stated?.closingMinor;
  if (opening === undefined || closing === undefined) {
    throw bad(
      { line: 1, path: 'balance' },
      'it has no balance column, and ?opening= and ?closing= do not say the balances',
    );
  }
  const dates = lines.map(({ entry }) => entry.bookingDate).sort();
  const from = dates[0] ?? first.entry.bookingDate;
  const until = dates.at(-1) ?? from;
  const balance = (amountMinor: bigint, date: string, place: Place): Balance => ({
    amountMinor,
    currency,
    date,
    place,
  });
  return {
    kind: 'statement' as const,
    // The span is the name: the same days in other words are a conflict, not a second statement.
    reference: `${name}/${from}/${until}`,
    account,
    currency,
    sequenceNo: null,
    opening: balance(opening, from, first.entry.place),
    closing: balance(closing, until, last.entry.place),
    from,
    until,
    entries: lines.map(({ entry }) => entry),
    place: { line: 1, path: 'csv' },
  };
}

/** Every balance follows from the one before: a line that was dropped shows where it stood. */
function checkBalance({ entry, signedMinor, balanceMinor }: CsvLine, before: CsvLine | undefined): void {
  if (balanceMinor === null || before === undefined || before.balanceMinor === null) return;
  if (before.balanceMinor + signedMinor === balanceMinor) return;
  const detail = `line ${entry.place.line}: the balance before was ${before.balanceMinor} and the line is ${signedMinor}, but the balance after says ${balanceMinor} (minor units of ${entry.currency}).`;
  throw new DomainException(statementErrors.STATEMENT_UNBALANCED(detail, located(entry.place)));
}

function orNull(text: string): string | null {
  return text === '' ? null : text.slice(0, MAX_TEXT);
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function bad(place: Place, what: string): DomainException {
  return new DomainException(
    statementErrors.STATEMENT_ELEMENT_INVALID(`line ${place.line}, column ${place.path}: ${what}.`, located(place)),
  );
}
