import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '@hetao/runtime';
import { eventually } from '@hetao/testing';
import { buildCamt053 } from '../../../tools/trade/src/camt053.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { PayoutDto } from '../src/payout/payout.dto.js';
import { RunPayouts } from '../src/payout/payout-run.use-cases.js';
import { command, grossOf } from './invoicing-world.js';
import { id, merchantOf, settlementFixture, tellMonth, type SettlementFixture } from './settlement-fixture.js';

interface Run {
  readonly period: string;
  readonly instructed: number;
  readonly held: readonly { readonly beneficiary_id: string; readonly code: string }[];
}
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };
const MERCHANTS = ['monthly', 'weekly', 'third', 'homeless'];

let exchange: SettlementFixture;
const run = (): Promise<void> => exchange.service.app.get(RunPayouts, { strict: false }).execute();
const paid = async (): Promise<readonly string[]> => {
  const { body } = await exchange.get<Page<PayoutDto>>('/v1/payouts?limit=100');
  return body.data
    .map(({ beneficiary_id }) => MERCHANTS.find((name) => id('par', name) === beneficiary_id) ?? '')
    .sort();
};
const runs = async (): Promise<readonly Run[]> =>
  (await exchange.get<Page<Run>>('/v1/settlement/payout-runs')).body.data;
const agree = async (name: string, cycle: object): Promise<void> => {
  const { status } = await command(exchange, '/v1/settlement-terms', { participant_id: id('par', name), cycle });
  expect(status).toBe(201);
};

/** Everybody's invoice was paid on Friday, 5 June 2015. */
beforeAll(async () => {
  exchange = await settlementFixture('2015-06-06T08:00:00Z');
  await tellMonth(
    exchange,
    MERCHANTS.map((merchant) => ({ name: merchant, merchant, buyer: 'harbour' })),
  );
  await agree('weekly', { kind: 'weekly', weekday: 3 });
  await agree('third', { kind: 'after_days', days: 3 });
  await agree('homeless', { kind: 'after_days', days: 0 });
  await exchange.sql(
    `UPDATE participants SET bank_account = '{"name":"h","iban":"GB82 WEST"}' WHERE participant_id = $1`,
    [id('par', 'homeless')],
  );
  await exchange.post('/v1/settlement/periods/2015-05/invoice');
  const { data } = (await exchange.get<Page<InvoiceDto>>('/v1/invoices')).body;
  const credits = data.map((one) => ({
    ...{ endToEndId: one.number, remittance: '', amountMinor: grossOf(one), payerName: 'harbour' },
  }));
  const { xml } = buildCamt053({ account, date: '2015-06-05', openingMinor: 0n, credits, debits: [] });
  expect((await exchange.importXml(xml)).body).toMatchObject({ matched: MERCHANTS.length });
});
afterAll(() => exchange.stop());

describe('parties that are paid on days of their own', () => {
  it('are paid without anybody asking, each on its day and once; the others wait for an operator', async () => {
    await run();
    expect([await paid(), await runs()]).toEqual([[], []]);
    exchange.clock.set('2015-06-08T01:00:00Z');
    await run();
    expect(await paid()).toEqual(['third']);
    exchange.clock.set('2015-06-09T23:00:00Z');
    await Promise.all([run(), run()]);
    // In Shanghai it is Wednesday by now.
    expect(await paid()).toEqual(['third', 'weekly']);
    exchange.clock.set('2015-06-17T08:00:00Z');
    await run();
    expect(await paid()).toEqual(['third', 'weekly']);
  });

  it('each run that did something is kept, with who could not be paid', async () => {
    const kept = await runs();
    expect(kept.map(({ period, instructed }) => [period, instructed])).toEqual([
      ['2015-05', 1],
      ['2015-05', 1],
    ]);
    expect(kept[0]?.held).toEqual([{ beneficiary_id: id('par', 'homeless'), code: 'BANK_ACCOUNT_UNFIT' }]);
    expect((await exchange.get('/v1/settlement/payout-runs', merchantOf('weekly'))).status).toBe(403);
    await eventually(async () => {
      await exchange.post('/v1/settlement/periods/2015-05/payouts');
      expect(await paid()).toEqual(['monthly', 'third', 'weekly']);
    });
  });
});
