import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AgreementConcludedV1,
  ParticipantApprovedV1,
  UsagePeriodClosedV1,
  UsagePeriodCompletedV1,
} from '@hetao/events';
import { parseMoney } from '@hetao/kernel';
import type { Page, Problem } from '@hetao/runtime';
import { buildCamt053 } from '../../../tools/trade/src/camt053.js';
import type { InvoiceDto, InvoicingResultDto } from '../src/invoice/invoice.dto.js';
import type { PayoutDto, PayoutRunDto } from '../src/payout/payout.dto.js';
import type { EquationDto, PeriodStatusDto } from '../src/period/equation.dto.js';
import type { ImportResultDto } from '../src/statement/statement.dto.js';
import {
  agreementOf,
  id,
  participantOf,
  settlementFixture,
  usageOf,
  type Deal,
  type SettlementFixture,
} from './settlement-fixture.js';

const DEALS = 120;
const deals = Array.from({ length: DEALS }, (_, n): Deal => ({
  name: `deal-${n}`,
  merchant: `m${n % 4}`,
  buyer: `b${n % 9}`,
  calls: String(n * 7),
  ...(n % 3 === 0 ? { channel: 'broker' } : {}),
}));
const path = '/v1/settlement/periods/2015-05';
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
  // m3 was approved without a bank account.
  await exchange.publishAll(
    ParticipantApprovedV1,
    ['m0', 'm1', 'm2', 'broker'].map((name) => participantOf(name)),
  );
  await exchange.publish(ParticipantApprovedV1, participantOf('m3', false));
  await exchange.publishAll(AgreementConcludedV1, deals.map(agreementOf));
  await exchange.publishAll(UsagePeriodClosedV1, deals.map(usageOf));
  const free: Deal = { name: 'free', merchant: 'm0', buyer: 'b0' };
  const { plan, ...agreement } = agreementOf(free);
  await exchange.publish(AgreementConcludedV1, {
    ...agreement,
    plan: { ...plan, components: [{ kind: 'flat', id: 'free', amount: '0' }] },
  });
  await exchange.publish(UsagePeriodClosedV1, usageOf(free));
  await exchange.publish(UsagePeriodCompletedV1, {
    period: '2015-05',
    timeZone: 'Asia/Shanghai',
    agreements: DEALS + 1,
    closedAt: '2015-06-01T00:00:05.000Z',
  });
  await exchange.drained();
});
afterAll(() => exchange.stop());

/** Every page of a list. */
async function all<T>(list: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor = ''; ;) {
    const { body } = await exchange.get<Page<T>>(`${list}&limit=50${cursor}`);
    found.push(...body.data);
    if (body.next_cursor === null) return found;
    cursor = `&cursor=${body.next_cursor}`;
  }
}

describe('a month of many agreements', () => {
  it('is invoiced once by two operators at once, with numbers that have no gap', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => exchange.post<InvoicingResultDto>(`${path}/invoice`)));
    expect(runs.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(runs.reduce((sum, { body }) => sum + body.issued, 0)).toBe(DEALS + 1);
    const numbers = (await all<InvoiceDto>('/v1/invoices?period=2015-05')).map(({ number }) => number).reverse();
    expect(numbers).toEqual(Array.from({ length: DEALS + 1 }, (_, n) => `HX-2015-${String(n + 1).padStart(6, '0')}`));
  });

  it('bills nothing for nothing: such an invoice is paid as it is issued', async () => {
    const paid = await all<InvoiceDto>('/v1/invoices?period=2015-05&status=paid');
    expect(paid.map(({ agreement_id, gross }) => [agreement_id, gross.amount])).toEqual([[id('agr', 'free'), '0.00']]);
  });

  it('is collected with one batch-booked statement', async () => {
    const invoices = await all<InvoiceDto>('/v1/invoices?period=2015-05&status=issued');
    const credits = invoices.map(({ number, gross }) => ({
      endToEndId: number,
      remittance: '',
      amountMinor: parseMoney(gross.amount, 'CNY').amountMinor,
      payerName: 'B',
    }));
    const { xml } = buildCamt053({
      account,
      date: '2015-06-05',
      openingMinor: 0n,
      credits,
      debits: [],
      batchCredits: true,
    });
    expect((await exchange.importXml(xml)).body).toMatchObject({
      entries: 1,
      lines: DEALS,
      matched: DEALS,
      unmatched: [],
    });
  });

  it('is paid out once by two operators at once; who has no bank account is held, and paid later', async () => {
    const runs = await Promise.all([1, 2].map(() => exchange.post<PayoutRunDto>(`${path}/payouts`)));
    expect(runs.map(({ body }) => body.instructed).sort()).toEqual([0, 4]);
    for (const { body } of runs) {
      expect(body.held).toMatchObject([{ beneficiary_id: id('par', 'm3'), code: 'BANK_ACCOUNT_MISSING' }]);
    }
    const blocked = await exchange.post<Problem>(`${path}/close`);
    expect(blocked.body.errors?.map(({ code }) => code)).toContain('SHARES_NOT_PAID_OUT');
    await exchange.publish(ParticipantApprovedV1, { ...participantOf('m3'), approvedAt: '2015-06-09T00:00:00.000Z' });
    await exchange.drained();
    expect((await exchange.post<PayoutRunDto>(`${path}/payouts`)).body).toMatchObject({
      instructed: 1,
      payouts: 5,
      held: [],
    });
  });

  it('closes with every cent accounted for', async () => {
    const payouts = await all<PayoutDto>('/v1/payouts?period=2015-05');
    const debits = payouts.map(({ end_to_end_id, amount }) => ({
      endToEndId: end_to_end_id,
      amountMinor: parseMoney(amount.amount, 'CNY').amountMinor,
      beneficiaryName: 'M',
    }));
    const { xml } = buildCamt053({ account, date: '2015-06-09', openingMinor: 10n ** 9n, credits: [], debits });
    expect((await exchange.importXml<ImportResultDto>(xml)).body).toMatchObject({ matched: 5, unmatched: [] });
    const { body } = await exchange.get<EquationDto>(`${path}/equation`);
    expect(body).toMatchObject({
      balanced: true,
      currencies: [{ invoiced: { count: DEALS + 1 }, split: { count: DEALS }, settled: { count: 5 } }],
    });
    expect((await exchange.post<PeriodStatusDto>(`${path}/close`)).body).toMatchObject({
      status: 'closed',
      closed_by: 'usr_operator',
    });
    const [event] = await exchange.sql<{ data: unknown }>(
      `SELECT data FROM outbox WHERE type = 'hetao.settlement.period-closed.v1'`,
    );
    const [cny] = body.currencies;
    const minor = (amount: string | undefined): string => parseMoney(amount ?? '', 'CNY').amountMinor.toString();
    const data = (typeof event?.data === 'string' ? JSON.parse(event.data) : event?.data) as { totals: unknown };
    expect(data.totals).toEqual([
      {
        currency: 'CNY',
        usageRated: minor(cny?.usage.amount.amount),
        invoiced: minor(cny?.invoiced.amount.amount),
        paidOut: minor(cny?.settled.merchants.amount),
        channel: minor(cny?.settled.channels.amount),
        fee: minor(cny?.settled.fee.amount),
        tax: minor(cny?.settled.tax.amount),
      },
    ]);
  });

  it('takes bank money that is booked into the closed month late as money of today', async () => {
    const { xml } = buildCamt053({
      account,
      date: '2015-05-20',
      openingMinor: 0n,
      credits: [{ endToEndId: 'LATE', remittance: '', amountMinor: 7n, payerName: 'B' }],
      debits: [],
    });
    expect((await exchange.importXml(xml)).status).toBe(200);
    const rows = await exchange.sql<{ effective_at: Date }>(
      `SELECT effective_at FROM ledger_transactions WHERE movement = 'bank_credit' ORDER BY transaction_no DESC LIMIT 1`,
    );
    expect(rows[0]?.effective_at).toEqual(exchange.clock.now());
  });
});
