import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseMoney } from '@hetao/kernel';
import type { Page, Problem } from '@hetao/runtime';
import { buildCamt053, type InvoicePayment, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { TrialBalanceDto } from '../src/ledger/ledger.dto.js';
import type { PeriodStatusDto } from '../src/period/equation.dto.js';
import { maxOperationBytes } from '../src/settlement.config.js';
import type { ImportResultDto, StatementDto, StatementLineDto } from '../src/statement/statement.dto.js';
import {
  auditor,
  buyerOf,
  operator,
  settlementFixture,
  tellMonth,
  type SettlementFixture,
} from './settlement-fixture.js';

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
  await tellMonth(
    exchange,
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ name, merchant: 'lingnan', buyer: `buyer-${name}` })),
  );
  expect((await exchange.post('/v1/settlement/periods/2015-05/invoice')).status).toBe(200);
});
afterAll(() => exchange.stop());

const sample = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`../../../samples/bank/${name}`, import.meta.url))));
const account = { accountNumber: '4000021509200150', ownerName: 'Hetao Exchange', currency: 'CNY' as const };
let days = 0;
/** A statement of its own day, so that no two specs build the same one. */
const statementOf = (change: Partial<StatementContent>) =>
  buildCamt053({
    account,
    date: `2015-07-${String((days += 1)).padStart(2, '0')}`,
    openingMinor: 0n,
    credits: [],
    debits: [],
    ...change,
  });
const minor = ({ gross }: InvoiceDto): bigint => parseMoney(gross.amount, gross.currency).amountMinor;
const pay = (invoice: InvoiceDto, change: Partial<InvoicePayment> = {}): InvoicePayment => ({
  endToEndId: invoice.number,
  remittance: '',
  amountMinor: minor(invoice),
  payerName: 'A buyer',
  ...change,
});
const clearing = async (kind: string): Promise<string | undefined> => {
  const { body } = await exchange.get<TrialBalanceDto>('/v1/ledger/trial-balance');
  return body.rows.find((row) => row.kind === kind && row.balance.currency === 'CNY')?.balance.amount;
};
const rowsOf = async (): Promise<unknown> =>
  exchange.sql(`SELECT (SELECT count(*) FROM bank_statement_files) AS files, (SELECT count(*) FROM bank_statements) AS statements,
                       (SELECT count(*) FROM bank_statement_lines) AS lines, (SELECT count(*) FROM ledger_entries) AS entries,
                       (SELECT count(*) FROM bank_matches) AS matches, (SELECT count(*) FROM match_exceptions) AS exceptions`);

let open: InvoiceDto[];
beforeEach(async () => {
  const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices?status=issued&limit=100');
  open = [...body.data];
});
const next = (): InvoiceDto => {
  const invoice = open.pop();
  if (invoice === undefined) throw new Error('the specs have used up all invoices');
  return invoice;
};

describe('the samples of real banks', () => {
  it('imports the one that is sound: two statements in a currency the exchange does not settle in', async () => {
    const { status, body } = await exchange.importXml(sample('camt053.v2.multi.statement.xml'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ entries: 2, lines: 2, matched: 0, unmatched_total: 2 });
    expect(
      body.statements.map(({ reference, opening, closing }) => [reference, opening?.amount, closing?.amount]),
    ).toEqual([
      ['253EURNL26VAYB8060476890', '18.15', '27.00'],
      ['254EURNL26VAYB8060476890', '27.00', '20.00'],
    ]);
    expect(body.unmatched.map(({ reason, amount, side }) => [reason, amount, side])).toEqual([
      ['CURRENCY_NOT_SETTLED', { amount: '8.85', currency: 'EUR' }, 'credit'],
      ['CURRENCY_NOT_SETTLED', { amount: '7.00', currency: 'EUR' }, 'debit'],
    ]);
    expect(await exchange.sql(`SELECT 1 FROM ledger_accounts WHERE currency = 'EUR'`)).toEqual([]);
  });

  it.each([
    ['camt053.v2.minimal.xml', 422, 'STATEMENT_CURRENCY_MIXED'],
    ['camt053.v4.xml', 422, 'STATEMENT_CURRENCY_MIXED'],
    ['camt053.v8.xml', 422, 'STATEMENT_CURRENCY_MIXED'],
    ['camt053.v2.with-account-name.xml', 422, 'STATEMENT_ELEMENT_INVALID'],
    ['camt053.v2.wrong.xml', 422, 'STATEMENT_ELEMENT_INVALID'],
  ])('refuses %s with %i %s, and keeps nothing of it', async (name, status, code) => {
    const before = await rowsOf();
    const answer = await exchange.importXml<Problem>(sample(name));
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.detail).toMatch(/^line \d+/);
    expect(answer.body.fix).not.toBe('');
    expect(await rowsOf()).toEqual(before);
  });
});

describe('a file that is no statement', () => {
  it.each([
    [
      'a billion laughs',
      `<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(100)}">]><a>&b;</a>`,
      400,
      'STATEMENT_XML_FORBIDDEN',
    ],
    ['half of one', statementOf({}).xml.slice(0, 700), 400, 'STATEMENT_XML_INVALID'],
    ['a table', 'date;amount', 422, 'STATEMENT_FORMAT_UNSUPPORTED'],
  ])('%s is refused', async (_name, xml, status, code) => {
    const before = await rowsOf();
    expect(await exchange.importXml(xml)).toMatchObject({ status, body: { code } });
    expect(await rowsOf()).toEqual(before);
  });

  it('is refused when it is larger than the bound', async () => {
    const xml = statementOf({}).xml.replace('<Stmt>', `<!--${'x'.repeat(maxOperationBytes)}--><Stmt>`);
    expect(await exchange.importXml(xml)).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  });

  it('is refused as JSON', async () => {
    expect(await exchange.post('/v1/bank-statements')).toMatchObject({
      status: 400,
      body: { code: 'STATEMENT_XML_INVALID' },
    });
  });

  it('is taken from operators alone', async () => {
    for (const caller of [auditor, buyerOf('buyer-a')]) {
      expect(await exchange.importXml(statementOf({}).xml, caller)).toMatchObject({ status: 403 });
    }
    expect((await exchange.importXml(statementOf({}).xml, operator)).status).toBe(200);
  });
});

describe('a statement that does not agree with itself or with what is known', () => {
  it('is refused when it does not add up', async () => {
    const { xml } = statementOf({ credits: [pay(next())] });
    const broken = xml.replace(/(CLBD.*?<Amt Ccy="CNY">)\d+/, '$11');
    expect(await exchange.importXml(broken)).toMatchObject({ status: 422, body: { code: 'STATEMENT_UNBALANCED' } });
  });

  it('is refused when the bank used its identification for another content', async () => {
    const first = statementOf({ credits: [{ endToEndId: 'X', remittance: '', amountMinor: 5n, payerName: 'P' }] });
    expect((await exchange.importXml(first.xml)).status).toBe(200);
    const other = first.xml.replaceAll('>0.05<', '>0.06<');
    expect(await exchange.importXml(other)).toMatchObject({ status: 409, body: { code: 'STATEMENT_CONFLICT' } });
  });

  it('has one effect when it is imported many times at once', async () => {
    const invoice = next();
    const { xml } = statementOf({ credits: [pay(invoice)] });
    const answers = await Promise.all(Array.from({ length: 6 }, () => exchange.importXml(xml)));
    expect(answers.map(({ status, body }) => [status, body.matched])).toEqual(answers.map(() => [200, 1]));
    const paid = await exchange.sql(
      `SELECT 1 FROM ledger_transactions WHERE movement = 'invoice_paid' AND reference_id = $1`,
      [invoice.id],
    );
    expect(paid).toHaveLength(1);
  });
});

describe('a payment that does not fit', () => {
  const unmatchedOf = async (
    payments: readonly InvoicePayment[],
    currency: 'CNY' | 'HKD' = 'CNY',
  ): Promise<ImportResultDto['unmatched']> => {
    const { xml } = statementOf({ credits: payments, account: { ...account, currency } });
    return (await exchange.importXml(xml)).body.unmatched;
  };

  it('short, over, in another currency, for nothing we know: stays on clearing with its reason, and the invoice stays open', async () => {
    const invoice = next();
    const before = await clearing('clearing:bank_in');
    const [short] = await unmatchedOf([pay(invoice, { amountMinor: minor(invoice) - 1n })]);
    const [over] = await unmatchedOf([pay(invoice, { amountMinor: minor(invoice) + 1n })]);
    const [wrong] = await unmatchedOf([pay(invoice)], 'HKD');
    const [unknown] = await unmatchedOf([pay(invoice, { endToEndId: 'HX-2015-999999' })]);
    const [none] = await unmatchedOf([pay(invoice, { endToEndId: 'NOTPROVIDED', remittance: 'thanks' })]);
    expect([short, over, wrong, unknown, none].map((line) => line?.reason)).toEqual([
      'UNDERPAID',
      'OVERPAID',
      'WRONG_CURRENCY',
      'UNKNOWN_REFERENCE',
      'NO_REFERENCE',
    ]);
    expect([short, over, wrong].map((line) => line?.item?.id)).toEqual([invoice.id, invoice.id, invoice.id]);
    expect(short?.detail).toContain(`${invoice.number} is CNY 837.78, the bank line CNY 837.77`);
    expect((await exchange.get<InvoiceDto>(`/v1/invoices/${invoice.id}`)).body.status).toBe('issued');
    const held =
      parseMoney((await clearing('clearing:bank_in')) ?? '0', 'CNY').amountMinor -
      parseMoney(before ?? '0', 'CNY').amountMinor;
    // Four payments in CNY: one cent short, one over, and two of the exact amount.
    expect(held).toBe(-4n * minor(invoice));
  });

  it('paid twice, in one statement or two, is an exception the second time', async () => {
    const invoice = next();
    const twice = await exchange.importXml(statementOf({ credits: [pay(invoice), pay(invoice)] }).xml);
    expect(twice.body).toMatchObject({ matched: 1, unmatched: [{ reason: 'ALREADY_PAID', line_no: 2 }] });
    const [again] = await unmatchedOf([pay(invoice)]);
    expect(again).toMatchObject({ reason: 'ALREADY_PAID', item: { kind: 'invoice', id: invoice.id } });
  });

  it('announced, taken back or over nothing moves no invoice', async () => {
    const invoice = next();
    const pending = statementOf({ credits: [pay(invoice)] })
      .xml.replace('<Cd>BOOK</Cd>', '<Cd>PDNG</Cd>')
      .replace(/(CLBD.*?<Amt Ccy="CNY">)[\d.]+/, '$10.00');
    expect((await exchange.importXml(pending)).body).toMatchObject({ lines: 1, matched: 0, unmatched: [] });
    const reversal = statementOf({ credits: [pay(invoice)] }).xml.replace('<Sts>', '<RvslInd>true</RvslInd><Sts>');
    expect((await exchange.importXml(reversal)).body.unmatched).toMatchObject([{ reason: 'REVERSAL' }]);
    const nothing = statementOf({ credits: [pay(invoice, { amountMinor: 0n })] }).xml;
    expect((await exchange.importXml(nothing)).body).toMatchObject({ lines: 1, matched: 0, unmatched: [] });
    expect((await exchange.get<InvoiceDto>(`/v1/invoices/${invoice.id}`)).body.status).toBe('issued');
  });

  it('of 10^18 minor units is kept to the unit', async () => {
    const [line] = await unmatchedOf(
      [{ endToEndId: 'HX-2015-999999', remittance: '', amountMinor: 10n ** 18n - 1n, payerName: 'P' }],
      'HKD',
    );
    expect(line?.amount).toEqual({ amount: '9999999999999999.99', currency: 'HKD' });
  });

  it('blocks the close of the period it names', async () => {
    const { body } = await exchange.get<PeriodStatusDto>('/v1/settlement/periods/2015-05');
    const item = body.checklist.find(({ code }) => code === 'BANK_LINES_OPEN');
    expect(item?.ok).toBe(false);
    expect(item?.ids[0]).toMatch(/^bsl_/);
  });
});

describe('a payment that came before its invoice', () => {
  it('is matched when the statement is looked at again', async () => {
    const deal = { name: 'h', merchant: 'lingnan', buyer: 'buyer-h', period: '2015-06' };
    const [last] = await exchange.sql<{ last_no: number }>('SELECT last_no FROM invoice_counters WHERE year = 2015');
    const number = `HX-2015-${String((last?.last_no ?? 0) + 1).padStart(6, '0')}`;
    const early = statementOf({
      credits: [{ endToEndId: number, remittance: '', amountMinor: 83_778n, payerName: 'buyer-h' }],
    });
    const imported = await exchange.importXml(early.xml);
    expect(imported.body.unmatched).toMatchObject([{ reason: 'UNKNOWN_REFERENCE' }]);
    const again = `/v1/bank-statements/${imported.body.statement_id}/match`;
    expect((await exchange.post<ImportResultDto>(again)).body.unmatched).toMatchObject([
      { reason: 'UNKNOWN_REFERENCE' },
    ]);
    exchange.clock.set('2015-07-10T00:00:00Z');
    await tellMonth(exchange, [deal], '2015-06');
    expect((await exchange.post('/v1/settlement/periods/2015-06/invoice')).status).toBe(200);
    expect((await exchange.post<ImportResultDto>(again)).body).toMatchObject({ matched: 1, unmatched: [] });
    expect((await exchange.post<ImportResultDto>(again)).body).toMatchObject({ matched: 1, unmatched: [] });
    const kept = await exchange.sql<{ resolved: boolean }>(
      `SELECT x.resolved_at IS NOT NULL AS resolved FROM match_exceptions x JOIN bank_statement_lines l USING (line_id) WHERE l.statement_id = $1`,
      [imported.body.statement_id],
    );
    // The look that found nothing new added no second exception, and the match resolved the one there was.
    expect(kept).toEqual([{ resolved: true }]);
    const { body } = await exchange.get<PeriodStatusDto>('/v1/settlement/periods/2015-06');
    expect(body.checklist.filter(({ ok }) => !ok).map(({ code }) => code)).toEqual([
      'SHARES_NOT_PAID_OUT',
      'EQUATION_BROKEN',
    ]);
  });
});

describe('what was imported', () => {
  it('can be listed and opened to its lines', async () => {
    const { body } = await exchange.get<Page<StatementDto>>(
      `/v1/bank-statements?limit=2&account=${account.accountNumber}`,
      auditor,
    );
    expect(body.data).toHaveLength(2);
    expect(body.has_more).toBe(true);
    const [statement] = body.data;
    expect((await exchange.get<StatementDto>(`/v1/bank-statements/${statement?.statement_id ?? ''}`)).body).toEqual(
      statement,
    );
    const lines = await exchange.get<Page<StatementLineDto>>(
      `/v1/bank-statements/${statement?.statement_id ?? ''}/lines?limit=100`,
    );
    expect(lines.body.data).toHaveLength(statement?.lines ?? -1);
    expect(await exchange.get('/v1/bank-statements/bst_01jz8r8t2vf3q0w9c5m7n4x6ka')).toMatchObject({
      status: 404,
      body: { code: 'STATEMENT_NOT_FOUND' },
    });
  });
});
