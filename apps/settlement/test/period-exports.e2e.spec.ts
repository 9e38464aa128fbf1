import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formatMoney, type Currency } from '@hetao/kernel';
import { CALLER_HEADER, type Page } from '@hetao/runtime';
import { callerToken } from '@hetao/testing';
import { buildCamt053 } from '../../../tools/trade/src/camt053.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { TrialBalanceDto } from '../src/ledger/ledger.dto.js';
import { readCsv } from '../src/statement/csv.reader.js';
import { grossOf } from './invoicing-world.js';
import { auditor, settlementFixture, tellMonth, type SettlementFixture } from './settlement-fixture.js';
import { readSheet } from './sheet.js';

const periods = ['2015-05', '2015-06'] as const;
const tables = ['trial-balance', 'invoices', 'payouts'] as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let exchange: SettlementFixture;
let paid: readonly InvoiceDto[];

const ask = async (path: string): Promise<Response> =>
  fetch(`${exchange.service.url}/v1/settlement/periods/${path}`, {
    headers: { [CALLER_HEADER]: await callerToken(auditor) },
  });
const csvOf = async (period: string, table: string): Promise<readonly (readonly string[])[]> =>
  [...readCsv(await (await ask(`${period}/exports/${table}`)).text(), ',')].map(({ cells }) => cells);
const trialOf = async (period: string): Promise<TrialBalanceDto> =>
  (await exchange.get<TrialBalanceDto>(`/v1/ledger/trial-balance?period=${period}`)).body;

/** Two months of three currencies, and one bank line that pays an invoice of each month. */
beforeAll(async () => {
  exchange = await settlementFixture('2015-07-10T08:00:00Z');
  const deal = (name: string, currency: Currency = 'CNY') => ({
    name,
    merchant: 'lingnan',
    buyer: 'harbour',
    currency,
  });
  await tellMonth(exchange, [deal('one'), deal('dong', 'VND'), deal('hong', 'HKD')]);
  await tellMonth(exchange, [deal('two')], '2015-06');
  for (const period of periods) {
    expect((await exchange.post(`/v1/settlement/periods/${period}/invoice`)).status).toBe(200);
  }
  const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices?limit=100');
  paid = body.data.filter(({ gross }) => gross.currency === 'CNY');
  const built = buildCamt053({
    account: { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' },
    date: '2015-07-01',
    openingMinor: 0n,
    credits: [
      {
        endToEndId: 'NOTPROVIDED',
        remittance: paid.map(({ number }) => number).join(' '),
        amountMinor: paid.reduce((sum, one) => sum + grossOf(one), 0n),
        payerName: 'harbour',
      },
    ],
    debits: [],
  });
  expect((await exchange.importXml(built.xml)).body).toMatchObject({ lines: 1, matched: 1, unmatched: [] });
  expect((await exchange.post('/v1/settlement/periods/2015-05/payouts')).status).toBe(200);
});
afterAll(() => exchange.stop());

describe('a bank line that pays into two months', () => {
  it('stands in each trial balance with what of it belongs there, and whole in the ledger’s', async () => {
    expect(paid.map(({ period }) => period).sort()).toEqual([...periods]);
    for (const invoice of paid) {
      const { rows, totals } = await trialOf(invoice.period);
      const of = (kind: string) => rows.find((row) => row.kind === kind && row.balance.currency === 'CNY');
      expect(of('bank')?.balance).toEqual(invoice.gross);
      expect(of('clearing:bank_in')).toMatchObject({ debit: invoice.gross, credit: invoice.gross });
      expect(totals.every(({ balanced }) => balanced)).toBe(true);
    }
    const whole = await exchange.get<TrialBalanceDto>('/v1/ledger/trial-balance');
    const sum = paid.reduce((total, one) => total + grossOf(one), 0n);
    const bank = whole.body.rows.find(({ kind }) => kind === 'bank');
    expect(bank?.balance.amount).toBe(formatMoney({ amountMinor: sum, currency: 'CNY' }));
  });

  it('is told the same by the table and by the route', async () => {
    for (const period of periods) {
      const { rows } = await trialOf(period);
      const told = rows.map(({ kind, debit, credit, balance }) => [
        ...[kind, debit.currency, debit.amount, credit.amount, balance.amount],
      ]);
      expect((await csvOf(period, 'trial-balance')).slice(1)).toEqual(told);
    }
  });
});

describe('a period’s tables as workbooks', () => {
  it('hold what the CSV holds: the same texts, and amounts as numbers with their currency’s decimals', async () => {
    const formats = new Set<string>();
    for (const period of periods) {
      for (const table of tables) {
        const answer = await ask(`${period}/exports/${table}?format=xlsx`);
        expect(answer.headers.get('content-type')).toBe(XLSX);
        expect(answer.headers.get('content-disposition')).toContain(`"${period}-${table}.xlsx"`);
        const sheet = readSheet(await answer.bytes());
        const [heading = [], ...rows] = await csvOf(period, table);
        expect(sheet.name).toBe(`${period} ${table}`);
        expect(sheet.frozenRows).toBe(1);
        expect(sheet.widths).toHaveLength(heading.length);
        expect(sheet.rows[0]?.map(({ value }) => value)).toEqual(heading);
        const currencyAt = heading.indexOf('currency');
        const asTexts = sheet.rows.slice(1).map((cells) =>
          cells.map(({ value, format }) => {
            if (typeof value === 'string') return value;
            if (value === null) return '';
            formats.add(`${String(cells[currencyAt]?.value)} ${format}`);
            return value.toFixed(/0(\.(0+))?$/.exec(format)?.[2]?.length ?? 0);
          }),
        );
        expect(asTexts).toEqual(rows);
        const amounts = sheet.rows.slice(1).flatMap((cells) => cells.filter(({ value }) => typeof value === 'number'));
        const written = rows.flatMap((cells) =>
          cells.slice(currencyAt + 1).filter((one) => /^-?\d+(\.\d+)?$/.test(one)),
        );
        expect(amounts).toHaveLength(written.length);
      }
    }
    expect(formats).toEqual(new Set(['CNY #,##0.00', 'HKD #,##0.00', 'VND #,##0']));
  });

  it('are those of the period that was asked for, by who may ask', async () => {
    expect(await exchange.get('/v1/settlement/periods/2015-05/exports/invoices?format=pdf')).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED' },
    });
    const empty = readSheet(await (await ask('2013-01/exports/invoices?format=xlsx')).bytes());
    expect(empty.rows).toHaveLength(1);
  });

  it('are refused where they would end early: a sum over them would be wrong', async () => {
    await exchange.sql(
      `INSERT INTO settlement_periods (period, time_zone, starts_at, ends_at)
       VALUES ('2014-01', 'Asia/Shanghai', '2013-12-31T16:00:00Z', '2014-01-31T16:00:00Z')`,
    );
    await exchange.sql(
      `INSERT INTO payouts (payout_id, period, beneficiary_id, share, amount_minor, gross_minor, currency, end_to_end_id,
                            bank_account, state, instructed_at)
       SELECT 'pay_' || n, '2014-01', 'par_x', 'merchant', n, n, 'CNY', 'E' || n, '{}', 'instructed', now()
         FROM generate_series(1, 20001) n`,
    );
    expect(await exchange.get('/v1/settlement/periods/2014-01/exports/payouts?format=xlsx')).toMatchObject({
      status: 409,
      body: { code: 'PERIOD_TABLE_TOO_LONG' },
    });
    const csv = await (await ask('2014-01/exports/payouts?format=csv')).text();
    expect(csv.split('\r\n')).toHaveLength(20_003);
  });
});
