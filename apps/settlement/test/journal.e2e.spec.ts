import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLER_HEADER, type Page } from '@hetao/runtime';
import { callerToken, type TestCaller } from '@hetao/testing';
import { buildCamt053 } from '../../../tools/trade/src/camt053.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import { beanCheck, beancountInstalled } from './beancount.js';
import { hledger, hledgerInstalled } from './hledger.js';
import { grossOf } from './invoicing-world.js';
import { auditor, merchantOf, settlementFixture, tellMonth, type SettlementFixture } from './settlement-fixture.js';

const withHledger = hledgerInstalled ? it : it.skip;
const withBeancount = beancountInstalled ? it : it.skip;

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
  await tellMonth(exchange, [
    { name: 'one', merchant: 'lingnan', buyer: 'harbour', channel: 'broker' },
    { name: 'two', merchant: 'macau', buyer: 'harbour', currency: 'HKD' },
  ]);
  expect((await exchange.post('/v1/settlement/periods/2015-05/invoice')).status).toBe(200);
});
afterAll(() => exchange.stop());

const journal = async (query = '', as: TestCaller = auditor): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${exchange.service.url}/v1/ledger/journal${query}`, {
    headers: { [CALLER_HEADER]: await callerToken(as) },
  });
  return { status: answer.status, text: await answer.text() };
};

describe('the ledger as a journal', () => {
  withHledger('is accepted by hledger, and its balances are the ledger’s', async () => {
    const { status, text } = await journal();
    expect(status).toBe(200);
    expect(hledger(text, 'check', '-s')).toBe('');
    const balances = hledger(text, 'balance', '--flat', '-N', 'receivable');
    expect(balances).toMatch(/837\.78 CNY/);
    expect(balances).toMatch(/837\.78 HKD/);
  });

  withHledger('of one period is a journal too', async () => {
    const { text } = await journal('?period=2015-05');
    expect(hledger(text, 'check', '-s')).toBe('');
    expect((await journal('?period=2015-04')).text).not.toContain('txn_');
  });

  it('is written for Beancount too', async () => {
    const { status, text } = await journal('?format=beancount');
    expect(status).toBe(200);
    expect(text).toMatch(/^2015-05-31 \* "invoice_issued" "inv_/m);
    expect(text).toMatch(/^2015-06-01 balance Assets:Receivable:Buyer:\S+ 837\.78 ~ 0 CNY$/m);
  });

  withBeancount('is accepted by bean-check, all of it and each period', async () => {
    for (const query of ['', '&period=2015-05', '&period=2015-04']) {
      beanCheck((await journal(`?format=beancount${query}`)).text);
    }
  });

  withHledger('has of a bank line that pays two months in each the part that is for it', async () => {
    await tellMonth(exchange, [{ name: 'three', merchant: 'lingnan', buyer: 'harbour' }], '2015-06');
    await exchange.post('/v1/settlement/periods/2015-06/invoice');
    const { data } = (await exchange.get<Page<InvoiceDto>>('/v1/invoices')).body;
    const both = data.filter(({ gross }) => gross.currency === 'CNY');
    const { xml } = buildCamt053({
      account: { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' },
      ...{ date: '2015-06-10', openingMinor: 0n, debits: [] },
      credits: [
        {
          ...{ endToEndId: 'NOTPROVIDED', payerName: 'harbour' },
          remittance: both.map(({ number }) => number).join(' '),
          amountMinor: both.reduce((sum, one) => sum + grossOf(one), 0n),
        },
      ],
    });
    expect((await exchange.importXml(xml)).body).toMatchObject({ matched: 1 });
    const [may, june, all] = await Promise.all(
      ['?period=2015-05', '?period=2015-06', ''].map((query) => journal(query)),
    );
    const atBank = (text = ''): string =>
      /(\S+) CNY/.exec(hledger(text, 'balance', '--flat', '-N', 'assets:bank'))?.[1] ?? '';
    expect([atBank(may?.text), atBank(june?.text), atBank(all?.text)]).toEqual(['837.78', '837.78', '1675.56']);
    for (const one of [may, june]) {
      expect(hledger(one?.text ?? '', 'check', '-s')).toBe('');
      // What came in for the month went on to those it is for.
      expect(hledger(one?.text ?? '', 'balance', '--flat', '-N', 'clearing:bank_in', 'cur:CNY')).toBe('');
    }
  });

  it('is not for tenants, and not in formats nobody knows', async () => {
    expect((await journal('', merchantOf('lingnan'))).status).toBe(403);
    expect((await journal('?format=excel')).status).toBe(422);
  });

  it('leaves no transaction open behind a reader who goes away', async () => {
    const stop = new AbortController();
    const headers = { [CALLER_HEADER]: await callerToken(auditor) };
    const answer = await fetch(`${exchange.service.url}/v1/ledger/journal`, { headers, signal: stop.signal });
    stop.abort();
    await answer.body?.cancel().catch(() => undefined);
    expect((await journal()).status).toBe(200);
  });
});
