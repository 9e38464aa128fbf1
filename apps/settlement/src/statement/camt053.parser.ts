import { Decimal, DomainException, err, ok, type Result } from '@hetao/kernel';
import { statementErrors, type StatementError } from './statement.errors.js';
import {
  entryStatuses,
  minorDigitsOf,
  type Balance,
  type BankStatement,
  type EntryStatus,
  type StatementEntry,
  type StatementFile,
} from './statement.js';
import { detailOf, sideOf } from './camt053.details.js';
import {
  childrenOf,
  findAt,
  malformed,
  readXml,
  requireAt,
  requireText,
  textAt,
  type XmlElement,
} from './camt053.xml.js';

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:(camt\.\d{3}\.\d{3}\.(\d{2}))$/;
const MIN_VERSION = 2;
const MAX_VERSION = 8;
/** Far above a day's statement, far below what would exhaust memory. */
const MAX_STATEMENTS = 1_000;
const MAX_ENTRIES = 20_000;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
/** ISO 20022 ActiveOrHistoricCurrencyAndAmount: 18 digits in all, at most 5 after the point, no sign. */
const AMOUNT = /^\d{1,18}(\.\d{1,5})?$/;

/**
 * Reads an ISO 20022 camt.053 message, versions 2 to 8, whatever prefixes its bank uses. Elements we have no use for
 * are passed over; elements we need are checked to the character. Nothing is believed yet: see `checkIntegrity`.
 */
export function parseCamt053(bytes: Uint8Array): Result<StatementFile, StatementError> {
  try {
    return ok(fileOf(readXml(bytes)));
  } catch (error) {
    if (error instanceof DomainException && error.problem.code in statementErrors) {
      return err(error.problem as StatementError);
    }
    throw error;
  }
}

function fileOf(document: XmlElement): StatementFile {
  const messageVersion = versionOf(document);
  const message = requireAt(document, 'BkToCstmrStmt');
  const statements = childrenOf(message, 'Stmt');
  if (statements.length === 0) throw malformed(message.place, 'the element Stmt is missing');
  if (statements.length > MAX_STATEMENTS) {
    throw new DomainException(
      statementErrors.STATEMENT_TOO_LARGE(
        `The file holds ${statements.length} statements, more than ${MAX_STATEMENTS}.`,
      ),
    );
  }
  return {
    messageId: requireText(message, 'GrpHdr/MsgId'),
    messageVersion,
    statements: statements.map(statementOf),
  };
}

function versionOf(document: XmlElement): string {
  const [, name, version] = NAMESPACE.exec(document.namespace) ?? [];
  const known = name?.startsWith('camt.053.001.') && Number(version) >= MIN_VERSION && Number(version) <= MAX_VERSION;
  if (document.name === 'Document' && name !== undefined && known) return name;
  throw new DomainException(
    statementErrors.STATEMENT_FORMAT_UNSUPPORTED(
      `line ${document.place.line}: the root element is ${document.name} of namespace "${document.namespace.slice(0, 200)}".`,
    ),
  );
}

function statementOf(element: XmlElement): BankStatement {
  const entries = childrenOf(element, 'Ntry');
  if (entries.length > MAX_ENTRIES) {
    throw new DomainException(
      statementErrors.STATEMENT_TOO_LARGE(
        `${element.place.path} holds ${entries.length} entries, more than ${MAX_ENTRIES}.`,
      ),
    );
  }
  const opening = balanceOf(element, ['OPBD', 'PRCD'], 'opening');
  return {
    reference: requireText(element, 'Id'),
    account: textAt(element, 'Acct/Id/IBAN') ?? requireText(element, 'Acct/Id/Othr/Id'),
    currency: textAt(element, 'Acct/Ccy') ?? opening.currency,
    sequenceNo: textAt(element, 'LglSeqNb') ?? textAt(element, 'ElctrncSeqNb') ?? null,
    opening,
    closing: balanceOf(element, ['CLBD'], 'closing'),
    entries: entries.map(entryOf),
    place: element.place,
  };
}

/** The first balance with one of the codes; the previous day's closing balance may stand for the opening one. */
function balanceOf(statement: XmlElement, codes: readonly string[], which: string): Balance {
  const balances = childrenOf(statement, 'Bal');
  const found = codes
    .map((code) => balances.find((balance) => textAt(balance, 'Tp/CdOrPrtry/Cd') === code))
    .find((balance) => balance !== undefined);
  if (found === undefined) {
    throw malformed(statement.place, `there is no ${which} booked balance (Bal with code ${codes.join(' or ')})`);
  }
  const { amountMinor, currency } = amountOf(requireAt(found, 'Amt'));
  return {
    amountMinor: sideOf(found) === 'credit' ? amountMinor : -amountMinor,
    currency,
    date: dateAt(found, 'Dt') ?? missingDate(found),
    place: requireAt(found, 'Amt').place,
  };
}

function entryOf(element: XmlElement): StatementEntry {
  const { amountMinor, currency } = amountOf(requireAt(element, 'Amt'));
  const side = sideOf(element);
  const details = childrenOf(element, 'NtryDtls').flatMap((group) => childrenOf(group, 'TxDtls'));
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
    details: details.map((detail) => detailOf(detail, { side, currency, amountOf })),
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

function amountOf(element: XmlElement): { amountMinor: bigint; currency: string } {
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
function dateAt(element: XmlElement, name: string): string | undefined {
  const choice = findAt(element, name);
  if (choice === undefined) return undefined;
  const text = textAt(choice, 'Dt') ?? textAt(choice, 'DtTm') ?? '';
  const date = DATE.exec(text)?.[0];
  if (date === undefined || Number.isNaN(Date.parse(date)) || !new Date(date).toISOString().startsWith(date)) {
    throw malformed(choice.place, `"${text.slice(0, 40)}" is not a date such as 2015-05-31`);
  }
  return date;
}

function missingDate(balance: XmlElement): never {
  throw malformed(balance.place, 'the element Dt is missing');
}
