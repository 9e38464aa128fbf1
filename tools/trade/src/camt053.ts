import { deterministicId, formatMoney, money, type Currency } from '@hetao/kernel';

/** The exchange's account as its bank names it. */
export interface BankAccount {
  readonly iban?: string;
  /** Where there is no IBAN: mainland China, Hong Kong, the United States. */
  readonly accountNumber?: string;
  readonly ownerName: string;
  readonly currency: Currency;
  readonly bic?: string;
}

/** A buyer who paid an invoice: money in. */
export interface InvoicePayment {
  /** At most 35 characters. The bank hands the payer's reference on unchanged. */
  readonly endToEndId: string;
  /** What the payer wrote, at most 140 characters: the invoice number belongs here. */
  readonly remittance: string;
  /** Minor units, above zero. */
  readonly amountMinor: bigint;
  readonly payerName: string;
  readonly payerAccount?: string;
}

/** A payout the bank made: money out. */
export interface ExecutedPayout {
  readonly endToEndId: string;
  /** Minor units, above zero. */
  readonly amountMinor: bigint;
  readonly beneficiaryName: string;
  readonly beneficiaryAccount?: string;
  readonly remittance?: string;
}

export interface StatementContent {
  readonly account: BankAccount;
  /** Booking and value date of every entry, `2015-06-10`. */
  readonly date: string;
  /** Minor units; below zero is an overdraft. */
  readonly openingMinor: bigint;
  readonly credits: readonly InvoicePayment[];
  readonly debits: readonly ExecutedPayout[];
  /** The bank's running number of the year; 1 by default. */
  readonly sequenceNo?: number;
  /** One entry for all credits with a detail each, as banks book collections. */
  readonly batchCredits?: boolean;
}

export interface BuiltStatement {
  readonly xml: string;
  /** The bank's identification: the same content gives the same, so building twice imports once. */
  readonly statementId: string;
  readonly closingMinor: bigint;
}

interface Entry {
  readonly side: 'CRDT' | 'DBIT';
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly details: readonly string[];
  readonly reference: string;
}

/**
 * Writes an end-of-day statement as a bank does: ISO 20022 camt.053.001.08, one statement, booked entries, opening and
 * closing balances that add up. Nothing in it depends on the clock or on chance.
 */
export function buildCamt053(content: StatementContent): BuiltStatement {
  const { account, date, openingMinor } = content;
  const closingMinor = openingMinor + sumOf(content.credits) - sumOf(content.debits);
  const statementId = referenceOf('stm', [
    accountNumberOf(account),
    account.currency,
    date,
    openingMinor.toString(),
    ...content.credits.flatMap((credit) => [credit.endToEndId, credit.remittance, credit.amountMinor.toString()]),
    '-',
    ...content.debits.flatMap((debit) => [debit.endToEndId, debit.amountMinor.toString()]),
  ]);
  const entries = [...creditEntries(content, statementId), ...debitEntries(content, statementId)];
  const statement = [
    element('Id', text(statementId)),
    element('ElctrncSeqNb', String(content.sequenceNo ?? 1)),
    element('CreDtTm', `${date}T22:00:00Z`),
    element('FrToDt', element('FrDtTm', `${date}T00:00:00Z`) + element('ToDtTm', `${date}T23:59:59Z`)),
    accountElement(account),
    balance('OPBD', openingMinor, account.currency, date),
    balance('CLBD', closingMinor, account.currency, date),
    summary(entries),
    ...entries.map((entry) => entryElement(entry, date)),
  ].join('');
  const header = element('GrpHdr', element('MsgId', text(statementId)) + element('CreDtTm', `${date}T22:00:00Z`));
  const message = element('BkToCstmrStmt', header + element('Stmt', statement));
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${message}</Document>\n`;
  return { xml, statementId, closingMinor };
}

function creditEntries({ account, credits, batchCredits = false }: StatementContent, statementId: string): Entry[] {
  const details = credits.map((credit, index) => {
    const reference = referenceOf('crd', [statementId, String(index)]);
    return {
      side: 'CRDT' as const,
      amountMinor: credit.amountMinor,
      currency: account.currency,
      reference,
      details: [
        paymentDetail({
          ...credit,
          currency: account.currency,
          side: 'CRDT',
          partyTag: 'Dbtr',
          name: credit.payerName,
          account: credit.payerAccount,
        }),
      ],
    };
  });
  if (!batchCredits || details.length < 2) return details;
  return [
    {
      side: 'CRDT',
      amountMinor: sumOf(credits),
      currency: account.currency,
      reference: referenceOf('bat', [statementId]),
      details: details.flatMap((entry) => entry.details),
    },
  ];
}

function debitEntries({ account, debits }: StatementContent, statementId: string): Entry[] {
  return debits.map((debit, index) => ({
    side: 'DBIT',
    amountMinor: debit.amountMinor,
    currency: account.currency,
    reference: referenceOf('dbt', [statementId, String(index)]),
    details: [
      paymentDetail({
        ...debit,
        remittance: debit.remittance ?? '',
        currency: account.currency,
        side: 'DBIT',
        partyTag: 'Cdtr',
        name: debit.beneficiaryName,
        account: debit.beneficiaryAccount,
      }),
    ],
  }));
}

interface Payment {
  readonly endToEndId: string;
  readonly remittance: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly side: 'CRDT' | 'DBIT';
  readonly partyTag: 'Dbtr' | 'Cdtr';
  readonly name: string;
  readonly account: string | undefined;
}

function paymentDetail(payment: Payment): string {
  const party = element(payment.partyTag, element('Pty', element('Nm', text(payment.name))));
  const account =
    payment.account === undefined ? '' : element(`${payment.partyTag}Acct`, element('Id', accountId(payment.account)));
  const remittance = payment.remittance === '' ? '' : element('RmtInf', element('Ustrd', text(payment.remittance)));
  return element(
    'TxDtls',
    element('Refs', element('EndToEndId', text(payment.endToEndId))) +
      amount(payment.amountMinor, payment.currency) +
      element('CdtDbtInd', payment.side) +
      element('RltdPties', party + account) +
      remittance,
  );
}

function entryElement(entry: Entry, date: string): string {
  const family = entry.side === 'CRDT' ? 'RCDT' : 'ICDT';
  return element(
    'Ntry',
    amount(entry.amountMinor, entry.currency) +
      element('CdtDbtInd', entry.side) +
      element('Sts', element('Cd', 'BOOK')) +
      element('BookgDt', element('Dt', date)) +
      element('ValDt', element('Dt', date)) +
      element('AcctSvcrRef', text(entry.reference)) +
      element(
        'BkTxCd',
        element('Domn', element('Cd', 'PMNT') + element('Fmly', element('Cd', family) + element('SubFmlyCd', 'OTHR'))),
      ) +
      element('NtryDtls', entry.details.join('')),
  );
}

function accountElement(account: BankAccount): string {
  const servicer =
    account.bic === undefined ? '' : element('Svcr', element('FinInstnId', element('BICFI', text(account.bic))));
  return element(
    'Acct',
    element('Id', accountId(accountNumberOf(account))) +
      element('Ccy', account.currency) +
      element('Ownr', element('Nm', text(account.ownerName))) +
      servicer,
  );
}

function accountNumberOf({ iban, accountNumber }: BankAccount): string {
  const number = iban ?? accountNumber;
  if (number === undefined) throw new RangeError('A bank account needs an IBAN or an account number.');
  return number;
}

/** ISO 13616 form decides: what looks like an IBAN is written as one. */
function accountId(number: string): string {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number)
    ? element('IBAN', number)
    : element('Othr', element('Id', text(number)));
}

function balance(code: 'OPBD' | 'CLBD', amountMinor: bigint, currency: Currency, date: string): string {
  return element(
    'Bal',
    element('Tp', element('CdOrPrtry', element('Cd', code))) +
      amount(amountMinor < 0n ? -amountMinor : amountMinor, currency) +
      element('CdtDbtInd', amountMinor < 0n ? 'DBIT' : 'CRDT') +
      element('Dt', element('Dt', date)),
  );
}

function summary(entries: readonly Entry[]): string {
  return element('TxsSummry', element('TtlNtries', element('NbOfNtries', String(entries.length))));
}

function amount(amountMinor: bigint, currency: Currency): string {
  return `<Amt Ccy="${currency}">${formatMoney(money(amountMinor, currency))}</Amt>`;
}

function sumOf(amounts: readonly { readonly amountMinor: bigint }[]): bigint {
  return amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

/** At most 35 characters (Max35Text), letters and digits only: every bank carries them. */
function referenceOf(kind: string, parts: readonly string[]): string {
  return deterministicId(kind, ...parts)
    .replace('_', '')
    .toUpperCase();
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
