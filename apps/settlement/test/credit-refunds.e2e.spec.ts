import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseMoney } from '@hetao/kernel';
import type { Page, Problem } from '@hetao/runtime';
import type { TestCaller } from '@hetao/testing';
import { buildCamt053, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { ExceptionDto } from '../src/exception/exception.dto.js';
import { ExpireHolds } from '../src/holds/hold.use-cases.js';
import type { ImportResultDto } from '../src/statement/statement.dto.js';
import { balances, command } from './invoicing-world.js';
import {
  auditor,
  buyerOf,
  id,
  operator,
  settlementFixture,
  tellMonth,
  type SettlementFixture,
} from './settlement-fixture.js';

const second: TestCaller = { ...operator, subject: 'usr_second' };
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };
const buyer = id('par', 'harbour');
const ON_ACCOUNT = `payable:buyer ${buyer}`;
const PATH = '/v1/settlement/credit-refunds';
interface Refund {
  readonly id: string;
  readonly state: string;
  readonly refund_id: string | null;
  readonly code?: string;
}

let exchange: SettlementFixture;
let day = 9;
let balance = 0n;
const imported = async (change: Partial<StatementContent>): Promise<ImportResultDto> => {
  day += 1;
  const built = buildCamt053({
    account,
    date: `2015-06-${day}`,
    openingMinor: balance,
    credits: [],
    debits: [],
    ...change,
  });
  balance = built.closingMinor;
  return (await exchange.importXml(built.xml)).body;
};
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const propose = (amount: string, change: object = {}) =>
  command<Refund>(exchange, PATH, {
    buyer_id: buyer,
    amount: yuan(amount),
    reason: 'Asked for by the buyer',
    ...change,
  });
const decide = (refund: string, outcome: string, as = second) =>
  command<Refund>(exchange, `${PATH}/${refund}/${outcome}`, {}, { as });
const onAccount = async (): Promise<bigint> => -((await balances(exchange))[ON_ACCOUNT] ?? 0n);
const keepOnAccount = async (result: ImportResultDto): Promise<void> => {
  const { body } = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?limit=100');
  const found = body.data.find(({ line_id }) => line_id === result.unmatched[0]?.line_id);
  const decision = { action: 'credit_on_account', buyer_id: buyer };
  const done = await command(exchange, `/v1/reconciliation/exceptions/${found?.id ?? ''}/resolve`, decision);
  expect(done.status).toBe(204);
};
const pays = (remittance: string, amountMinor: bigint) => ({
  credits: [{ endToEndId: 'NOTPROVIDED', remittance, amountMinor, payerName: 'harbour' }],
});

/** A buyer that paid 1,000.00 too much. */
beforeAll(async () => {
  exchange = await settlementFixture('2015-06-28T08:00:00Z');
  await tellMonth(exchange, [{ name: 'one', merchant: 'lingnan', buyer: 'harbour' }]);
  await keepOnAccount(await imported(pays('surplus', 100_000n)));
  expect(await onAccount()).toBe(100_000n);
});
afterAll(() => exchange.stop());

describe('what a buyer has on account', () => {
  it('is reserved when somebody proposes to pay it back: neither another refund nor an invoice gets it', async () => {
    const first = await propose('700.00');
    expect(first).toMatchObject({ status: 201, body: { state: 'proposed', refund_id: null } });
    expect(await onAccount()).toBe(100_000n);
    expect(await propose('300.01')).toMatchObject({ status: 409, body: { code: 'CREDIT_REFUND_BEYOND' } });
    await exchange.post('/v1/settlement/periods/2015-05/invoice');
    const [invoice] = (await exchange.get<Page<{ id: string }>>('/v1/invoices')).body.data;
    const applied = await command<Problem>(exchange, '/v1/reconciliation/credits', {
      ...{ invoice_id: invoice?.id, amount: yuan('400.00') },
    });
    expect(applied).toMatchObject({ status: 409, body: { code: 'CREDIT_TOO_SMALL' } });
    // Refused, it is free again.
    expect(await decide(first.body.id, 'refuse')).toMatchObject({ status: 200, body: { state: 'refused' } });
    expect(await decide(first.body.id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'CREDIT_REFUND_DECIDED' },
    });
    expect(await propose('1000.00')).toMatchObject({ status: 201 });
  });

  it('leaves when another person approves, once, and is seen on the statement', async () => {
    const { data } = (await exchange.get<Page<Refund>>(`${PATH}?state=proposed`)).body;
    const [refund] = data;
    expect(await decide(refund?.id ?? '', 'approve', operator)).toMatchObject({
      ...{ status: 403, body: { code: 'CREDIT_REFUND_SAME_PERSON' } },
    });
    const answers = await Promise.all([1, 2, 3].map(() => decide(refund?.id ?? '', 'approve')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [paid] = answers.map(({ body }) => body.refund_id);
    expect(answers.map(({ body }) => body.refund_id)).toEqual([paid, paid, paid]);
    expect(await onAccount()).toBe(0n);
    const file = await command<{ payments: number; total: { amount: string } }>(exchange, '/v1/payment-files', {
      ...{ currency: 'CNY', execution_date: '2015-06-29', debtor: { name: 'Hetao', account_number: '4000' } },
    });
    expect(file).toMatchObject({ status: 201, body: { payments: 1, total: yuan('1000.00') } });
    const endToEndId = (paid ?? '').replace('_', '').toUpperCase();
    const { amountMinor } = parseMoney('1000.00', 'CNY');
    expect(await imported({ debits: [{ endToEndId, amountMinor, beneficiaryName: 'harbour' }] })).toMatchObject({
      ...{ matched: 1, unmatched: [] },
    });
    expect((await balances(exchange))['clearing:bank_out exchange']).toBeUndefined();
  });

  it('that came back is the buyer’s again, and can be sent a second time: the refund of a refund', async () => {
    await keepOnAccount(await imported(pays('refund returned', 100_000n)));
    const again = await propose('1000.00', { refund_to: { name: 'Harbour', account_number: '6222-9' } });
    expect(again.status).toBe(201);
    expect((await decide(again.body.id, 'approve')).body).toMatchObject({ state: 'approved' });
    expect(await onAccount()).toBe(0n);
  });

  it('is free again when nobody decided in time', async () => {
    await keepOnAccount(await imported(pays('more', 5_000n)));
    const late = await propose('50.00');
    exchange.clock.set('2015-07-13T08:00:00Z');
    await exchange.service.app.get(ExpireHolds, { strict: false }).execute();
    expect(await decide(late.body.id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'CREDIT_REFUND_DECIDED' },
    });
    const { data } = (await exchange.get<Page<Refund>>(`${PATH}?state=expired`, buyerOf('harbour'))).body;
    expect(data.map(({ id: refund }) => refund)).toEqual([late.body.id]);
    expect((await propose('50.00')).status).toBe(201);
  });

  it('is paid to an account that a file can name, and asked for by operators only', async () => {
    expect(await propose('0.00')).toMatchObject({ status: 422 });
    const stranger = { buyer_id: id('par', 'nobody') };
    expect(await propose('1.00', stranger)).toMatchObject({ status: 422, body: { code: 'CREDIT_REFUND_ACCOUNT' } });
    expect((await exchange.get<Page<Refund>>(PATH, buyerOf('somebody'))).body.data).toEqual([]);
    expect((await command(exchange, PATH, {}, { as: auditor })).status).toBe(403);
    expect((await decide('crf_01hzzzzzzzzzzzzzzzzzzzzzzz', 'approve')).body).toMatchObject({
      code: 'CREDIT_REFUND_NOT_FOUND',
    });
  });
});
