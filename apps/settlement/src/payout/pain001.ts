import { formatMoney, money, type Currency } from '@hetao/kernel';
import type { BankAccount } from '../agreement/agreement.js';

/** One payment of a file. */
export interface CreditTransfer {
  /** ISO 20022 Max35Text; comes back on the statement. */
  readonly endToEndId: string;
  /** Minor units, above zero. */
  readonly amountMinor: bigint;
  readonly creditor: BankAccount;
  /** What the beneficiary reads, at most 140 characters. */
  readonly remittance: string;
}

/** A file for the bank: one debit account, one currency, one day. */
export interface PaymentFile {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly debtor: BankAccount;
  readonly currency: Currency;
  /** Calendar date on which the bank is to pay. */
  readonly executionDate: string;
  readonly transfers: readonly CreditTransfer[];
}

/** ISO 20022 allows 18 digits in an amount; whatever needs more has to be paid in parts. */
export function fitsAmount(amountMinor: bigint, currency: Currency): boolean {
  return formatMoney(money(amountMinor, currency)).replace('.', '').length <= 18;
}

const IBAN = /^[A-Z]{2}\d{2}[A-Za-z0-9]{1,30}$/;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;

/** Whether a file can name the account: as ISO 20022 writes IBANs and BICs, and nothing cut off. */
export function fitsAccount({ name, iban, accountNumber, bic }: BankAccount): boolean {
  const identified = iban === undefined ? fitsText(accountNumber ?? '', 34) : IBAN.test(iban);
  return identified && escaped(name, 140) !== '' && (bic === undefined || BIC.test(bic));
}

function fitsText(text: string, maxLength: number): boolean {
  return text !== '' && escaped(text, maxLength) === escaped(text, text.length) && text.trim() === text;
}

/** Writes ISO 20022 pain.001.001.09 (CustomerCreditTransferInitiationV09) with one payment information block. */
export function buildPain001(file: PaymentFile): string {
  const { currency, transfers } = file;
  const total = amountOf(
    transfers.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    currency,
  );
  const sums = element('NbOfTxs', String(transfers.length)) + element('CtrlSum', total);
  const header = element(
    'GrpHdr',
    element('MsgId', escaped(file.messageId, 35)) +
      element('CreDtTm', file.createdAt.toISOString()) +
      sums +
      element('InitgPty', element('Nm', escaped(file.debtor.name, 140))),
  );
  const payment = element(
    'PmtInf',
    element('PmtInfId', escaped(file.messageId, 35)) +
      element('PmtMtd', 'TRF') +
      element('BtchBookg', 'false') +
      sums +
      element('ReqdExctnDt', element('Dt', file.executionDate)) +
      element('Dbtr', element('Nm', escaped(file.debtor.name, 140))) +
      element('DbtrAcct', accountOf(file.debtor) + element('Ccy', currency)) +
      element('DbtrAgt', agentOf(file.debtor)) +
      // The sender bears the charges: a share of an invoice arrives whole.
      element('ChrgBr', 'DEBT') +
      transfers.map((transfer) => transferOf(transfer, currency)).join(''),
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">' +
    `${element('CstmrCdtTrfInitn', header + payment)}</Document>\n`
  );
}

function transferOf({ endToEndId, amountMinor, creditor, remittance }: CreditTransfer, currency: Currency): string {
  const amount = `<InstdAmt Ccy="${currency}">${amountOf(amountMinor, currency)}</InstdAmt>`;
  return element(
    'CdtTrfTxInf',
    element('PmtId', element('InstrId', escaped(endToEndId, 35)) + element('EndToEndId', escaped(endToEndId, 35))) +
      element('Amt', amount) +
      (creditor.bic === undefined ? '' : element('CdtrAgt', agentOf(creditor))) +
      element('Cdtr', element('Nm', escaped(creditor.name, 140))) +
      element('CdtrAcct', accountOf(creditor)) +
      remittanceOf(escaped(remittance, 140)),
  );
}

function remittanceOf(text: string): string {
  return text === '' ? '' : element('RmtInf', element('Ustrd', text));
}

function accountOf({ iban, accountNumber }: BankAccount): string {
  return element(
    'Id',
    iban === undefined ? element('Othr', element('Id', escaped(accountNumber ?? '', 34))) : element('IBAN', iban),
  );
}

/** Where a bank has no BIC to give, the standard's own word for it. */
function agentOf({ bic }: BankAccount): string {
  return element(
    'FinInstnId',
    bic === undefined ? element('Othr', element('Id', 'NOTPROVIDED')) : element('BICFI', bic),
  );
}

function amountOf(amountMinor: bigint, currency: Currency): string {
  return formatMoney(money(amountMinor, currency));
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Cut by characters, not by UTF-16 units; what XML cannot hold is left out. */
function escaped(text: string, maxLength: number): string {
  const kept = [...text.replaceAll(/\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, ' ').trim()].slice(0, maxLength).join('');
  return kept.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
