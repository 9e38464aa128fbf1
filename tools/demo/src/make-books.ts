import { type Currency, parseMoney } from '@hetao/kernel';
import { type ExchangeApi, ExchangeProblem } from '../../exchange/api.js';
import type { StatementImport } from '../../trade/src/answers.js';
import { buildCamt053, type InvoicePayment, type StatementContent } from '../../trade/src/camt053.js';
import { debitsOf, issueInvoices, minorOf } from '../../trade/src/settle.js';
import type { Invoice, Payout, Statement } from './answers.js';
import { atMost } from './at-most.js';
import { makeRates } from './make-rates.js';
import type { Making } from './making.js';
import { dateOf, type Month } from './world/calendar.js';
import { chanceOf, digitsFrom } from './world/random.js';
import type { DealPlan } from './world/world.js';

/** What the payer's bank keeps of a payment whose charges the payer did not take on, in major units. */
const BANK_CHARGE = '35';
const CURRENCIES_AT_ONCE = 4;

/** How many steps {@link makeBooks} takes. */
export const BOOK_STEPS = 7;

/**
 * Bills both months, has most buyers pay, pays out, and closes the earlier month. Last month stays open: some have not
 * paid, and one payment came short. Every step looks at what stands in the books, and does only what is missing.
 */
export async function makeBooks(making: Making): Promise<void> {
  const { cast, calendar, progress } = making;
  progress.stage('books');
  const { earlier, last } = calendar;
  if (!(await isClosed(cast.operator, earlier))) {
    await makeRates(making);
    await settle(making, earlier);
    await cast.operator.post(`/v1/settlement/periods/${earlier.period}/close`);
  }
  progress.advance();
  await settle(making, last);
}

/** Settlement knows a month when its usage has arrived; before that it is certainly open. */
async function isClosed(operator: ExchangeApi, { period }: Month): Promise<boolean> {
  try {
    return (await operator.get<{ status: string }>(`/v1/settlement/periods/${period}`)).status === 'closed';
  } catch (error) {
    if (error instanceof ExchangeProblem && error.status === 404) return false;
    throw error;
  }
}

async function settle(making: Making, month: Month): Promise<void> {
  const { progress } = making;
  const { operator } = making.cast;
  const invoices = await madeOnce<Invoice>(operator, `/v1/invoices?period=${month.period}`, () =>
    issueInvoices(operator, month.period),
  );
  progress.advance();
  await collect(making, invoices);
  progress.advance();
  const payouts = await madeOnce<Payout>(operator, `/v1/payouts?period=${month.period}`, () =>
    operator.post(`/v1/settlement/periods/${month.period}/payouts`),
  );
  progress.advance();
  await payOut(operator, payouts);
}

/** What a list holds; made first where it holds nothing. Invoices and payouts of a month come all together or not at all. */
async function madeOnce<T>(operator: ExchangeApi, path: string, make: () => Promise<unknown>): Promise<T[]> {
  const before = await operator.list<T>(path);
  if (before.length > 0) return before;
  await make();
  return operator.list<T>(path);
}

/** One bank statement a currency, with everybody in it who pays; imported while none of them has paid. */
async function collect({ cast, found, world }: Making, invoices: readonly Invoice[]): Promise<void> {
  const deals = new Map(world.deals.map((deal) => [found.agreement(deal)?.id, deal]));
  const expected = invoices.filter((invoice) => paymentOf(deals, invoice) !== undefined);
  const byCurrency = Map.groupBy(expected, (invoice) => invoice.gross.currency as Currency);
  await atMost(CURRENCIES_AT_ONCE, [...byCurrency], async ([currency, due]) => {
    const paid = due.filter((invoice) => paymentOf(deals, invoice) === 'paid');
    if (paid.some((invoice) => invoice.status !== 'issued')) return;
    const credits = due
      .sort((one, other) => one.number.localeCompare(other.number))
      .map((invoice) => creditOf(invoice, paymentOf(deals, invoice) === 'underpaid'));
    const date = due.map((invoice) => dateOf(invoice.issued_at)).reduce((a, b) => (a > b ? a : b));
    await importStatement(cast.operator, currency, { date, credits, debits: [] });
  });
}

function paymentOf(deals: ReadonlyMap<string | undefined, DealPlan>, invoice: Invoice): DealPlan['payment'] {
  return deals.get(invoice.agreement_id)?.payment;
}

function creditOf(invoice: Invoice, isShort: boolean): InvoicePayment {
  const { number, gross } = invoice;
  const payerName = invoice.buyer_name?.en ?? 'Unknown payer';
  const charge = isShort ? parseMoney(BANK_CHARGE, gross.currency as Currency).amountMinor : 0n;
  return {
    endToEndId: number,
    remittance: `Invoice ${number}`,
    amountMinor: minorOf(gross) - charge,
    payerName,
    payerAccount: digitsFrom(chanceOf(`payer ${payerName}`), 12),
  };
}

/** The bank's answer to payout instructions, one statement a currency; imported while none of them is settled. */
async function payOut(operator: ExchangeApi, payouts: readonly Payout[]): Promise<void> {
  const byCurrency = Map.groupBy(payouts, (payout) => payout.amount.currency as Currency);
  await atMost(CURRENCIES_AT_ONCE, [...byCurrency], async ([currency, due]) => {
    if (due.some((payout) => payout.status !== 'instructed')) return;
    const date = due.map((payout) => dateOf(payout.instructed_at)).reduce((a, b) => (a > b ? a : b));
    await importStatement(operator, currency, { date, credits: [], debits: debitsOf(due) });
  });
}

/** Where the exchange collects, one account a currency; the statements of each follow on from zero. */
const accountOf = (currency: Currency) => ({
  accountNumber: `DEMO-COLLECT-${currency}`,
  ownerName: 'Hetao Exchange, collection',
  currency,
  bic: 'DEMOCN22',
});

async function importStatement(
  operator: ExchangeApi,
  currency: Currency,
  content: Pick<StatementContent, 'date' | 'credits' | 'debits'>,
): Promise<void> {
  const account = accountOf(currency);
  const before = await operator.list<Statement>(`/v1/bank-statements?account=${account.accountNumber}`);
  const openingMinor = before.reduce((sum, { opening, closing }) => sum + minorOf(closing) - minorOf(opening), 0n);
  const { xml } = buildCamt053({ ...content, account, openingMinor, sequenceNo: before.length + 1 });
  await operator.post<StatementImport>('/v1/bank-statements', xml, 'application/xml');
}
