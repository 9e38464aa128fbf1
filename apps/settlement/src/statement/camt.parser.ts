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
  type StatementKind,
} from './statement.js';
import { detailOf, sideOf } from './camt.details.js';
import { childrenOf, findAt, malformed, readXml, requireAt, requireText, textAt, type XmlElement } from './camt.xml.js';

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:(camt\.\d{3}\.\d{3}\.(\d{2}))$/;
/** What a version adds since the second, we do not read; what we read has not moved but for names one level deeper. */
const MIN_VERSION = 2;
const MAX_VERSION = 13;
/** Far above a day's statement, far below what would exhaust memory. */
const MAX_STATEMENTS = 1_000;
const MAX_ENTRIES = 20_000;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
/** The three messages: what they are to the account, their root and the element that repeats. */
const MESSAGES: Readonly<
  Record<string, { readonly kind: StatementKind; readonly root: string; readonly part: string }>
> = {
  'camt.052': { kind: 'intraday', root: 'BkToCstmrAcctRpt', part: 'Rpt' },
  'camt.053': { kind: 'statement', root: 'BkToCstmrStmt', part: 'Stmt' },
  'camt.054': { kind: 'advice', root: 'BkToCstmrDbtCdtNtfctn', part: 'Ntfctn' },
};
/** ISO 20022 ActiveOrHistoricCurrencyAndAmount: 18 digits in all, at most 5 after the point, no sign. */
const AMOUNT = /^\d{1,18}(\.\d{1,5})?$/;

/**
 * Reads an ISO 20022 camt.052, camt.053 or camt.054 message, versions 2 to 13, whatever prefixes its bank uses. Elements we have no use for
 * are passed over; elements we need are checked to the character. Nothing is believed yet: see `checkIntegrity`.
 */
export function parseCamt(bytes: Uint8Array): Result<StatementFile, StatementError> {
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
  const { kind, root, part } = MESSAGES[messageVersion.slice(0, 8)] ?? unsupported(document);
  const message = requireAt(document, root);
  const parts = childrenOf(message, part);
  if (parts.length === 0) throw malformed(message.place, `the element ${part} is missing`);
  if (parts.length > MAX_STATEMENTS) {
    throw new DomainException(
      statementErrors.STATEMENT_TOO_LARGE(`The file holds ${parts.length} statements, more than ${MAX_STATEMENTS}.`),
    );
  }
  return {
    messageId: requireText(message, 'GrpHdr/MsgId'),
    messageVersion,
    statements: parts.map((element) => statementOf(element, kind)),
  };
}

function versionOf(document: XmlElement): string {
  const [, name, version] = NAMESPACE.exec(document.namespace) ?? [];
  const known = name?.endsWith(`.001.${version}`) && Number(version) >= MIN_VERSION && Number(version) <= MAX_VERSION;
  if (document.name === 'Document' && name !== undefined && known && name.slice(0, 8) in MESSAGES) return name;
  return unsupported(document);
}

function unsupported(document: XmlElement): never {
  throw new DomainException(
    statementErrors.STATEMENT_FORMAT_UNSUPPORTED(
      `line ${document.place.line}: the root element is ${document.name} of namespace "${document.namespace.slice(0, 200)}".`,
    ),
  );
}

function statementOf(element: XmlElement, kind: StatementKind): BankStatement {
  const found = childrenOf(element, 'Ntry');
  if (found.length > MAX_ENTRIES) {
    throw new DomainException(
      statementErrors.STATEMENT_TOO_LARGE(
        `${element.place.path} holds ${found.length} entries, more than ${MAX_ENTRIES}.`,
      ),
    );
  }
  // Only a statement's balances are relied on: within the day a bank may give interim ones, or none.
  const opening = kind === 'statement' ? balanceOf(element, ['OPBD', 'PRCD'], 'opening') : null;
  const closing = kind === 'statement' ? balanceOf(element, ['CLBD'], 'closing') : null;
  const entries = found.map(entryOf);
  const account = textAt(element, 'Acct/Id/IBAN') ?? requireText(element, 'Acct/Id/Othr/Id');
  const currency = textAt(element, 'Acct/Ccy') ?? opening?.currency ?? entries[0]?.currency;
  if (currency === undefined) throw malformed(element.place, 'neither its account nor an entry says its currency');
  return {
    kind,
    reference: requireText(element, 'Id'),
    account,
    currency,
    sequenceNo: textAt(element, 'LglSeqNb') ?? textAt(element, 'ElctrncSeqNb') ?? null,
    opening,
    closing,
    ...spanOf(element, opening, closing, entries),
    entries,
    place: element.place,
  };
}

function spanOf(
  element: XmlElement,
  opening: Balance | null,
  closing: Balance | null,
  entries: readonly StatementEntry[],
): { from: string; until: string } {
  if (opening !== null && closing !== null) return { from: opening.date, until: closing.date };
  const booked = entries.flatMap(({ bookingDate, valueDate }) => bookingDate ?? valueDate ?? []).sort();
  const created = DATE.exec(textAt(element, 'CreDtTm') ?? '')?.[0];
  const from = booked[0] ?? created;
  const until = booked.at(-1) ?? created;
  if (from === undefined || until === undefined) throw malformed(element.place, 'it gives no date at all');
  return { from, until };
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
