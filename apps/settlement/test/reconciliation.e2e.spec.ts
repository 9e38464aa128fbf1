import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, parseMoney } from '@hetao/kernel';
import { CALLER_HEADER, type Page, type Problem } from '@hetao/runtime';
import { callerToken, sendTwice, type TestCaller } from '@hetao/testing';
import { buildCamt053, type InvoicePayment, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { ExceptionDto } from '../src/exception/exception.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { AccountDto, TrialBalanceDto } from '../src/ledger/ledger.dto.js';
import type { ImportResultDto } from '../src/statement/statement.dto.js';
import { hledger, hledgerInstalled } from './hledger.js';
import { auditor, id, operator, settlementFixture, tellMonth, type SettlementFixture } from './settlement-fixture.js';

const second: TestCaller = { ...operator, subject: 'usr_second' };
const account = { accountNumber: '4000021509200150', ownerName: 'Hetao Exchange', currency: 'CNY' as const };

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
  await tellMonth(
    exchange,
    Array.from({ length: 26 }, (_, n) => ({
      name: `deal-${n}`,
      merchant: 'lingnan',
      buyer: n < 4 ? 'harbour' : `buyer-${n}`,
    })),
  );
  expect((await exchange.post('/v1/settlement/periods/2015-05/invoice')).status).toBe(200);
});
afterAll(() => exchange.stop());

let days = 0;
let balance = 0n;
/** The next day of the account: statements follow each other without a gap. */
const statement = (change: Partial<StatementContent>): string => {
  days += 1;
  const built = buildCamt053({
    account,
    date: new Date(Date.UTC(2015, 6, days)).toISOString().slice(0, 10),
    openingMinor: balance,
    credits: [],
    debits: [],
    ...change,
  });
  balance = built.closingMinor;
  return built.xml;
};
const imported = async (change: Partial<StatementContent>): Promise<ImportResultDto> => {
  const { status, body } = await exchange.importXml(statement(change));
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
};
const minor = ({ gross }: InvoiceDto): bigint => parseMoney(gross.amount, gross.currency).amountMinor;
const pay = (remittance: string, amountMinor: bigint, change: Partial<InvoicePayment> = {}): InvoicePayment => ({
  endToEndId: 'NOTPROVIDED',
  remittance,
  amountMinor,
  payerName: 'A buyer',
  ...change,
});
const command = async (
  path: string,
  body: unknown = {},
  as: TestCaller = operator,
): Promise<{ status: number; body: Problem & { id?: string } }> => {
  const answer = await fetch(`${exchange.service.url}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId('key'),
      [CALLER_HEADER]: await callerToken(as),
    },
  });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Problem & { id?: string } };
};
const exceptionOf = async (result: ImportResultDto): Promise<ExceptionDto> => {
  const { body } = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?limit=100');
  const found = body.data.find(({ line_id }) => line_id === result.unmatched[0]?.line_id);
  if (found === undefined) throw new Error(`no exception for ${JSON.stringify(result.unmatched)}`);
  return found;
};
const statusOf = async ({ id: of }: InvoiceDto): Promise<string> =>
  (await exchange.get<InvoiceDto>(`/v1/invoices/${of}`)).body.status;
const balanceOf = async (kind: string): Promise<string> => {
  const { body } = await exchange.get<TrialBalanceDto>('/v1/ledger/trial-balance');
  return body.rows.find((row) => row.kind === kind && row.balance.currency === 'CNY')?.balance.amount ?? '0.00';
};

let open: InvoiceDto[];
beforeEach(async () => {
  const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices?status=issued&limit=100');
  open = [...body.data].filter(({ buyer_id }) => buyer_id !== id('par', 'harbour'));
});
const next = (): InvoiceDto => {
  const invoice = open.pop();
  if (invoice === undefined) throw new Error('the specs have used up all invoices');
  return invoice;
};

describe('automatic matches', () => {
  it('divide one payment among the invoices it names', async () => {
    const invoices = [next(), next(), next()];
    const sum = invoices.reduce((total, one) => total + minor(one), 0n);
    const result = await imported({ credits: [pay(invoices.map(({ number }) => number).join(' '), sum)] });
    expect(result).toMatchObject({ matched: 1, unmatched: [] });
    expect(await Promise.all(invoices.map(statusOf))).toEqual(['paid', 'paid', 'paid']);
  });

  it('add up instalments that come on different statements', async () => {
    const invoice = next();
    const first = await imported({ credits: [pay(invoice.number, 30_000n)] });
    expect(first.unmatched).toMatchObject([{ reason: 'UNDERPAID' }]);
    expect(await statusOf(invoice)).toBe('issued');
    const rest = await imported({ credits: [pay(invoice.number, minor(invoice) - 30_000n)] });
    expect(rest).toMatchObject({ matched: 1, unmatched: [] });
    expect(await statusOf(invoice)).toBe('paid');
    const groups = await exchange.sql(
      `SELECT g.pass, count(*)::int AS lines FROM match_groups g JOIN match_members m ON m.group_id = g.group_id AND m.kind = 'line'
        WHERE EXISTS (SELECT 1 FROM match_members i WHERE i.group_id = g.group_id AND i.member_id = $1) GROUP BY g.pass`,
      [invoice.id],
    );
    expect(groups).toEqual([{ pass: 'many_to_one', lines: 2 }]);
  });

  it('post the bank’s fee to its account, once the rules allow one', async () => {
    const invoice = next();
    expect((await command('/v1/reconciliation/rules', { bank_fee: { CNY: '25.00' } })).status).toBe(201);
    const before = await balanceOf('expense:bank_fees');
    const result = await imported({ credits: [pay(invoice.number, minor(invoice) - 1_500n)] });
    expect(result).toMatchObject({ matched: 1, unmatched: [] });
    expect(await statusOf(invoice)).toBe('paid');
    expect([before, await balanceOf('expense:bank_fees')]).toEqual(['0.00', '15.00']);
    expect((await command('/v1/reconciliation/rules', {})).status).toBe(201);
  });

  it('never hold a line or a document twice: the database refuses, whoever asks', async () => {
    const insert = (group: string) =>
      exchange.sql(
        `WITH g AS (INSERT INTO match_groups (group_id, pass, rule_version, found_by, difference_minor, currency, matched_by, matched_at)
                    VALUES ($1, 'manual', 't', 't', 0, 'CNY', 't', now()) RETURNING group_id)
         INSERT INTO match_members (group_id, kind, member_id) SELECT group_id, 'line', 'bsl_raced' FROM g`,
        [group],
      );
    const raced = await Promise.allSettled(Array.from({ length: 8 }, () => insert(newId('mgr'))));
    expect(raced.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of raced)
      if (one.status === 'rejected') expect(String(one.reason)).toContain('match_members_active');
  });
});

describe('what a person decides', () => {
  it('a payment too much: allocated, and the surplus is the buyer’s credit, which pays the next invoice', async () => {
    const invoice = next();
    const other = next();
    const result = await imported({ credits: [pay(invoice.number, minor(invoice) + 10_000n)] });
    const exception = await exceptionOf(result);
    expect(exception).toMatchObject({
      reason: 'OVERPAID',
      status: 'open',
      age: { days: 0, bucket: '0-1' },
      overdue: false,
    });
    const allocate = { action: 'allocate', allocations: [{ invoice_id: invoice.id, amount: invoice.gross }] };
    const path = `/v1/reconciliation/exceptions/${exception.id}/resolve`;
    expect(await command(path, allocate)).toMatchObject({ status: 422, body: { code: 'ALLOCATION_INVALID' } });
    expect((await command(path, { ...allocate, remainder: 'credit_on_account' })).status).toBe(204);
    expect(await command(path, { ...allocate, remainder: 'credit_on_account' })).toMatchObject({
      status: 409,
      body: { code: 'EXCEPTION_RESOLVED' },
    });
    expect(await statusOf(invoice)).toBe('paid');
    const { body } = await exchange.get<Page<AccountDto>>(
      `/v1/ledger/accounts?kind=payable:buyer&owner=${invoice.buyer_id}`,
    );
    expect(body.data.map((one) => one.balance.amount)).toEqual(['-100.00']);
    // The credit is its owner's: another buyer's invoice has none.
    const apply = { invoice_id: other.id, amount: { amount: '100.00', currency: 'CNY' } };
    expect(await command('/v1/reconciliation/credits', apply)).toMatchObject({
      status: 409,
      body: { code: 'CREDIT_TOO_SMALL' },
    });
  });

  it('a second payment of a paid invoice goes back, and the bank’s statement shows it leave', async () => {
    const invoice = next();
    const twice = await imported({
      credits: [pay(invoice.number, minor(invoice)), pay(invoice.number, minor(invoice), { payerAccount: '6222-9' })],
    });
    expect(twice.unmatched).toMatchObject([{ reason: 'ALREADY_PAID' }]);
    const exception = await exceptionOf(twice);
    expect((await command(`/v1/reconciliation/exceptions/${exception.id}/resolve`, { action: 'refund' })).status).toBe(
      204,
    );
    const [refund] = await exchange.sql<{ end_to_end_id: string; account: string }>(
      `SELECT end_to_end_id, bank_account->>'accountNumber' AS account FROM bank_refunds WHERE line_id = $1`,
      [exception.line_id],
    );
    expect(refund?.account).toBe('6222-9');
    const left = await imported({
      debits: [{ endToEndId: refund?.end_to_end_id ?? '', amountMinor: minor(invoice), beneficiaryName: 'A buyer' }],
    });
    expect(left).toMatchObject({ matched: 1, unmatched: [] });
    expect(await balanceOf('clearing:bank_out')).toBe('0.00');
  });

  it('a part of an invoice is paid, and the rest is matched when it comes', async () => {
    const invoice = next();
    const exception = await exceptionOf(await imported({ credits: [pay(invoice.number, 20_000n)] }));
    const part = {
      action: 'allocate',
      allocations: [{ invoice_id: invoice.id, amount: { amount: '200.00', currency: 'CNY' } }],
    };
    expect((await command(`/v1/reconciliation/exceptions/${exception.id}/resolve`, part)).status).toBe(204);
    expect(await statusOf(invoice)).toBe('part_paid');
    expect(await imported({ credits: [pay(invoice.number, minor(invoice) - 20_000n)] })).toMatchObject({ matched: 1 });
    expect(await statusOf(invoice)).toBe('paid');
  });

  it('money nobody claims is written off by two people, never by one', async () => {
    const exception = await exceptionOf(await imported({ credits: [pay('thank you', 77n)] }));
    const path = `/v1/reconciliation/exceptions/${exception.id}`;
    expect(await command(`${path}/write-off/approve`, {}, second)).toMatchObject({
      status: 409,
      body: { code: 'WRITE_OFF_NOT_OPEN' },
    });
    expect((await command(`${path}/write-off`, { reason: 'Below what asking costs' })).status).toBe(200);
    expect(await command(`${path}/write-off/approve`)).toMatchObject({
      status: 403,
      body: { code: 'WRITE_OFF_SAME_PERSON' },
    });
    expect((await exchange.get<ExceptionDto>(path)).body).toMatchObject({
      status: 'proposed',
      write_off: { proposed_by: 'usr_operator' },
    });
    const [refused, again] = await sendTwice(`${exchange.service.url}${path}/write-off/refuse`, second);
    expect(refused).toMatchObject({ status: 200, replayed: 'false', body: { status: 'investigating' } });
    expect(again).toEqual({ ...refused, replayed: 'true' });
    expect((await command(`${path}/write-off/refuse`, {}, second)).body.code).toBe('WRITE_OFF_NOT_OPEN');
    expect((await command(`${path}/write-off`, { reason: 'Still below it' })).status).toBe(200);
    const race = await Promise.all([1, 2, 3].map(() => command(`${path}/write-off/approve`, {}, second)));
    expect(race.map(({ status }) => status).sort()).toEqual([204, 409, 409]);
    expect((await exchange.get<ExceptionDto>(path)).body).toMatchObject({
      status: 'resolved',
      resolution: 'written_off',
    });
    expect(await balanceOf('expense:write_off')).toBe('-0.77');
    expect((await command(`${path}/write-off`, { reason: 'x' }, auditor)).status).toBe(403);
  });

  it('a charge of the bank is a fee; money in is none', async () => {
    const fee = await exceptionOf(
      await imported({ debits: [{ endToEndId: 'FEE', amountMinor: 300n, beneficiaryName: 'The bank' }] }),
    );
    const before = await balanceOf('expense:bank_fees');
    expect((await command(`/v1/reconciliation/exceptions/${fee.id}/resolve`, { action: 'bank_fee' })).status).toBe(204);
    expect(
      parseMoney(await balanceOf('expense:bank_fees'), 'CNY').amountMinor - parseMoney(before, 'CNY').amountMinor,
    ).toBe(300n);
    const money = await exceptionOf(await imported({ credits: [pay('hello', 5n)] }));
    expect(await command(`/v1/reconciliation/exceptions/${money.id}/resolve`, { action: 'bank_fee' })).toMatchObject({
      status: 422,
      body: { code: 'EXCEPTION_ACTION_UNFIT' },
    });
    expect(
      (await command(`/v1/reconciliation/exceptions/${money.id}/assign`, { owner: 'usr_li', note: 'asked the bank' }))
        .status,
    ).toBe(200);
    const mine = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?owner=usr_li');
    expect(mine.body.data.map(({ id: of, status, note }) => [of, status, note])).toEqual([
      [money.id, 'investigating', 'asked the bank'],
    ]);
  });

  it('what matching suggests is a person’s to confirm', async () => {
    const harbour = (await exchange.get<Page<InvoiceDto>>('/v1/invoices?status=issued&limit=100')).body.data.filter(
      ({ buyer_id }) => buyer_id === id('par', 'harbour'),
    );
    const sum = harbour.reduce((total, one) => total + minor(one), 0n);
    const result = await imported({
      credits: [pay('payment for May', sum, { payerAccount: '6222-harbour', payerName: 'harbour' })],
    });
    const exception = await exceptionOf(result);
    expect(exception.reason).toBe('NO_REFERENCE');
    expect(exception.suggestions).toMatchObject([
      { score: 90, ground: 'PAYER_ONE_CHOICE', items: harbour.map(() => ({ kind: 'invoice' })) },
    ]);
    const [suggestion] = exception.suggestions;
    expect((await command(`/v1/reconciliation/suggestions/${suggestion?.id ?? ''}/confirm`)).status).toBe(204);
    expect(await Promise.all(harbour.map(statusOf))).toEqual(harbour.map(() => 'paid'));
    expect(await command(`/v1/reconciliation/suggestions/${suggestion?.id ?? ''}/confirm`)).toMatchObject({
      status: 409,
      body: { code: 'SUGGESTION_NOT_OPEN' },
    });
  });

  it('a wrong match is undone by a reversal, and nothing of it is lost', async () => {
    const invoice = next();
    await imported({ credits: [pay(invoice.number, minor(invoice))] });
    expect(await statusOf(invoice)).toBe('paid');
    const [group] = await exchange.sql<{ group_id: string }>(
      `SELECT group_id FROM match_members WHERE member_id = $1`,
      [invoice.id],
    );
    const path = `/v1/reconciliation/matches/${group?.group_id ?? ''}/unmatch`;
    expect((await command(path, { reason: 'The payer meant another invoice' })).status).toBe(204);
    expect(await command(path, { reason: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'MATCH_NOT_REVERSIBLE' },
    });
    expect(await statusOf(invoice)).toBe('issued');
    const kept = await exchange.sql(`SELECT ended_by, end_reason FROM match_groups WHERE group_id = $1`, [
      group?.group_id,
    ]);
    expect(kept).toEqual([{ ended_by: 'usr_operator', end_reason: 'The payer meant another invoice' }]);
    const waiting = await exchange.sql<{ reason: string; line_id: string }>(
      `SELECT reason, line_id FROM match_exceptions WHERE item_id = $1 AND resolved_at IS NULL`,
      [invoice.id],
    );
    expect(waiting).toMatchObject([{ reason: 'UNMATCHED' }]);
    // Looked at again, the line pays the invoice again: the constraint holds matches in force only.
    const [line] = await exchange.sql<{ statement_id: string }>(
      'SELECT statement_id FROM bank_statement_lines WHERE line_id = $1',
      [waiting[0]?.line_id],
    );
    await command(`/v1/bank-statements/${line?.statement_id ?? ''}/match`);
    expect(await statusOf(invoice)).toBe('paid');
  });
});

describe('after all of it', () => {
  it('the books balance, and hledger says the same', async () => {
    const { body } = await exchange.get<TrialBalanceDto>('/v1/ledger/trial-balance');
    expect(body.totals.every(({ balanced }) => balanced)).toBe(true);
    if (!hledgerInstalled) return;
    const answer = await fetch(`${exchange.service.url}/v1/ledger/journal`, {
      headers: { [CALLER_HEADER]: await callerToken(auditor) },
    });
    expect(hledger(await answer.text(), 'check', '-s')).toBe('');
  });

  it('each line has one place', async () => {
    const open = await exchange.sql(`SELECT line_id FROM bank_statement_lines WHERE state = 'open'`);
    expect(open).toEqual([]);
    const { body } = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?limit=100');
    const waiting = body.data.reduce((sum, one) => sum + parseMoney(one.amount.amount, 'CNY').amountMinor, 0n);
    expect(parseMoney(await balanceOf('clearing:bank_in'), 'CNY').amountMinor).toBe(-waiting);
  });
});
