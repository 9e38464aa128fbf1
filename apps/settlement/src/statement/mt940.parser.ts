import { Decimal, DomainException, type Result } from '@hetao/kernel';
import { badField, fieldOf, messagesOf, type MtField } from './mt940.fields.js';
import { readAtOnce, type ReadingSteps } from './reading.steps.js';
import { statementErrors, type StatementError } from './statement.errors.js';
import {
  maxFilePayments,
  minorDigitsOf,
  type Balance,
  type BankStatement,
  type LineSide,
  type PaymentDetail,
  type StatementEntry,
  type StatementFile,
} from './statement.js';
import type { Pieces } from './statement.text.js';

const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d{1,15}(?:,\d{0,5})?)\s*$/;
/** Field 61: value date, entry date, mark, funds code, amount, type and the references. */
const ENTRY = /^(\d{6})(\d{4})?(RC|RD|EC|ED|C|D)([A-Z])?(\d{1,15}(?:,\d{0,5})?)([NSF][A-Z0-9]{3})(.*)$/;
const NO_REFERENCE = /^(NONREF|NOTPROVIDED|)$/i;
const MAX_STATEMENTS = 1_000;
const MAX_TEXT = 500;

/**
 * Reads SWIFT MT940 (end of day) and MT942 (within the day) as banks write them: with or without envelopes, one message
 * or many, amounts with or without decimals. Nothing is believed yet: see `checkIntegrity`.
 */
export function parseMt940(text: string): Result<StatementFile, StatementError> {
  return readAtOnce(mt940Steps([text]));
}

/** As {@link parseMt940}, a piece of the file at a time; of its fields only a message's stand in memory together. */
export function* mt940Steps(pieces: Pieces): ReadingSteps<StatementFile> {
  const statements: BankStatement[] = [];
  let entries = 0;
  for (const message of messagesOf(pieces)) {
    if (message === null) {
      yield;
      continue;
    }
    const statement = statementOf(message);
    statements.push(statement);
    entries += statement.entries.length;
    if (statements.length > MAX_STATEMENTS) throw tooLarge(`more than ${MAX_STATEMENTS} messages`);
    if (entries > maxFilePayments) throw tooLarge(`more than ${maxFilePayments} entries`);
  }
  if (statements.length === 0) throw unsupported();
  const version = statements.some(({ kind }) => kind === 'statement') ? 'MT940' : 'MT942';
  return { messageId: statements[0]?.reference ?? '', messageVersion: version, statements };
}

function statementOf(fields: readonly MtField[]): BankStatement {
  const reference = required(fields, '20');
  const account = required(fields, '25');
  const number = fieldOf(fields, '28C', '28')?.lines[0]?.trim() ?? '';
  const isInterim = fieldOf(fields, '60F', '60M') === undefined && fieldOf(fields, '34F') !== undefined;
  const opening = isInterim ? null : balanceOf(fields, '60F', '60M');
  const closing = isInterim ? null : balanceOf(fields, '62F', '62M');
  const currency = opening?.currency ?? floorCurrency(fields);
  const entries = entriesOf(fields, currency);
  const dates = entries.flatMap(({ bookingDate }) => bookingDate ?? []).sort();
  const from = opening?.date ?? dates[0] ?? createdOn(fields);
  const until = closing?.date ?? dates.at(-1) ?? from;
  return {
    kind: isInterim ? 'intraday' : 'statement',
    // Most banks repeat :20: every day and begin :28C: again every year; with the dates the name is the statement's own.
    reference: [reference.text, number, from, until].join('/').slice(0, MAX_TEXT),
    account: account.text,
    currency,
    sequenceNo: number === '' ? null : number,
    opening,
    closing,
    from,
    until,
    entries,
    place: reference.field.place,
  };
}

function required(fields: readonly MtField[], tag: string): { readonly text: string; readonly field: MtField } {
  const field = fieldOf(fields, tag);
  if (field === undefined) throw badField(startOf(fields), `the field :${tag}: is missing`);
  const text = (field.lines[0] ?? '').trim();
  if (text === '' || text.length > MAX_TEXT) throw badField(field.place, 'it is empty or too long');
  return { text, field };
}

function balanceOf(fields: readonly MtField[], ...tags: readonly string[]): Balance {
  const field = fieldOf(fields, ...tags);
  if (field === undefined) throw badField(startOf(fields), `the field :${tags.join(': or :')}: is missing`);
  const [, mark, date = '', currency = '', amount = ''] = BALANCE.exec(field.lines[0] ?? '') ?? [];
  if (mark === undefined) throw badField(field.place, 'it is no balance such as C150610CNY1234,56');
  const amountMinor = minorOf(amount, currency, field);
  return {
    amountMinor: mark === 'C' ? amountMinor : -amountMinor,
    currency,
    date: dateOf(date, field),
    place: field.place,
  };
}

function entriesOf(fields: readonly MtField[], currency: string): readonly StatementEntry[] {
  const entries: StatementEntry[] = [];
  const closed = fields.findIndex(({ tag }) => tag.startsWith('62'));
  // What a bank adds after the closing balance is about the statement, not about an entry.
  for (const field of closed < 0 ? fields : fields.slice(0, closed)) {
    if (field.tag === '61') entries.push(entryOf(field, currency));
    const last = entries.at(-1);
    if (field.tag === '86' && last !== undefined) entries[entries.length - 1] = described(last, field);
    if (entries.length > maxFilePayments) throw tooLarge(`more than ${maxFilePayments} entries`);
  }
  return entries;
}

function entryOf(field: MtField, currency: string): StatementEntry {
  const [first = '', ...supplementary] = field.lines;
  const [, value = '', booked, mark = '', , amount = '', , references = ''] = ENTRY.exec(first) ?? [];
  if (mark === '')
    throw badField(field.place, `"${first.slice(0, 60)}" is no entry such as 1506100610C12,50NTRFREF//BANKREF`);
  const [own = '', bank = ''] = references.split('//', 2);
  const endToEndId = own.trim();
  const valueDate = dateOf(value, field);
  // RC takes a credit back, so money leaves; RD the other way round.
  const side = (mark.startsWith('R') ? mark === 'RD' : mark.endsWith('C')) ? 'credit' : 'debit';
  return {
    amountMinor: minorOf(amount, currency, field),
    currency,
    side,
    status: mark.startsWith('E') ? 'PDNG' : 'BOOK',
    reversal: mark.startsWith('R'),
    bookingDate: booked === undefined ? valueDate : nearest(booked, valueDate, field),
    valueDate,
    bankReference: bank.trim() === '' ? null : bank.trim().slice(0, MAX_TEXT),
    text: supplementary.length === 0 ? null : supplementary.join(' ').slice(0, MAX_TEXT),
    details: NO_REFERENCE.test(endToEndId) ? [] : [detailOf(endToEndId, side)],
    place: field.place,
  };
}

function detailOf(endToEndId: string | null, side: LineSide): PaymentDetail {
  return {
    amountMinor: null,
    side,
    endToEndId: endToEndId === null ? null : endToEndId.slice(0, MAX_TEXT),
    bankReference: null,
    remittance: [],
    counterpartyName: null,
    counterpartyAccount: null,
    returnReason: null,
  };
}

/** The structured words of field 86 that matter here: `/EREF/…`, `/NAME/…`; lines are cut at 65 signs, so they are joined. */
function described(entry: StatementEntry, field: MtField): StatementEntry {
  const text = field.lines.join('').trim();
  if (text === '') return entry;
  const [known] = entry.details;
  const word = (name: string): string | null =>
    new RegExp(`/${name}/+([^/]{1,140})`).exec(text)?.[1]?.trim().slice(0, MAX_TEXT) ?? null;
  const base = known ?? detailOf(word('EREF'), entry.side);
  const detail = {
    ...base,
    remittance: [...base.remittance, field.lines.join(' ').trim()],
    counterpartyName: base.counterpartyName ?? word('NAME'),
    counterpartyAccount: base.counterpartyAccount ?? word('IBAN'),
    returnReason: base.returnReason ?? word('RTRN'),
  };
  return { ...entry, details: [detail] };
}

/** Amounts have a decimal comma and no sign; some banks leave it out of whole amounts. */
function minorOf(text: string, currency: string, field: MtField): bigint {
  const digits = minorDigitsOf(currency);
  if (digits === undefined) throw badField(field.place, `the currency "${currency}" is not an ISO 4217 code`);
  const amount = Decimal.parse(
    text
      .replace(/,$/, '')
      .replace(',', '.')
      .replace(/^0+(?=\d)/, ''),
  );
  const rounded = amount.round(digits, 'floor');
  if (!rounded.equals(amount))
    throw badField(field.place, `${text} has more than the ${digits} decimals of ${currency}`);
  return amount.toUnits(digits, 'floor');
}

/** YYMMDD; banks that still write MT940 have no statements of the last century to send. */
function dateOf(text: string, field: MtField): string {
  const date = `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`;
  if (Number.isNaN(Date.parse(date)) || !new Date(date).toISOString().startsWith(date)) {
    throw badField(field.place, `"${text}" is no date such as 150610`);
  }
  return date;
}

/** An entry date has no year: it is the one nearest to the value date. */
function nearest(monthDay: string, valueDate: string, field: MtField): string {
  const year = Number(valueDate.slice(0, 4));
  const candidates = [year - 1, year, year + 1].flatMap((one) => {
    const date = `${one}-${monthDay.slice(0, 2)}-${monthDay.slice(2, 4)}`;
    const ms = Date.parse(date);
    if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(date)) return [];
    return [{ date, away: Math.abs(ms - Date.parse(valueDate)) }];
  });
  const [best] = candidates.sort((a, b) => a.away - b.away);
  if (best === undefined) throw badField(field.place, `"${monthDay}" is no entry date such as 0610`);
  return best.date;
}

function floorCurrency(fields: readonly MtField[]): string {
  const field = fieldOf(fields, '34F');
  const currency = /^([A-Z]{3})/.exec(field?.lines[0] ?? '')?.[1];
  if (currency === undefined)
    throw badField(field?.place ?? startOf(fields), 'neither :60F: nor :34F: says the currency');
  return currency;
}

function createdOn(fields: readonly MtField[]): string {
  const field = fieldOf(fields, '13D', '13');
  if (field === undefined) throw badField(startOf(fields), 'it gives no date at all');
  return dateOf((field.lines[0] ?? '').slice(0, 6), field);
}

function startOf(fields: readonly MtField[]): MtField['place'] {
  return fields[0]?.place ?? { line: 1, path: ':20:' };
}

function unsupported(): DomainException {
  return new DomainException(
    statementErrors.STATEMENT_FORMAT_UNSUPPORTED(
      'line 1: the file is neither XML nor MT940, and no CSV mapping is named.',
    ),
  );
}

function tooLarge(what: string): DomainException {
  return new DomainException(statementErrors.STATEMENT_TOO_LARGE(`The file holds ${what}.`));
}
