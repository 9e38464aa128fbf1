import { type Currency, parseMoney } from '@hetao/kernel';
import { type ExchangeApi, ExchangeProblem, until } from '../../exchange/api.js';
import type { Invoice, Payout, StatementImport } from './answers.js';
import { type BankAccount, buildCamt053, type ExecutedPayout, type StatementContent } from './camt053.js';
import { CURRENCY, PERIOD } from './story.js';

/** The account in which the exchange collects this trade: its statements begin at zero, so they are the same each time. */
const COLLECTION: BankAccount = {
  accountNumber: '4000021509200150',
  ownerName: 'Hetao Exchange, collection',
  currency: CURRENCY,
  bic: 'ICBKCNBJ',
};
const PAID_ON = '2015-06-10';
const PAID_OUT_ON = '2015-06-12';

export const minorOf = (money: { readonly amount: string; readonly currency: string }): bigint =>
  parseMoney(money.amount, money.currency as Currency).amountMinor;

/** Issues a period's invoices once all rated usage has arrived. */
export async function issueInvoices(operator: ExchangeApi, period: string): Promise<void> {
  await until(`The invoices of ${period}`, async () => {
    try {
      return await operator.post(`/v1/settlement/periods/${period}/invoice`);
    } catch (error) {
      // Settlement says what it still waits for: usage travels as events.
      if (error instanceof ExchangeProblem && error.status === 409) return undefined;
      throw error;
    }
  });
}

/** Issues the period's invoices, and answers the one of this agreement. */
export async function invoiceUsage(operator: ExchangeApi, agreementId: string): Promise<Invoice> {
  await issueInvoices(operator, PERIOD);
  return until('The invoice', async () => {
    const invoices = await operator.list<Invoice>(`/v1/invoices?period=${PERIOD}`);
    return invoices.find((invoice) => invoice.agreement_id === agreementId);
  });
}

/** The buyer pays: the bank's statement of that day is imported, and must pay the invoice. */
export async function collect(operator: ExchangeApi, invoice: Invoice): Promise<StatementImport> {
  const credit = {
    endToEndId: invoice.number,
    remittance: `Invoice ${invoice.number}`,
    amountMinor: minorOf(invoice.gross),
    payerName: 'Harbour Analytics',
    payerAccount: '012987654321',
  };
  return importStatement(operator, {
    account: COLLECTION,
    date: PAID_ON,
    openingMinor: 0n,
    credits: [credit],
    debits: [],
    sequenceNo: 1,
  });
}

/** Instructs what is owed to merchant and channel partner. */
export async function instructPayouts(operator: ExchangeApi): Promise<Payout[]> {
  await operator.post(`/v1/settlement/periods/${PERIOD}/payouts`);
  return operator.list<Payout>(`/v1/payouts?period=${PERIOD}`);
}

/** The bank's answer: the statement of the day on which the payouts left the account. */
export function settlePayouts(
  operator: ExchangeApi,
  invoice: Invoice,
  payouts: readonly Payout[],
): Promise<StatementImport> {
  return importStatement(operator, {
    account: COLLECTION,
    date: PAID_OUT_ON,
    openingMinor: minorOf(invoice.gross),
    credits: [],
    debits: debitsOf(payouts),
    sequenceNo: 2,
  });
}

/** Payouts as the bank books them, always in the same order. */
export function debitsOf(payouts: readonly Payout[]): ExecutedPayout[] {
  return [...payouts]
    .sort((one, other) => one.end_to_end_id.localeCompare(other.end_to_end_id))
    .map((payout) => ({
      endToEndId: payout.end_to_end_id,
      amountMinor: minorOf(payout.amount),
      beneficiaryName: payout.bank_account.name,
      beneficiaryAccount: payout.bank_account.iban ?? payout.bank_account.account_number ?? '',
    }));
}

async function importStatement(operator: ExchangeApi, content: StatementContent): Promise<StatementImport> {
  const { xml } = buildCamt053(content);
  const imported = await operator.post<StatementImport>('/v1/bank-statements', xml, 'application/xml');
  const [open] = imported.unmatched;
  if (open) throw new Error(`The statement of ${content.date} left a line open: ${open.detail} ${open.fix}`);
  return imported;
}
