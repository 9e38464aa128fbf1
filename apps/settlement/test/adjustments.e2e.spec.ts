import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AgreementConcludedV1, UsageCorrectedV1, UsagePeriodClosedV1, UsagePeriodCompletedV1 } from '@hetao/events';
import { deterministicId, parseMoney } from '@hetao/kernel';
import { rate } from '@hetao/rating';
import type { Page } from '@hetao/runtime';
import type { TestCaller } from '@hetao/testing';
import type { AdjustmentDto } from '../src/adjustment/adjustment.dto.js';
import type { CreditNoteDto } from '../src/credit-note/credit-note.dto.js';
import type { ExplanationDto } from '../src/explanation/explanation.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { EquationDto, PeriodStatusDto } from '../src/period/equation.dto.js';
import type { ChargeDto } from '../src/rating/charge.dto.js';
import { balances, command, invoiceOf, payInvoice } from './invoicing-world.js';
import {
  agreementIdOf,
  agreementOf,
  buyerOf,
  merchantOf,
  settlementFixture,
  usageOf,
  type Deal,
  type SettlementFixture,
} from './settlement-fixture.js';

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
});
afterAll(() => exchange.stop());

type Totals = UsageCorrectedV1['before'];
interface Story {
  readonly deal: Deal;
  readonly original: string;
  readonly into: string;
}
const used = (calls: string, bytes = '0', events = 10): Totals => [
  { meter: 'bytes', quantity: bytes, events },
  { meter: 'calls', quantity: calls, events },
];
/** Each story has two months of its own. */
const story = (name: string, year: string): Story => ({
  deal: { name, merchant: 'lingnan', buyer: 'harbour', channel: 'bridge' },
  original: `${year}-05`,
  into: `${year}-06`,
});
const concluded = ({ deal }: Story) => exchange.publish(AgreementConcludedV1, agreementOf(deal));
const closed = ({ deal }: Story, period: string, totals: Totals) =>
  exchange.publish(UsagePeriodClosedV1, { ...usageOf({ ...deal, period }), totals });
const completed = (period: string, agreements = 1) =>
  exchange.publish(UsagePeriodCompletedV1, {
    period,
    timeZone: 'Asia/Shanghai',
    agreements,
    closedAt: '2015-06-01T00:00:05.000Z',
  });
let stated = 0;
const correction = (
  { deal, original, into }: Story,
  before: Totals,
  after: Totals,
  cause: UsageCorrectedV1['cause'],
) => {
  stated += 1;
  const { productId, merchantId, buyerId } = agreementOf(deal);
  return {
    adjustmentId: deterministicId('adj', deal.name, String(stated).padStart(4, '0')),
    correctionId: deterministicId('cor', deal.name, String(stated)),
    agreementId: agreementIdOf(deal),
    productId,
    merchantId,
    buyerId,
    originalPeriodId: deterministicId('per', original, agreementIdOf(deal)),
    originalPeriod: original,
    adjustmentPeriod: into,
    timeZone: 'Asia/Shanghai',
    cause,
    revertsCorrectionId: null,
    reason: 'A retry loop called twice.',
    before,
    after,
    netEffect: null,
    appliedAt: `2015-06-15T09:00:${String(stated).padStart(2, '0')}.000Z`,
  };
};
const correct = (event: UsageCorrectedV1) => exchange.publish(UsageCorrectedV1, event);
const invoice = async (period: string): Promise<InvoiceDto> => {
  expect(await exchange.post(`/v1/settlement/periods/${period}/invoice`)).toMatchObject({ status: 200 });
  const { body } = await exchange.get<Page<InvoiceDto>>(`/v1/invoices?period=${period}`);
  const [one] = body.data;
  if (one === undefined || body.data.length > 1) throw new Error(JSON.stringify(body));
  return one;
};
const chargesOf = async (period: string) =>
  (await exchange.get<Page<ChargeDto>>(`/v1/charges?period=${period}`)).body.data;
const minor = (amount: string) => parseMoney(amount, 'CNY').amountMinor;
const sumOf = async (period: string) =>
  (await chargesOf(period)).reduce((sum, { amount }) => sum + minor(amount.amount), 0n);
const adjusted = async (period: string) => (await chargesOf(period)).filter(({ kind }) => kind === 'adjustment');
const ratingOf = ({ deal, original }: Story, totals: Totals) =>
  rate({ plan: agreementOf(deal).plan, totals, period: original }).net.amountMinor;
const settledAs = ({ deal }: Story) =>
  exchange.sql<{ state: string; net: string }>(
    'SELECT state, net_minor AS net FROM usage_adjustments WHERE agreement_id = $1 ORDER BY applied_at',
    [agreementIdOf(deal)],
  );
const listed = async (period: string): Promise<readonly AdjustmentDto[]> =>
  (await exchange.get<Page<AdjustmentDto>>(`/v1/settlement/adjustments?period=${period}`)).body.data;
const owedIn = async (period: string) => {
  const { body } = await exchange.get<PeriodStatusDto>(`/v1/settlement/periods/${period}`);
  return body.checklist.find(({ code }) => code === 'ADJUSTMENTS_OWED');
};
const balanced = async (period: string) => {
  const { body } = await exchange.get<EquationDto>(`/v1/settlement/periods/${period}/equation`);
  const [equation] = body.currencies;
  if (equation === undefined) throw new Error(JSON.stringify(body));
  const { usage, rated, invoiced } = equation;
  expect([rated.amount, invoiced.amount]).toEqual([usage.amount, usage.amount]);
};

describe('a closed month that is counted otherwise', () => {
  it('and lower is taken off the next month, with a link to everything it came from', async () => {
    const lower = story('void', '2012');
    const [before, after] = [used('10000'), used('9000')];
    await concluded(lower);
    await closed(lower, lower.original, before);
    await completed(lower.original);
    await exchange.drained();
    const first = await invoice(lower.original);
    const told = correction(lower, before, after, 'void');
    await correct(told);
    await correct(told);
    await closed(lower, lower.into, used('2000'));
    await correct(told);
    await completed(lower.into);
    await exchange.drained();
    expect(await adjusted(lower.into)).toMatchObject([
      {
        component_id: `calls:adjustment:${told.adjustmentId}`,
        exact_amount: '-12.3',
        amount: { amount: '-12.30' },
        rule_version: 'rating-1',
        adjustment_id: told.adjustmentId,
        original_charge_id: deterministicId('chg', told.agreementId, lower.original, 'calls'),
      },
    ]);
    const original = await sumOf(lower.original);
    expect(original - 1_230n).toBe(ratingOf(lower, after));
    const second = await invoice(lower.into);
    // 500.00 + 24.60 - 12.30
    expect(second).toMatchObject({ net: { amount: '512.30' } });
    const { lines } = await invoiceOf(exchange, second.id);
    const line = lines.find(({ component_id }) => component_id.startsWith('calls:adjustment'));
    const { body } = await exchange.get<ExplanationDto>(`/v1/invoices/${second.id}/lines/${line?.line_no}/explanation`);
    expect(body).toMatchObject({
      amount: { amount: '-12.30' },
      component: { id: 'calls', kind: 'per_unit' },
      recomputed: { amount: { amount: '-12.30' }, agrees: true },
      adjustment: {
        id: told.adjustmentId,
        correction_id: told.correctionId,
        cause: 'void',
        original_period: lower.original,
        original_usage_period_id: told.originalPeriodId,
        original_invoice: { id: first.id, number: first.number },
        before,
        after,
      },
    });
    await balanced(lower.original);
    await balanced(lower.into);
    const report = await exchange.get<Page<object>>(`/v1/settlement/periods/${lower.into}/three-way`);
    expect(report.body.data).toMatchObject([
      { usage: { amount: '512.30' }, adjusted: { amount: '-12.30' }, differences: [{ code: 'OUTSTANDING' }] },
    ]);
  });

  it('and higher costs what the tiers make of it, also in a month without usage of its own', async () => {
    const higher = story('replace', '2013');
    const [before, after] = [used('0', '999000000'), used('0', '1001500000')];
    await concluded(higher);
    await closed(higher, higher.original, before);
    await exchange.drained();
    await correct(correction(higher, before, after, 'replace'));
    await closed(higher, higher.into, []);
    await completed(higher.into);
    await exchange.drained();
    // 1,000,000 bytes up to the tier's end at 0.08 and 1,500,000 beyond it at 0.05; nothing but that is charged.
    expect(
      (await chargesOf(higher.into)).map(({ kind, amount, exact_amount }) => [kind, amount.amount, exact_amount]),
    ).toEqual([['adjustment', '0.16', '0.155']]);
    expect((await sumOf(higher.original)) + (await sumOf(higher.into))).toBe(ratingOf(higher, after));
    expect(await invoice(higher.into)).toMatchObject({ net: { amount: '0.16' } });
    await balanced(higher.into);
  });

  it('though it had no usage at all is charged whole, and again only by the difference', async () => {
    const late = story('late', '2011');
    const [first, second] = [used('100'), used('250')];
    await concluded(late);
    await correct(correction(late, [], first, 'late'));
    await correct(correction(late, first, second, 'late'));
    await closed(late, late.into, used('1'));
    await completed(late.into);
    await exchange.drained();
    expect((await adjusted(late.into)).reduce((sum, { amount }) => sum + minor(amount.amount), 0n)).toBe(
      ratingOf(late, second),
    );
    await invoice(late.into);
    await balanced(late.into);
  });

  it.each([
    ['its agreement comes last', '2008', ['original', 'correction', 'close', 'agreement']],
    ['it is told after the month it is charged in', '2009', ['agreement', 'original', 'close', 'correction']],
  ] as const)('comes to the same when %s', async (_name, year, order) => {
    const turned = story(`order-${year}`, year);
    const [before, after] = [used('10000', '1200000000'), used('7001', '800000001')];
    const steps = {
      agreement: () => concluded(turned),
      original: () => closed(turned, turned.original, before),
      correction: () => correct(correction(turned, before, after, 'batch')),
      close: () => closed(turned, turned.into, used('1')),
    };
    for (const step of order) {
      await steps[step]();
      await exchange.drained();
    }
    await completed(turned.into);
    await exchange.drained();
    const differences = (await adjusted(turned.into)).reduce((sum, { amount }) => sum + minor(amount.amount), 0n);
    expect((await sumOf(turned.original)) + differences).toBe(ratingOf(turned, after));
    await invoice(turned.into);
    await balanced(turned.into);
  });
});

describe('more given back than the next month comes to', () => {
  it('is a credit note against the original invoice, as soon as there is one, and a refund when it was paid', async () => {
    const much = story('credit', '2010');
    const [before, after] = [used('100000'), used('10000')];
    await concluded(much);
    await closed(much, much.original, before);
    await completed(much.original);
    await correct(correction(much, before, after, 'void'));
    await closed(much, much.into, []);
    await completed(much.into);
    await exchange.drained();
    expect(await chargesOf(much.into)).toEqual([]);
    expect(await settledAs(much)).toEqual([{ state: 'owed', net: '-110700' }]);
    const [owed] = await listed(much.into);
    expect(owed).toMatchObject({ state: 'owed', net: { amount: '-1107.00' }, original_period: much.original });
    expect(await owedIn(much.into)).toMatchObject({ ok: false, ids: [owed?.id] });
    const original = await invoice(much.original);
    await exchange.drained();
    expect(await settledAs(much)).toEqual([{ state: 'credited', net: '-110700' }]);
    expect(await owedIn(much.into)).toMatchObject({ ok: true });
    const { body } = await exchange.get<Page<CreditNoteDto>>('/v1/settlement/credit-notes');
    expect(body.data).toMatchObject([
      { invoice_id: original.id, net: { amount: '1107.00' }, tax: { amount: '66.42' } },
    ]);
    expect((await sumOf(much.original)) - 110_700n).toBe(ratingOf(much, after));
    await balanced(much.original);
    const report = await exchange.get<Page<object>>(`/v1/settlement/periods/${much.original}/three-way`);
    expect(report.body.data).toMatchObject([
      { differences: [{ code: 'USAGE_CORRECTED', amount: { amount: '1173.42' } }, { code: 'OUTSTANDING' }] },
    ]);
    const left = minor(original.gross.amount) - 117_342n;
    expect(await payInvoice(exchange, original.id, left, { line: deterministicId('lin', 'credit') })).toBe('paid');
    expect(Object.values(await balances(exchange)).reduce((sum, one) => sum + one, 0n)).toBe(0n);
    // Corrected once more: now that the invoice is paid, what is given back is owed to the buyer.
    await correct(correction(much, after, used('9000'), 'void'));
    await exchange.drained();
    expect(await settledAs(much)).toMatchObject([{ state: 'credited' }, { state: 'credited', net: '-1230' }]);
    expect(await exchange.deadLetters()).toEqual([]);
  });
});

describe('what no credit note has room for', () => {
  it('is listed, keeps its month from closing, and ends when an operator says how it was settled', async () => {
    const stuck = story('stuck', '2006');
    await concluded(stuck);
    await closed(stuck, stuck.original, used('100000'));
    await completed(stuck.original);
    await correct(correction(stuck, used('100000'), used('10000'), 'void'));
    await closed(stuck, stuck.into, []);
    await completed(stuck.into);
    await exchange.drained();
    const [owed] = await listed(stuck.into);
    const settle = (id: string) =>
      command<AdjustmentDto & { code?: string }>(exchange, `/v1/settlement/adjustments/${id}/settled-outside`, {
        reason: 'Paid back by hand, slip 12',
      });
    const answers = [await settle(owed?.id ?? ''), await settle(owed?.id ?? '')];
    expect(answers.map(({ status, body }) => [status, body.state, body.decision?.reason])).toEqual([
      [200, 'settled_outside', 'Paid back by hand, slip 12'],
      [200, 'settled_outside', 'Paid back by hand, slip 12'],
    ]);
    expect(await owedIn(stuck.into)).toMatchObject({ ok: true });
    const credited = (await exchange.get<Page<AdjustmentDto>>('/v1/settlement/adjustments?state=credited')).body.data;
    expect(await settle(credited[0]?.id ?? '')).toMatchObject({ status: 409, body: { code: 'ADJUSTMENT_NOT_OWED' } });
    const unknown = await settle('adj_01hzzzzzzzzzzzzzzzzzzzzzzz');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'ADJUSTMENT_NOT_FOUND' } });
    // Its parties see it, and nobody else.
    const seenBy = async (as: TestCaller): Promise<number> =>
      (await exchange.get<Page<object>>(`/v1/settlement/adjustments?period=${stuck.into}`, as)).body.data.length;
    expect(await seenBy(buyerOf(stuck.deal.buyer))).toBe(1);
    expect(await seenBy(merchantOf(stuck.deal.merchant))).toBe(1);
    expect(await seenBy(buyerOf('somebody'))).toBe(0);
  });
});

describe('what contradicts what is known', () => {
  it('goes to the dead letters: other content, and a charge for a month that is invoiced', async () => {
    const wrong = story('wrong', '2014');
    const before = used('10');
    const told = correction(wrong, before, used('20'), 'replace');
    await concluded(wrong);
    await closed(wrong, wrong.original, before);
    await correct(told);
    await closed(wrong, wrong.into, used('1'));
    await completed(wrong.into);
    await exchange.drained();
    await correct({ ...told, after: used('30') });
    await exchange.drained();
    await invoice(wrong.into);
    await correct(correction(wrong, used('20'), used('30'), 'replace'));
    await exchange.drained();
    const codes = (await exchange.deadLetters()).map(({ error }) => /[A-Z]+_[A-Z_]+/.exec(error)?.[0]);
    expect(codes.sort()).toEqual(['ADJUSTMENT_CONFLICT', 'ADJUSTMENT_TOO_LATE']);
    expect((await adjusted(wrong.into)).map(({ amount }) => amount.amount)).toEqual(['0.13']);
  });
});
