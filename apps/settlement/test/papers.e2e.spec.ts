import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgreementConcludedV1, AgreementConcludedV2, UsagePeriodClosedV1, UsagePeriodCompletedV1 } from '@hetao/events';
import { CALLER_HEADER, type Page, type Problem } from '@hetao/runtime';
import { callerToken, eventually } from '@hetao/testing';
import { extractText, getDocumentProxy } from 'unpdf';
import type { ExplanationDto } from '../src/explanation/explanation.dto.js';
import type { FapiaoDto } from '../src/fapiao/fapiao.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { ChargeDto } from '../src/rating/charge.dto.js';
import type { TaxRateDto } from '../src/tax/tax-rate.dto.js';
import { command, invoiceOf, payInvoice } from './invoicing-world.js';
import {
  agreementOf,
  auditor,
  buyerOf,
  id,
  merchantOf,
  operator,
  settlementFixture,
  tellMonth,
  usageOf,
  type Deal,
  type SettlementFixture,
} from './settlement-fixture.js';

const PERIOD = '2015-05';
const path = `/v1/settlement/periods/${PERIOD}`;
const plain: Deal = { name: 'plain', merchant: '岭南数据', buyer: '港灣大學' };
const rich: Deal = { name: 'rich', merchant: 'macau', buyer: 'straits', channel: 'broker' };

let exchange: SettlementFixture;
let plainId = '';
let richId = '';

/** An agreement of the second form that begins in the middle of the month, told by both versions. */
async function tellRich(): Promise<void> {
  const { plan, ...agreement } = { ...agreementOf(rich), effectiveFrom: '2015-05-14T16:00:00.000Z' };
  await exchange.publishAll(AgreementConcludedV2, [
    {
      ...agreement,
      timeZone: 'Asia/Shanghai',
      plan: {
        version: 2,
        currency: 'CNY',
        components: [
          { kind: 'flat', id: 'access', amount: '500', prorate: true },
          { kind: 'package', id: 'calls', meter: 'calls', size: '1000', price: '20', included: '500' },
          { kind: 'minimum', id: 'least', amount: '310', prorate: true },
          { kind: 'prepaid', id: 'credit', price: '90', credit: '100', grant: 'once', validPeriods: 2 },
        ],
        trial: null,
        fee: plan.fee,
        parties: [{ role: 'source', participantId: id('par', 'hospital'), bps: 1_000 }],
        withholding: { jurisdiction: 'CN', rateBps: 1_000 },
        tax: plan.tax,
      },
    },
  ]);
  await exchange.publish(AgreementConcludedV1, { ...agreement, plan });
}

beforeAll(async () => {
  exchange = await settlementFixture();
  await tellRich();
  await tellMonth(exchange, [plain, rich]);
  await exchange.post(`${path}/invoice`);
  const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices');
  const of = (name: string): string => body.data.find(({ agreement_id }) => agreement_id === id('agr', name))?.id ?? '';
  plainId = of('plain');
  richId = of('rich');
});
afterAll(() => exchange.stop());

describe('a plan of the second form', () => {
  it('is rated by the days of its agreement, topped up, and paid from credit bought ahead', async () => {
    const { body } = await exchange.get<Page<ChargeDto>>(`/v1/charges?agreement_id=${id('agr', 'rich')}`);
    expect(
      body.data.map(({ component_id, amount, rule_version }) => [component_id, amount.amount, rule_version]),
    ).toEqual([
      // 17 of 31 days of 500; 9,500 calls beyond 500 in 10 packages of 20; 17 of 31 days of 310 less 200 is nothing.
      ['access', '274.19', 'rating-2'],
      ['calls', '200.00', 'rating-2'],
      ['credit', '90.00', 'rating-2'],
      ['least', '0.00', 'rating-2'],
      ['credit:drawdown', '-100.00', 'rating-2'],
    ]);
  });

  it('is divided among all its parties, in a tie order that is kept', async () => {
    const invoice = await invoiceOf(exchange, richId);
    expect(invoice).toMatchObject({ net: { amount: '464.19' }, tax: { amount: '27.85' }, gross: { amount: '492.04' } });
    expect(await payInvoice(exchange, richId, 49_204n, { line: 'bsl_rich' })).toBe('paid');
    const { shares, rules } = await invoiceOf(exchange, richId);
    expect(rules.tie_order).toEqual(['merchant', 'channel', `source:${id('par', 'hospital')}`, 'exchange']);
    expect(Object.fromEntries(shares?.map(({ share, amount }) => [share, amount.amount]) ?? [])).toEqual({
      merchant: '342.58',
      channel: '13.92',
      [`source:${id('par', 'hospital')}`]: '46.42',
      exchange: '23.21',
      withholding: '38.06',
      tax: '27.85',
    });
  });

  it('draws the credit that is left in the next month, and refuses a month before it', async () => {
    const deal = { ...rich, calls: '600' };
    await exchange.publish(UsagePeriodClosedV1, {
      ...usageOf({ ...deal, period: '2015-06' }),
      timeZone: 'Asia/Shanghai',
    });
    await eventually(async () => {
      const { body } = await exchange.get<Page<ChargeDto>>(
        `/v1/charges?agreement_id=${id('agr', 'rich')}&period=2015-06`,
      );
      expect(body.data.map(({ component_id, amount }) => [component_id, amount.amount])).toEqual([
        ['access', '500.00'],
        ['calls', '20.00'],
        ['least', '290.00'],
      ]);
    });
    await exchange.publish(UsagePeriodClosedV1, usageOf({ ...deal, period: '2015-04' }));
    await eventually(
      async () => {
        expect((await exchange.deadLetters()).map(({ error }) => error).join()).toContain('USAGE_OUT_OF_ORDER');
      },
      { withinMs: 25_000 },
    );
    await exchange.publish(UsagePeriodCompletedV1, {
      period: '2015-06',
      timeZone: 'Asia/Shanghai',
      agreements: 1,
      closedAt: '2015-07-01T00:00:00.000Z',
    });
  });
});

describe('every line of an invoice', () => {
  const explain = (invoice: string, line: number, as = auditor) =>
    exchange.get<ExplanationDto>(`/v1/invoices/${invoice}/lines/${line}/explanation`, as);

  it('opens to what was counted, the part of the plan, the rule, and the sum done again', async () => {
    const { body } = await explain(plainId, 2, buyerOf('港灣大學'));
    expect(body).toMatchObject({
      kind: 'charge',
      amount: { amount: '123.00' },
      exact_amount: '123',
      rule_version: 'rating-1',
      component: { kind: 'per_unit', unitPrice: '0.0123', meter: 'calls' },
      usage: { meter: 'calls', quantity: '10000', events: 10_000, windows: 84 },
      recomputed: { amount: { amount: '123.00' }, agrees: true },
    });
    const url = new URL(body.usage?.windows_url ?? '', 'http://exchange');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      agreement_id: id('agr', 'plain'),
      from: '2015-04-30T16:00:00.000Z',
      to: '2015-05-31T16:00:00.000Z',
    });
  });

  it('agrees with itself, tax and credit included', async () => {
    for (const [invoice, count] of [
      [plainId, 4],
      [richId, 6],
    ] as const) {
      for (let line = 1; line <= count; line += 1) {
        expect((await explain(invoice, line)).body).toMatchObject({ line_no: line, recomputed: { agrees: true } });
      }
    }
    expect((await explain(plainId, 4)).body).toMatchObject({
      kind: 'tax',
      tax: {
        base: { amount: '790.36' },
        rate_bps: 600,
        rate_id: 'cn-vat-6-2013',
        source: 'Caishui [2013] 37, Annex 1 art. 12',
      },
      steps: [
        'net of all lines: CNY 790.36',
        '600 basis points of it (CN): CNY 47.4216',
        'rounded half up once, on the total: CNY 47.42',
      ],
    });
  });

  it.each([5, 0, 99_999])('is all there is: no line %i', async (line) => {
    expect((await explain(plainId, line)).status).toBe(404);
  });

  it('is for the parties alone', async () => {
    expect((await explain(plainId, 1, merchantOf('macau'))).status).toBe(404);
  });
});

describe('the printed invoice', () => {
  const pdf = async (invoice: string, language: string, as = operator) => {
    const answer = await fetch(`${exchange.service.url}/v1/invoices/${invoice}/pdf?language=${language}`, {
      headers: { [CALLER_HEADER]: await callerToken(as) },
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      file: new Uint8Array(await answer.arrayBuffer()),
    };
  };
  const textOf = async (file: Uint8Array): Promise<string> =>
    (await extractText(await getDocumentProxy(file), { mergePages: true })).text;

  it.each([
    ['en', ['Invoice HX-2015-', '港灣大學', 'CNY 837.78', 'This document is not a fapiao.']],
    ['zh-Hans', ['结算账单 HX-2015-', '大写金额：人民币捌佰叁拾柒元柒角捌分', '岭南数据']],
    ['zh-Hant', ['結算帳單 HX-2015-', '大寫金額：人民幣捌佰參拾柒元柒角捌分', '稅額 6 %（CN）']],
  ] as const)('says in %s what it is, whose, and how much', async (language, parts) => {
    const { status, type, file } = await pdf(plainId, language);
    expect([status, type]).toEqual([200, 'application/pdf']);
    const text = await textOf(file);
    for (const part of parts) expect(text).toContain(part);
  });

  it('is the same file each time, and nobody else’s', async () => {
    const [first, second] = [await pdf(plainId, 'zh-Hans'), await pdf(plainId, 'zh-Hans')];
    expect(Buffer.from(first.file).equals(Buffer.from(second.file))).toBe(true);
    expect((await pdf(plainId, 'en', merchantOf('macau'))).status).toBe(404);
    expect((await pdf(plainId, 'fr')).status).toBe(422);
  });
});

describe('fapiao', () => {
  const asked = { invoice_id: '', kind: 'special', title: '港灣大學', taxpayer_no: '91440300MA5XXXXX0A' };
  const request = (body: object, as = buyerOf('港灣大學')) =>
    command<FapiaoDto>(exchange, '/v1/settlement/fapiao', { ...asked, invoice_id: plainId, ...body }, { as });
  const news = (fapiao: string, body: object) =>
    command<FapiaoDto>(exchange, `/v1/settlement/fapiao/${fapiao}/news`, body);
  const evidence = { evidence_sha256: 'b'.repeat(64), date: '2015-06-11' };

  it('are asked for up to the invoice, noted with number and evidence, and taken back by a red one', async () => {
    const first = await request({ amount: '800.00' });
    expect(first).toMatchObject({ status: 201, body: { status: 'requested', amount: { amount: '800.00' } } });
    expect(await request({ amount: '37.79' })).toMatchObject({ status: 409, body: { code: 'FAPIAO_AMOUNT' } });
    const second = await request({});
    expect(second.body.amount.amount).toBe('37.78');
    const issued = { status: 'issued', number: '25442000000012345678', ...evidence };
    expect((await news(first.body.id, issued)).body).toMatchObject({
      status: 'issued',
      issued: { number: issued.number },
    });
    expect((await news(first.body.id, issued)).status).toBe(200);
    expect(await news(second.body.id, issued)).toMatchObject({ status: 409, body: { code: 'FAPIAO_NUMBER_TAKEN' } });
    expect(await news(first.body.id, { status: 'failed', reason: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'FAPIAO_STATE' },
    });
    expect((await news(second.body.id, { status: 'failed', reason: 'Quota used up' })).body.failure).toBe(
      'Quota used up',
    );
    expect((await news(first.body.id, { status: 'red_requested' })).body.status).toBe('red_requested');
    const red = { status: 'red_flushed', number: '25442000000087654321', ...evidence };
    expect((await news(first.body.id, red)).body).toMatchObject({ status: 'red_flushed', red: { number: red.number } });
    expect((await request({})).body.amount.amount).toBe('837.78');
    const { body } = await exchange.get<Page<FapiaoDto>>(
      `/v1/settlement/fapiao?invoice_id=${plainId}`,
      merchantOf('岭南数据'),
    );
    expect(body.data.map(({ status }) => status)).toEqual(['red_flushed', 'failed', 'requested']);
  });

  it('name the taxpayer when special, and are nobody else’s to ask for', async () => {
    expect(await request({ taxpayer_no: undefined })).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED' },
    });
    expect((await request({}, buyerOf('straits'))).status).toBe(404);
    expect(
      await command<Problem>(exchange, `/v1/settlement/fapiao/${id('fap', 'none')}/news`, { status: 'red_requested' }),
    ).toMatchObject({
      status: 404,
      body: { code: 'FAPIAO_NOT_FOUND' },
    });
  });
});

describe('tax rates', () => {
  it('are data with their time and law', async () => {
    const at = async (jurisdiction: string, date: string) =>
      (
        await exchange.get<Page<TaxRateDto>>(`/v1/settlement/tax-rates?jurisdiction=${jurisdiction}&date=${date}`)
      ).body.data
        .filter(({ category }) => category === 'standard')
        .map(({ rate_bps }) => rate_bps);
    expect(await at('CN', '2015-05-31')).toEqual([600]);
    expect(await at('SG', '2022-12-31')).toEqual([700]);
    expect(await at('SG', '2023-01-01')).toEqual([800]);
    expect(await at('SG', '2024-01-01')).toEqual([900]);
    expect(await at('HK', '2015-05-31')).toEqual([0]);
    const all = await exchange.get<Page<TaxRateDto>>('/v1/settlement/tax-rates?limit=100', buyerOf('straits'));
    expect(all.body.data.every(({ source }) => source.length > 0)).toBe(true);
  });
});
