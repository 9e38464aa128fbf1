import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AgreementConcludedV1,
  ParticipantApprovedV1,
  UsagePeriodClosedV1,
  UsagePeriodCompletedV1,
} from '@hetao/events';
import type { Page } from '@hetao/runtime';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import {
  agreementIdOf,
  agreementOf,
  id,
  participantOf,
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

type Step = 'agreement' | 'usage' | 'completed';
const orders: readonly (readonly Step[])[] = [
  ['agreement', 'usage', 'completed'],
  ['agreement', 'completed', 'usage'],
  ['usage', 'agreement', 'completed'],
  ['usage', 'completed', 'agreement'],
  ['completed', 'agreement', 'usage'],
  ['completed', 'usage', 'agreement'],
];

const tell = (step: Step, deal: Deal): Promise<void> => {
  if (step === 'agreement') return exchange.publish(AgreementConcludedV1, agreementOf(deal));
  if (step === 'usage') return exchange.publish(UsagePeriodClosedV1, usageOf(deal));
  const { period = '' } = deal;
  return exchange.publish(UsagePeriodCompletedV1, {
    period,
    timeZone: 'Asia/Shanghai',
    agreements: 1,
    closedAt: '2015-06-01T00:00:05.000Z',
  });
};

describe('what a month comes to does not depend on the order in which it is told', () => {
  it.each(orders.map((order, index) => [order.join(', '), order, `2014-0${index + 1}`] as const))(
    '%s, each of them twice',
    async (_name, order, period) => {
      const deal: Deal = { name: `order-${period}`, merchant: 'lingnan', buyer: 'harbour', period };
      for (const step of order) {
        await tell(step, deal);
        // The next one must find this one done, or the order would be the broker's and not ours.
        await exchange.drained();
      }
      for (const step of order) await tell(step, deal);
      await exchange.drained();
      expect((await exchange.post(`/v1/settlement/periods/${period}/invoice`)).status).toBe(200);
      const { body } = await exchange.get<Page<InvoiceDto>>(`/v1/invoices?period=${period}`);
      expect(body.data.map(({ gross }) => gross.amount)).toEqual(['837.78']);
      expect(await exchange.deadLetters()).toEqual([]);
    },
  );

  it('nor does it when agreements and their usage race', async () => {
    const deals = Array.from({ length: 40 }, (_, n): Deal => ({
      name: `race-${n}`,
      merchant: 'lingnan',
      buyer: 'harbour',
      period: '2014-07',
    }));
    await Promise.all(deals.flatMap((deal) => [tell('usage', deal), tell('agreement', deal)]));
    await exchange.drained();
    const rows = await exchange.sql<{ state: string; charges: string }>(
      `SELECT u.state, (SELECT count(*) FROM charges c WHERE c.agreement_id = u.agreement_id AND c.period = u.period) AS charges
         FROM usage_periods u WHERE u.period = '2014-07'`,
    );
    expect(rows).toEqual(deals.map(() => ({ state: 'rated', charges: '3' })));
  });
});

describe('what contradicts what is known', () => {
  it('other totals for a month that was told, and another time zone, go to the dead letters with the reason', async () => {
    const deal: Deal = { name: 'contradiction', merchant: 'lingnan', buyer: 'harbour', period: '2014-08' };
    await tell('agreement', deal);
    await tell('usage', deal);
    await exchange.drained();
    await exchange.publish(UsagePeriodClosedV1, usageOf({ ...deal, calls: '10001' }));
    const abroad = { ...usageOf({ ...deal, name: 'abroad' }), timeZone: 'Europe/London' };
    await exchange.publish(UsagePeriodClosedV1, abroad);
    await exchange.drained();
    const errors = (await exchange.deadLetters()).map(({ key, error }) => [key, /[A-Z]+_[A-Z_]+/.exec(error)?.[0]]);
    expect(new Map(errors as [string, string][])).toEqual(
      new Map([
        [agreementIdOf(deal), 'USAGE_PERIOD_CONFLICT'],
        [abroad.agreementId, 'PERIOD_ZONE_CONFLICT'],
      ]),
    );
    const kept = await exchange.sql<{ quantity: string }>(
      `SELECT quantity FROM charges WHERE agreement_id = $1 AND meter = 'calls'`,
      [agreementIdOf(deal)],
    );
    expect(kept).toEqual([{ quantity: '10000' }]);
  });

  it('an approval from before the last one does not bring an old bank account back', async () => {
    const newer = {
      ...participantOf('moved'),
      approvedAt: '2015-05-01T00:00:00.000Z',
      bankAccount: { name: 'moved', accountNumber: 'NEW' },
    };
    await exchange.publish(ParticipantApprovedV1, newer);
    await exchange.publish(ParticipantApprovedV1, participantOf('moved'));
    await exchange.drained();
    const rows = await exchange.sql<{ account: string }>(
      `SELECT bank_account->>'accountNumber' AS account FROM participants WHERE participant_id = $1`,
      [id('par', 'moved')],
    );
    expect(rows).toEqual([{ account: 'NEW' }]);
  });
});
