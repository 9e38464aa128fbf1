import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Problem } from '@hetao/runtime';
import type { CreditNoteDto } from '../src/credit-note/credit-note.dto.js';
import type { DisputeDto } from '../src/dispute/dispute.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import { balances, command, grossOf, invoiceOf, payInvoice, takeBack } from './invoicing-world.js';
import {
  agreementIdOf,
  auditor,
  buyerOf,
  id,
  merchantOf,
  settlementFixture,
  tellMonth,
  type Deal,
  type SettlementFixture,
} from './settlement-fixture.js';

const PERIOD = '2015-05';
const path = `/v1/settlement/periods/${PERIOD}`;
const names = ['drafted', 'parted', 'credited', 'disputed', 'voided', 'reversed'] as const;
const deals: readonly Deal[] = names.map((name) => ({
  name,
  merchant: `m-${name}`,
  buyer: `b-${name}`,
  channel: `c-${name}`,
}));

let exchange: SettlementFixture;
let invoices: ReadonlyMap<string, InvoiceDto>;
const invoiceId = (name: (typeof names)[number]): string => invoices.get(id('agr', name))?.id ?? '';
const of = async (name: (typeof names)[number]) => {
  const all = await balances(exchange);
  const own = [`m-${name}`, `b-${name}`, `c-${name}`].map((party) => id('par', party));
  return Object.fromEntries(
    Object.entries(all)
      .filter(([key]) => own.some((party) => key.endsWith(party)))
      .map(([key, minor]) => [key.slice(0, key.indexOf(' ')), minor]),
  );
};

beforeAll(async () => {
  exchange = await settlementFixture();
  await tellMonth(exchange, deals);
});
afterAll(() => exchange.stop());

describe('drafts', () => {
  it('show what would be issued, without a number or a posting, and are made anew', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await exchange.post(`${path}/invoice-drafts`)).toMatchObject({ status: 200, body: { drafts: 6 } });
    }
    const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices?status=draft&limit=4');
    expect(body.data).toHaveLength(4);
    expect(body.data[0]).toMatchObject({
      number: '',
      status: 'draft',
      issued_at: null,
      due_date: null,
      gross: { amount: '837.78' },
    });
    const rest = await exchange.get<Page<InvoiceDto>>(
      `/v1/invoices?status=draft&limit=4&cursor=${body.next_cursor ?? ''}`,
    );
    expect(rest.body.data).toHaveLength(2);
    expect(await balances(exchange)).toEqual({});
  });

  it('become invoices with the terms agreed meanwhile: order number and days to pay', async () => {
    const terms = `/v1/settlement/billing-terms/${id('agr', 'drafted')}`;
    const put = (body: unknown, as = buyerOf('b-drafted')) =>
      command<Problem>(exchange, terms, body, { as, method: 'PUT' });
    expect(await put({ purchase_order: 'PO-7' })).toMatchObject({
      status: 200,
      body: { purchase_order: 'PO-7', net_days: null },
    });
    expect((await put({ purchase_order: 'PO-8' }, buyerOf('b-voided'))).status).toBe(404);
    expect(await put({ net_days: 10 })).toMatchObject({ status: 403, body: { code: 'BILLING_TERMS_NOT_YOURS' } });
    const operator = await command(exchange, terms, { purchase_order: 'PO-9', net_days: 10 }, { method: 'PUT' });
    expect(operator).toMatchObject({ status: 200, body: { purchase_order: 'PO-9', net_days: 10 } });
    expect((await exchange.post(`${path}/invoice`)).body).toMatchObject({ issued: 6, invoices: 6 });
    const { body } = await exchange.get<Page<InvoiceDto>>('/v1/invoices?limit=100');
    invoices = new Map(body.data.map((invoice) => [invoice.agreement_id, invoice]));
    expect(invoices.get(agreementIdOf(deals[0] as Deal))).toMatchObject({
      purchase_order: 'PO-9',
      due_date: '2015-06-20',
    });
    expect(body.data.map(({ number }) => number)).toEqual([6, 5, 4, 3, 2, 1].map((no) => `HX-2015-00000${no}`));
    expect((await exchange.get<Page<InvoiceDto>>('/v1/invoices?status=draft')).body.data).toEqual([]);
  });

  it('are overdue by the calendar of the legal zone', async () => {
    const overdue = async () => (await exchange.get<Page<InvoiceDto>>('/v1/invoices?status=overdue')).body.data;
    expect(await overdue()).toEqual([]);
    exchange.clock.advance({ days: 11 });
    expect((await overdue()).map(({ agreement_id, status }) => [agreement_id, status])).toEqual([
      [id('agr', 'drafted'), 'overdue'],
    ]);
  });
});

describe('payments', () => {
  it('come in parts, and never beyond what is outstanding', async () => {
    const invoice = invoiceId('parted');
    expect(await payInvoice(exchange, invoice, 83_779n, { line: 'bsl_over' })).toBe('INVOICE_NOT_PAYABLE');
    expect(await payInvoice(exchange, invoice, 10_000n, { line: 'bsl_1' })).toBe('paid');
    expect(await invoiceOf(exchange, invoice)).toMatchObject({
      status: 'part_paid',
      paid: { amount: '100.00' },
      outstanding: { amount: '737.78' },
      paid_at: null,
    });
    await expect(payInvoice(exchange, invoice, 1n, { line: 'bsl_1' })).rejects.toThrow('invoice_payments_once');
    expect(await payInvoice(exchange, invoice, 73_778n, { line: 'bsl_2' })).toBe('paid');
    const paid = await invoiceOf(exchange, invoice);
    expect(paid).toMatchObject({ status: 'paid', outstanding: { amount: '0.00' }, statement_line_id: 'bsl_2' });
    expect(paid.shares?.map(({ share, amount }) => [share, amount.amount])).toEqual([
      ['channel', '23.71'],
      ['exchange', '39.52'],
      ['merchant', '727.13'],
      ['tax', '47.42'],
    ]);
    expect(await payInvoice(exchange, invoice, 1n, { line: 'bsl_3' })).toBe('INVOICE_NOT_PAYABLE');
    expect(await of('parted')).toEqual({ 'payable:merchant': -72_713n, 'payable:channel': -2_371n });
  });

  it('are taken back when the bank returns them, and can come again', async () => {
    const invoice = invoiceId('reversed');
    expect(await payInvoice(exchange, invoice, 83_778n, { line: 'bsl_r' })).toBe('paid');
    expect(await takeBack(exchange, invoice, 'bsl_r')).toBe('taken back');
    expect(await takeBack(exchange, invoice, 'bsl_r')).toBe('PAYMENT_NOT_FOUND');
    expect(await invoiceOf(exchange, invoice)).toMatchObject({
      status: 'issued',
      paid: { amount: '0.00' },
      paid_at: null,
    });
    expect(await of('reversed')).toEqual({ 'receivable:buyer': 83_778n });
    expect(await payInvoice(exchange, invoice, 83_778n, { line: 'bsl_r' })).toBe('paid');
  });
});

describe('credit notes', () => {
  const credit = (body: unknown, key?: string) =>
    command<CreditNoteDto & Problem>(exchange, '/v1/settlement/credit-notes', body, key === undefined ? {} : { key });

  it('take back part of an invoice before it is paid, with its part of the tax', async () => {
    const order = {
      document_id: invoiceId('credited'),
      lines: [{ line_no: 2, net: '23.00' }],
      reason: 'Two days of errors',
    };
    const first = await credit(order, 'note-1');
    expect(first).toMatchObject({
      status: 201,
      body: {
        number: 'HXC-2015-000001',
        period: PERIOD,
        net: { amount: '23.00' },
        tax: { amount: '1.38' },
        refund: { amount: '0.00' },
      },
    });
    expect((await credit(order, 'note-1')).body).toEqual(first.body);
    expect(await invoiceOf(exchange, invoiceId('credited'))).toMatchObject({
      credited: { amount: '24.38' },
      outstanding: { amount: '813.40' },
      credit_note_ids: [first.body.id],
      lines: [{}, { credited: { amount: '23.00' } }, {}, {}],
    });
  });

  it.each([
    ['more than a line has', { line_no: 2, net: '100.01' }, 409, 'INVOICE_NOT_CREDITABLE'],
    ['nothing', { line_no: 2, net: '0' }, 409, 'INVOICE_NOT_CREDITABLE'],
    ['less than nothing', { line_no: 2, net: '-1' }, 422, 'VALIDATION_FAILED'],
    ['of the line of the tax', { line_no: 4, net: '1' }, 404, 'INVOICE_LINE_NOT_FOUND'],
    ['of no line', { line_no: 9, net: '1' }, 404, 'INVOICE_LINE_NOT_FOUND'],
    ['with decimals the currency has not', { line_no: 2, net: '1.001' }, 400, 'MONEY_INVALID'],
    ['beyond all sums', { line_no: 2, net: '10000000000000000000' }, 409, 'INVOICE_NOT_CREDITABLE'],
  ])('refuse %s', async (_what, line, status, code) => {
    const answer = await credit({ document_id: invoiceId('credited'), lines: [line], reason: 'r' });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('give back every party’s part to the cent when all of a paid invoice is taken back', async () => {
    const invoice = invoiceId('credited');
    expect(await payInvoice(exchange, invoice, 81_340n, { line: 'bsl_c' })).toBe('paid');
    const half = await credit({ document_id: invoice, lines: [{ line_no: 1, net: '333.33' }], reason: 'half' });
    expect(half.body).toMatchObject({ refund: { amount: '353.33' }, gross: { amount: '353.33' } });
    const rest = await credit({ document_id: invoice, reason: 'all of it' });
    expect(rest.body).toMatchObject({ net: { amount: '434.03' }, refund: { amount: '460.07' } });
    expect(await invoiceOf(exchange, invoice)).toMatchObject({
      status: 'credited',
      outstanding: { amount: '0.00' },
      paid: { amount: '0.00' },
    });
    expect(await of('credited')).toEqual({ 'payable:buyer': -81_340n });
    expect(
      await exchange.sql('SELECT amount_minor FROM invoice_splits WHERE invoice_id = $1 AND amount_minor <> 0', [
        invoice,
      ]),
    ).toEqual([]);
    expect(await credit({ document_id: invoice, reason: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'INVOICE_NOT_CREDITABLE' },
    });
    expect(await credit({ document_id: rest.body.id, reason: 'refund of a refund' })).toMatchObject({
      status: 409,
      body: { code: 'REFUND_OF_REFUND' },
    });
  });

  it('are gapless, seen by the parties alone, and nobody changes them', async () => {
    const list = async (as = auditor) =>
      (await exchange.get<Page<CreditNoteDto>>('/v1/settlement/credit-notes', as)).body.data.map(
        ({ number }) => number,
      );
    expect(await list()).toEqual([3, 2, 1].map((no) => `HXC-2015-00000${no}`));
    expect(await list(buyerOf('b-credited'))).toHaveLength(3);
    expect(await list(merchantOf('m-voided'))).toEqual([]);
    await expect(exchange.sql('UPDATE credit_notes SET net_minor = 1')).rejects.toThrow('immutable');
    await expect(exchange.sql('DELETE FROM invoice_split_moves')).rejects.toThrow('immutable');
    expect((await command(exchange, '/v1/settlement/credit-notes', {}, { as: buyerOf('b-credited') })).status).toBe(
      403,
    );
  });
});

describe('disputes', () => {
  const open = (body: unknown, as = buyerOf('b-disputed')) =>
    command<DisputeDto>(exchange, `/v1/invoices/${invoiceId('disputed')}/disputes`, body, { as });
  const decide = (dispute: string, outcome: string) =>
    command<DisputeDto>(exchange, `/v1/settlement/disputes/${dispute}/decide`, {
      outcome,
      reason: 'checked',
    });

  it('hold the disputed part of every share back, and are decided once', async () => {
    const invoice = invoiceId('disputed');
    expect(await payInvoice(exchange, invoice, 83_778n, { line: 'bsl_d' })).toBe('paid');
    const opened = await open({ line_no: 2, reason: 'We never called that often' });
    expect(opened).toMatchObject({
      status: 201,
      body: { status: 'open', net: { amount: '123.00' }, tax: { amount: '7.38' } },
    });
    expect(await open({ line_no: 2, net: '1', reason: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'DISPUTE_OPEN_ALREADY' },
    });
    expect(await open({ line_no: 1, reason: 'not mine' }, buyerOf('b-voided'))).toMatchObject({ status: 404 });
    const held = () =>
      exchange.sql('SELECT share, held_minor FROM payable_shares WHERE invoice_id = $1 ORDER BY share', [invoice]);
    expect(await held()).toEqual([
      { share: 'channel', held_minor: '369' },
      { share: 'merchant', held_minor: '11316' },
    ]);
    const upheld = await decide(opened.body.id, 'upheld');
    expect(upheld).toMatchObject({ status: 200, body: { status: 'upheld', decision: 'checked' } });
    expect(upheld.body.credit_note_id).toMatch(/^crn_/);
    expect((await decide(opened.body.id, 'upheld')).body).toMatchObject({ credit_note_id: upheld.body.credit_note_id });
    expect(await decide(opened.body.id, 'rejected')).toMatchObject({ status: 409, body: { code: 'DISPUTE_DECIDED' } });
    expect(await held()).toMatchObject([{ held_minor: '0' }, { held_minor: '0' }]);
    expect(await of('disputed')).toMatchObject({ 'payable:buyer': -13_038n });
  });

  it('end without effect when they are rejected', async () => {
    const before = await of('disputed');
    const opened = await open({ line_no: 1, net: '10', reason: 'too dear' });
    expect(await decide(opened.body.id, 'rejected')).toMatchObject({
      body: { status: 'rejected', credit_note_id: null },
    });
    expect(await of('disputed')).toEqual(before);
    const { body } = await exchange.get<Page<DisputeDto>>(
      '/v1/settlement/disputes?status=rejected',
      merchantOf('m-disputed'),
    );
    expect(body.data.map(({ id: dispute }) => dispute)).toEqual([opened.body.id]);
    expect((await exchange.get<Page<DisputeDto>>('/v1/settlement/disputes', merchantOf('m-voided'))).body.data).toEqual(
      [],
    );
  });
});

describe('void invoices', () => {
  const voiding = (invoice: string) =>
    command<Problem>(exchange, `/v1/invoices/${invoice}/void`, { reason: 'Wrong buyer' });

  it('owe nothing, keep their number, and are issued again under another', async () => {
    const invoice = invoiceId('voided');
    expect(await voiding(invoice)).toMatchObject({ status: 200, body: { status: 'void' } });
    expect((await voiding(invoice)).status).toBe(200);
    expect(await of('voided')).toEqual({});
    expect(await invoiceOf(exchange, invoice)).toMatchObject({
      status: 'void',
      void_reason: 'Wrong buyer',
      outstanding: { amount: '0.00' },
    });
    expect(await payInvoice(exchange, invoice, grossOf(await invoiceOf(exchange, invoice)), { line: 'bsl_v' })).toBe(
      'INVOICE_NOT_PAYABLE',
    );
    expect((await exchange.post(`${path}/invoice`)).body).toMatchObject({ issued: 1, invoices: 6 });
    const again = (await exchange.get<Page<InvoiceDto>>('/v1/invoices?limit=1')).body.data[0];
    expect(again).toMatchObject({ number: 'HX-2015-000007', agreement_id: id('agr', 'voided'), status: 'issued' });
    expect(again?.id).not.toBe(invoice);
  });

  it('are never those that were paid or credited', async () => {
    for (const name of ['parted', 'credited'] as const) {
      expect(await voiding(invoiceId(name))).toMatchObject({ status: 409, body: { code: 'INVOICE_NOT_VOIDABLE' } });
    }
  });
});

it('keeps what the parties hold equal to what is kept of every invoice', async () => {
  const wrong = await exchange.sql(
    `SELECT i.invoice_id FROM invoices i
      WHERE i.paid_minor <> (SELECT coalesce(sum(s.amount_minor), 0) FROM invoice_splits s WHERE s.invoice_id = i.invoice_id)
         OR i.paid_minor <> (SELECT coalesce(sum(m.delta_minor), 0) FROM invoice_split_moves m WHERE m.invoice_id = i.invoice_id)`,
  );
  expect(wrong).toEqual([]);
  const all = await balances(exchange);
  expect(Object.values(all).reduce((a, b) => a + b, 0n)).toBe(0n);
});
