import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parseMoney } from '@hetao/kernel';
import type { Page } from '@hetao/runtime';
import { buildCamt053, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { ExceptionDto } from '../src/exception/exception.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { PayoutDto, PayoutRunDto } from '../src/payout/payout.dto.js';
import type { EquationDto, PeriodStatusDto } from '../src/period/equation.dto.js';
import type { ImportResultDto } from '../src/statement/statement.dto.js';
import { balances, command, grossOf } from './invoicing-world.js';
import { id, settlementFixture, tellMonth, type SettlementFixture } from './settlement-fixture.js';

/**
 * A buyer's payment is taken back after its merchant was paid out, and comes again: what he was paid stays what he is
 * owed, whichever way the money goes in between.
 */
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };
const merchant = id('par', 'lingnan');
const OWES = `receivable:party ${merchant}`;
const IS_OWED = `payable:merchant ${merchant}`;

let exchange: SettlementFixture;
let day = 9;
let balance = 0n;
/** By the name of the deal. */
let invoices: ReadonlyMap<string, InvoiceDto>;

const imported = async (change: Partial<StatementContent>): Promise<ImportResultDto> => {
  day += 1;
  const date = day <= 30 ? `2015-06-${day}` : `2015-07-${day - 20}`;
  const built = buildCamt053({ account, date, openingMinor: balance, credits: [], debits: [], ...change });
  const { status, body } = await exchange.importXml(built.xml);
  if (status !== 200) throw new Error(JSON.stringify(body));
  balance = built.closingMinor;
  return body;
};
const invoiceOf = (deal: string): InvoiceDto => {
  const found = invoices.get(deal);
  if (found === undefined) throw new Error(`no invoice of ${deal}`);
  return found;
};
const pay = async (...deals: readonly string[]): Promise<void> => {
  const credits = deals.map(invoiceOf).map((invoice) => ({
    ...{ endToEndId: 'NOTPROVIDED', remittance: invoice.number, amountMinor: grossOf(invoice), payerName: 'harbour' },
  }));
  expect(await imported({ credits })).toMatchObject({ matched: deals.length, unmatched: [] });
};
const payOut = async (period: string): Promise<PayoutRunDto> =>
  (await exchange.post<PayoutRunDto>(`/v1/settlement/periods/${period}/payouts`)).body;
/** The bank shows every payout that was instructed. */
const leave = async (): Promise<void> => {
  const { body } = await exchange.get<Page<PayoutDto>>('/v1/payouts?status=instructed&limit=100');
  const debits = body.data.map(({ end_to_end_id: endToEndId, amount }) => ({
    ...{ endToEndId, beneficiaryName: 'lingnan', amountMinor: parseMoney(amount.amount, 'CNY').amountMinor },
  }));
  expect(await imported({ debits })).toMatchObject({ matched: debits.length, unmatched: [] });
};
/** The payment turns out to be another's: the match is undone, and the money is the buyer's again. */
const unmatch = async (deal: string): Promise<void> => {
  const [match] = await exchange.sql<{ group_id: string }>(
    'SELECT group_id FROM match_members WHERE member_id = $1 AND ended_at IS NULL',
    [invoiceOf(deal).id],
  );
  const undo = `/v1/reconciliation/matches/${match?.group_id ?? ''}/unmatch`;
  expect((await command(exchange, undo, { reason: 'Meant for another' })).status).toBe(204);
  const { body } = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?limit=100');
  for (const { id: exception } of body.data) {
    const decision = { action: 'credit_on_account', buyer_id: id('par', 'harbour') };
    expect((await command(exchange, `/v1/reconciliation/exceptions/${exception}/resolve`, decision)).status).toBe(204);
  }
};
const standing = async (account: string): Promise<bigint> => (await balances(exchange))[account] ?? 0n;
const balanced = async (period: string): Promise<unknown> => {
  const { body } = await exchange.get<EquationDto>(`/v1/settlement/periods/${period}/equation`);
  return body.currencies.map(({ differences }) => differences);
};
/** Whatever happened: debts are what the ledger says, and so is what is owed. */
const agree = async (): Promise<void> => {
  const [debts] = await exchange.sql<{ minor: string }>(
    'SELECT coalesce(sum(delta_minor), 0) AS minor FROM share_debt_moves WHERE owner = $1',
    [merchant],
  );
  expect(await standing(OWES)).toBe(BigInt(debts?.minor ?? 0));
  const [open] = await exchange.sql<{ minor: string }>(
    `SELECT coalesce(sum(s.amount_minor - coalesce(p.amount_minor, 0)), 0) AS minor
       FROM invoice_splits s LEFT JOIN paid_out_shares p USING (invoice_id, share) WHERE s.owner = $1`,
    [merchant],
  );
  expect(await standing(IS_OWED)).toBe(-BigInt(open?.minor ?? 0));
};
const close = async (period: string): Promise<PeriodStatusDto> =>
  (await exchange.post<PeriodStatusDto>(`/v1/settlement/periods/${period}/close`)).body;

let share = 0n;
beforeAll(async () => {
  exchange = await settlementFixture('2015-06-28T08:00:00Z');
  const deals = ['one', 'two', 'late'].map((name) => ({ name, merchant: 'lingnan', buyer: 'harbour' }));
  await tellMonth(exchange, deals);
  await exchange.post('/v1/settlement/periods/2015-05/invoice');
  const { data } = (await exchange.get<Page<InvoiceDto>>('/v1/invoices?period=2015-05')).body;
  invoices = new Map(deals.map(({ name }) => [name, data.find((one) => one.agreement_id === id('agr', name))!]));
  await pay('one', 'two');
  expect(await payOut('2015-05')).toMatchObject({ instructed: 1 });
  await leave();
  const [row] = await exchange.sql<{ minor: string }>(
    `SELECT amount_minor AS minor FROM invoice_splits WHERE share = 'merchant' LIMIT 1`,
  );
  share = BigInt(row?.minor ?? 0);
});
afterAll(() => exchange.stop());
afterEach(() => agree());

describe('a payment that is taken back after its merchant was paid out', () => {
  it('leaves him owing it, and its coming again clears that: nothing is left to pay out', async () => {
    await unmatch('one');
    expect(await standing(OWES)).toBe(share);
    await agree();
    await pay('one');
    expect(await standing(OWES)).toBe(0n);
    expect(await standing(IS_OWED)).toBe(0n);
    expect(await payOut('2015-05')).toMatchObject({ instructed: 0, held: [] });
    expect(await balanced('2015-05')).not.toContainEqual([expect.objectContaining({ right: 'settled' })]);
  });

  it('is set off against his next payout, and what comes again after that is owed to him anew', async () => {
    await unmatch('two');
    await pay('late');
    // All of it is set off: there is nothing for the bank to do.
    expect(await payOut('2015-05')).toMatchObject({ instructed: 1 });
    expect((await exchange.get<Page<PayoutDto>>('/v1/payouts?status=instructed')).body.data).toEqual([]);
    expect(await standing(OWES)).toBe(0n);
    await agree();
    await pay('two');
    expect(await standing(IS_OWED)).toBe(-share);
    expect(await payOut('2015-05')).toMatchObject({ instructed: 1 });
    await leave();
    expect(await standing(IS_OWED)).toBe(0n);
  });

  it('keeps the month’s equation, and the month closes', async () => {
    expect(await balanced('2015-05')).toEqual([[]]);
    expect(await close('2015-05')).toMatchObject({ status: 'closed' });
    expect((await exchange.post('/v1/settlement/audits')).body).toMatchObject({ findings: 0 });
  });
});

describe('a payment that the bank takes back after its month is closed', () => {
  const [MAY, JUNE] = ['2015-05', '2015-06'];
  /** A line of the bank's shows the money leaving again; a person says whose payment it was. */
  const takeBack = async (deal: string, amountMinor = grossOf(invoiceOf(deal))) => {
    const debits = [{ endToEndId: 'CHARGEBACK', amountMinor, beneficiaryName: 'harbour' }];
    const { unmatched } = await imported({ debits });
    const { body } = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?limit=100');
    const found = body.data.find(({ line_id }) => line_id === unmatched[0]?.line_id);
    const path = `/v1/reconciliation/exceptions/${found?.id ?? ''}/take-back`;
    return command<{ code?: string }>(exchange, path, { invoice_id: invoiceOf(deal).id });
  };

  it('is owed again in the books of the open one, and clears when it comes again', async () => {
    await tellMonth(exchange, [{ name: 'june', merchant: 'lingnan', buyer: 'harbour' }], JUNE);
    exchange.clock.set('2015-07-20T08:00:00Z');
    await exchange.post(`/v1/settlement/periods/${JUNE}/invoice`);
    const { data } = (await exchange.get<Page<InvoiceDto>>(`/v1/invoices?period=${JUNE}`)).body;
    invoices = new Map([...invoices, ...data.map((one) => ['june', one] as const)]);
    const before = (await exchange.get<EquationDto>(`/v1/settlement/periods/${MAY}/equation`)).body;
    expect((await takeBack('one')).status).toBe(204);
    expect(await standing(OWES)).toBe(share);
    const { checklist } = (await exchange.get<PeriodStatusDto>(`/v1/settlement/periods/${JUNE}`)).body;
    expect(checklist.find(({ code }) => code === 'INVOICES_UNPAID')?.ids).toContain(invoiceOf('one').id);
    await pay('one');
    expect(await standing(OWES)).toBe(0n);
    expect((await exchange.get<EquationDto>(`/v1/settlement/periods/${MAY}/equation`)).body).toEqual(before);
  });

  it('is set off against a payout of the open month, paid again, and paid out with it', async () => {
    expect((await takeBack('two')).status).toBe(204);
    await pay('june');
    expect(await payOut(JUNE)).toMatchObject({ instructed: 1 });
    expect(await standing(OWES)).toBe(0n);
    await pay('two');
    expect(await standing(IS_OWED)).toBe(-share);
    expect(await payOut(JUNE)).toMatchObject({ instructed: 1 });
    await leave();
    expect(await balanced(JUNE)).toEqual([[]]);
    const report = await exchange.get<Page<{ differences: object[] }>>(`/v1/settlement/periods/${MAY}/three-way`);
    expect(report.body.data.map(({ differences }) => differences)).toEqual([[], [], []]);
    expect((await exchange.post('/v1/settlement/audits')).body).toMatchObject({ findings: 0 });
  });

  it('is whole and of that invoice, or a person looks again', async () => {
    expect(await takeBack('one', 5n)).toMatchObject({ status: 422, body: { code: 'EXCEPTION_ACTION_UNFIT' } });
    const { body } = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?limit=100');
    const fee = await command(exchange, `/v1/reconciliation/exceptions/${body.data[0]?.id ?? ''}/resolve`, {
      action: 'bank_fee',
    });
    expect(fee.status).toBe(204);
    expect((await close(JUNE)).status).toBe('closed');
  });
});
