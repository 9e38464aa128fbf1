import { DomainException, type Result } from '@hetao/kernel';
import { sideOf } from './camt.details.js';
import { amountOf, dateAt, EntryHarvest, isoDate } from './camt.entries.js';
import { childrenOf, malformed, requireAt, requireText, textAt, xmlSteps, type XmlElement } from './camt.xml.js';
import { readAtOnce, type ReadingSteps } from './reading.steps.js';
import { statementErrors, type StatementError } from './statement.errors.js';
import type { Balance, BankStatement, StatementEntry, StatementFile, StatementKind } from './statement.js';

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:(camt\.\d{3}\.\d{3}\.(\d{2}))$/;
/** What a version adds since the second, we do not read; what we read has not moved but for names one level deeper. */
const MIN_VERSION = 2;
const MAX_VERSION = 13;
/** Far above a day's statement, far below what would exhaust memory. */
const MAX_STATEMENTS = 1_000;
/** The three messages: what they are to the account, their root and the element that repeats. */
const MESSAGES: Readonly<
  Record<string, { readonly kind: StatementKind; readonly root: string; readonly part: string }>
> = {
  'camt.052': { kind: 'intraday', root: 'BkToCstmrAcctRpt', part: 'Rpt' },
  'camt.053': { kind: 'statement', root: 'BkToCstmrStmt', part: 'Stmt' },
  'camt.054': { kind: 'advice', root: 'BkToCstmrDbtCdtNtfctn', part: 'Ntfctn' },
};
/**
 * Reads an ISO 20022 camt.052, camt.053 or camt.054 message, versions 2 to 13, whatever prefixes its bank uses. Elements we have no use for
 * are passed over; elements we need are checked to the character. Nothing is believed yet: see `checkIntegrity`.
 */
export function parseCamt(bytes: Uint8Array): Result<StatementFile, StatementError> {
  return readAtOnce(camtSteps(bytes));
}

/** As {@link parseCamt}, a piece of the file at a time; of its elements only a payment's stand in memory together. */
export function* camtSteps(bytes: Uint8Array): ReadingSteps<StatementFile> {
  const entries = new EntryHarvest();
  const document = yield* xmlSteps(bytes, (element, above) => entries.take(element, above));
  return fileOf(document, entries);
}

function fileOf(document: XmlElement, entries: EntryHarvest): StatementFile {
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
    statements: parts.map((element) => statementOf(element, kind, entries)),
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

function statementOf(element: XmlElement, kind: StatementKind, harvest: EntryHarvest): BankStatement {
  // Only a statement's balances are relied on: within the day a bank may give interim ones, or none.
  const opening = kind === 'statement' ? balanceOf(element, ['OPBD', 'PRCD'], 'opening') : null;
  const closing = kind === 'statement' ? balanceOf(element, ['CLBD'], 'closing') : null;
  const entries = harvest.of(element);
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
  const created = isoDate.exec(textAt(element, 'CreDtTm') ?? '')?.[0];
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

function missingDate(balance: XmlElement): never {
  throw malformed(balance.place, 'the element Dt is missing');
}
