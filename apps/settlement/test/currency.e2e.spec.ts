import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { money } from '@hetao/kernel';
import type { Page, Problem } from '@hetao/runtime';
import { CurrencyBook } from '../src/fx/currency.book.js';
import { FxClose } from '../src/fx/fx-close.book.js';
import type { GainDto, RateDto, RateImportDto } from '../src/fx/fx.dto.js';
import { PeriodRepository } from '../src/period/period.repository.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import { balances, invoiceOf, payInvoice } from './invoicing-world.js';
import {
  auditor,
  buyerOf,
  id,
  operator,
  settlementFixture,
  tellMonth,
  type Answer,
  type SettlementFixture,
} from './settlement-fixture.js';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken } from '@hetao/testing';

const PERIOD = '2015-05';
const header = 'date,base,quote,side,rate,inverse,source\n';
const day = (date: string, rate: string, inverse: string): string => `${date},HKD,CNY,mid,${rate},${inverse},BOC\n`;

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
  await tellMonth(exchange, [{ name: 'one', merchant: 'lingnan', buyer: 'harbour', currency: 'HKD' }]);
});
afterAll(() => exchange.stop());

async function importRates<T = RateImportDto>(body: string, type = 'text/csv', as = operator): Promise<Answer<T>> {
  const answer = await fetch(`${exchange.service.url}/v1/settlement/fx/rates`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, [CALLER_HEADER]: await callerToken(as) },
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

/** Runs as the close does: in one transaction, with the period’s row. */
function closing<T>(work: (fx: FxClose, ...args: Parameters<FxClose['missing']>) => Promise<T>): Promise<T> {
  const { app, uow } = exchange.service;
  return uow.run(async (tx) => {
    const period = await app.get(PeriodRepository, { strict: false }).find(tx, PERIOD);
    if (period === null) throw new Error('no period');
    return work(app.get(FxClose, { strict: false }), tx, period);
  });
}

describe('a month in a foreign currency', () => {
  let invoice: InvoiceDto;

  it('is invoiced without a rate, and the close says which pair and date it lacks', async () => {
    await exchange.post(`/v1/settlement/periods/${PERIOD}/invoice`);
    const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices');
    invoice = body.data[0] as InvoiceDto;
    expect(invoice.gross).toEqual({ amount: '837.78', currency: 'HKD' });
    expect(await closing((fx, ...args) => fx.missing(...args))).toEqual([
      { base: 'HKD', quote: 'CNY', date: '2015-06-10', neededBy: [invoice.id] },
    ]);
    expect(await closing((fx, ...args) => fx.revalue(...args))).toMatchObject({
      ok: false,
      error: { code: 'RATE_MISSING', detail: `HKD/CNY on 2015-06-10, needed by ${invoice.id}.` },
    });
  });

  it('takes rates in once, keeps both directions, and never changes one', async () => {
    const file = header + day('2015-05-29', '0.7990', '1.2516') + day('2015-06-09', '0.8000', '1.2500');
    const first = await importRates(file);
    expect(first).toMatchObject({ status: 200, body: { format: 'csv', source: 'BOC', rates: 2 } });
    expect((await importRates(file)).body).toEqual(first.body);
    const other = header + day('2015-06-09', '0.8001', '1.2499');
    expect(await importRates<Problem>(other)).toMatchObject({ status: 409, body: { code: 'RATE_CONFLICT' } });
    const { body } = await exchange.get<Page<RateDto>>('/v1/settlement/fx/rates?base=HKD&date=2015-06-10', auditor);
    expect(body.data).toMatchObject([
      {
        rate: '0.8',
        inverse: '1.25',
        side: 'mid',
        source: 'BOC',
        quoted_on: '2015-06-09',
        valid_until: '2015-06-14',
      },
    ]);
    await expect(exchange.sql('UPDATE fx_snapshots SET rate = 1')).rejects.toThrow('immutable');
  });

  it.each([
    ['a rate of zero', header + day('2015-06-11', '0', '1'), 'text/csv', 'RATE_INVALID'],
    ['no rates', '<x/>', 'application/xml', 'RATE_FILE_MALFORMED'],
    ['a document type', '<!DOCTYPE a><a/>', 'application/xml', 'RATE_FILE_MALFORMED'],
    ['JSON', '{}', 'application/json', 'RATE_FILE_MALFORMED'],
  ])('refuses %s', async (_what, file, type, code) => {
    expect(await importRates<Problem>(file, type)).toMatchObject({ status: 422, body: { code } });
  });

  it('lets nobody but operators import, and no tenant read gains', async () => {
    expect((await importRates<Problem>(header, 'text/csv', buyerOf('harbour'))).status).toBe(403);
    expect((await exchange.get('/v1/settlement/fx/gains', buyerOf('harbour'))).status).toBe(403);
  });

  it('names the rate on the invoice and on its payment, and realises what moved between them', async () => {
    // The rate of the invoice's day was imported after it: valuing it is made up for.
    expect(await closing((fx, ...args) => fx.missing(...args))).toEqual([]);
    await importRates(header + day('2015-06-12', '0.8200', '1.2195'));
    exchange.clock.advance({ days: 2 });
    expect(await payInvoice(exchange, invoice.id, 83_778n, { line: 'bsl_hkd', at: '2015-06-12T02:00:00Z' })).toBe(
      'paid',
    );
    expect(await closing((fx, ...args) => fx.revalue(...args))).toEqual({ ok: true, value: undefined });
    const { exchange_rates: rates } = await invoiceOf(exchange, invoice.id);
    expect(rates.map(({ purpose, functional }) => [purpose, functional.amount])).toEqual([
      ['issue', '670.22'],
      ['payment', '686.98'],
    ]);
    expect(new Set(rates.map(({ snapshot_id }) => snapshot_id)).size).toBe(2);
    const { body } = await exchange.get<Page<GainDto>>(`/v1/settlement/fx/gains?period=${PERIOD}&kind=realised`);
    // Fee 39.52 and tax 47.42 are the exchange's own: HKD 86.94 at 0.82 is 71.29, at 0.80 it was 69.55.
    expect(body.data).toMatchObject([
      { exposure: { amount: '86.94', currency: 'HKD' }, gain: { amount: '1.74', currency: 'CNY' } },
    ]);
    expect(await balances(exchange)).toEqual({ 'fx:realised exchange': -174n, 'trading exchange': 174n });
    await closing((fx, ...args) => fx.revalue(...args));
    expect(await balances(exchange)).toEqual({ 'fx:realised exchange': -174n, 'trading exchange': 174n });
  });

  it('converts what a party is owed through the trading accounts, each currency adding up on its own', async () => {
    const currency = exchange.service.app.get(CurrencyBook, { strict: false });
    const order = {
      participantId: id('par', 'lingnan'),
      account: 'payable:merchant' as const,
      sold: money(10_000n, 'HKD'),
      bought: 'CNY' as const,
      date: '2015-06-12',
      period: PERIOD,
      at: new Date('2015-05-30T00:00:00Z'),
      by: 'usr_operator',
    };
    const converted = await exchange.service.uow.run((tx) => currency.convert(tx, order));
    expect(converted).toMatchObject({
      ok: true,
      value: { boughtMinor: 8_200n, quote: { rate: '0.82', inverse: false } },
    });
    expect((await balances(exchange, 'HKD'))['trading exchange']).toBe(-10_000n);
    const late = await exchange.service.uow.run((tx) => currency.convert(tx, { ...order, date: '2015-07-01' }));
    expect(late).toMatchObject({ ok: false, error: { code: 'RATE_MISSING' } });
    const back = await exchange.service.uow.run((tx) =>
      currency.convert(tx, { ...order, sold: money(820n, 'CNY'), bought: 'HKD' }),
    );
    expect(back).toMatchObject({ ok: true, value: { boughtMinor: 1_000n, quote: { inverse: true } } });
  });

  it('values open positions at the end of the period and takes that back at the first instant of the next', async () => {
    // Held: HKD 90.00 for which CNY 73.80 is in the books; on 31 May one is 0.7990.
    expect(await closing((fx, ...args) => fx.revalue(...args))).toEqual({ ok: true, value: undefined });
    const entries = await exchange.sql(
      `SELECT t.effective_at, t.period, e.amount_minor FROM ledger_transactions t JOIN ledger_entries e USING (transaction_no)
         JOIN ledger_accounts a USING (account_no) WHERE t.movement = 'fx_revalued' AND a.kind = 'fx:unrealised' ORDER BY 1`,
    );
    expect(entries).toEqual([
      { effective_at: new Date('2015-05-31T15:59:59.999Z'), period: PERIOD, amount_minor: '189' },
      { effective_at: new Date('2015-05-31T16:00:00.000Z'), period: '2015-06', amount_minor: '-189' },
    ]);
    const { body } = await exchange.get<Page<GainDto>>('/v1/settlement/fx/gains?kind=unrealised');
    expect(body.data).toMatchObject([{ document_id: 'trading:HKD', gain: { amount: '-1.89' }, from_snapshot: null }]);
  });
});
