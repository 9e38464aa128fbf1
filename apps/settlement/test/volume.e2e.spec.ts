import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParticipantApprovedV1 } from '@hetao/events';
import type { Problem } from '@hetao/runtime';
import { buildCamt053 } from '../../../tools/trade/src/camt053.js';
import type { InvoicingResultDto } from '../src/invoice/invoice.dto.js';
import type { PayoutRunDto } from '../src/payout/payout.dto.js';
import type { EquationDto } from '../src/period/equation.dto.js';
import {
  agreementOf,
  participantOf,
  settlementFixture,
  usageOf,
  type SettlementFixture,
} from './settlement-fixture.js';

/** More than a statement of SQL takes parameters for, in rows of four shares or eleven columns. */
const AGREEMENTS = 3_000;
const path = '/v1/settlement/periods/2015-05';
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
  const deal = { name: 'volume', merchant: 'lingnan', buyer: 'harbour', channel: 'broker' };
  await exchange.publishAll(
    ParticipantApprovedV1,
    ['lingnan', 'broker'].map((name) => participantOf(name)),
  );
  await exchange.drained();
  const { merchantId, buyerId, channelPartnerId, productId, plan } = agreementOf(deal);
  const flat = { ...plan, components: [{ kind: 'flat', id: 'access', amount: '500.01' }] };
  // Rated usage as the events leave it: telling 3,000 of them would only test the transport again.
  await exchange.sql(`INSERT INTO settlement_periods (period, time_zone, starts_at, ends_at, agreements_expected, usage_completed_at)
                      VALUES ('2015-05', 'UTC', '2015-05-01Z', '2015-06-01Z', ${AGREEMENTS}, '2015-06-01Z')`);
  await exchange.sql(
    `INSERT INTO agreements SELECT 'agr_' || n, $1, $2, $3, $4, $5, 'hash', '2015-01-01Z', '2016-01-01Z', '2015-01-01Z'
       FROM generate_series(1, ${AGREEMENTS}) n`,
    [productId, merchantId, buyerId, channelPartnerId, JSON.stringify(flat)],
  );
  await exchange.sql(
    `INSERT INTO usage_periods SELECT 'agr_' || n, '2015-05', 'per_' || n, $1, $2, $3, $4, 1, '2015-06-01Z', 'rated'
       FROM generate_series(1, ${AGREEMENTS}) n`,
    [productId, merchantId, buyerId, JSON.stringify(usageOf(deal).totals)],
  );
  await exchange.sql(
    `INSERT INTO charges SELECT 'chg_' || n, 'agr_' || n, '2015-05', $1, $2, 1, 'access', 'flat', NULL, 1, 'period', 500.01, 50001, 'CNY', '[]', 'rating-1', '2015-06-01Z'
       FROM generate_series(1, ${AGREEMENTS}) n`,
    [merchantId, buyerId],
  );
}, 60_000);
afterAll(() => exchange.stop());

describe(`${AGREEMENTS} agreements`, () => {
  it('are invoiced, paid by one statement, paid out and closed', async () => {
    const invoiced = await exchange.post<InvoicingResultDto>(`${path}/invoice`);
    expect(invoiced.body).toMatchObject({ issued: AGREEMENTS, totals: [{ gross: { amount: '1590030.00' } }] });
    const numbers = Array.from({ length: AGREEMENTS }, (_, n) => `HX-2015-${String(n + 1).padStart(6, '0')}`);
    const credits = numbers.map((number) => ({
      endToEndId: number,
      remittance: '',
      amountMinor: 53_001n,
      payerName: 'B',
    }));
    const { xml } = buildCamt053({ account, date: '2015-06-05', openingMinor: 0n, credits, debits: [] });
    expect((await exchange.importXml(xml)).body).toMatchObject({
      lines: AGREEMENTS,
      matched: AGREEMENTS,
      unmatched_total: 0,
    });
    expect((await exchange.post<PayoutRunDto>(`${path}/payouts`)).body).toMatchObject({ instructed: 2, held: [] });
    const payouts = await exchange.sql<{ end_to_end_id: string; amount_minor: string }>(
      'SELECT end_to_end_id, amount_minor FROM payouts',
    );
    const debits = payouts.map((row) => ({
      endToEndId: row.end_to_end_id,
      amountMinor: BigInt(row.amount_minor),
      beneficiaryName: 'M',
    }));
    const answer = buildCamt053({ account, date: '2015-06-06', openingMinor: 10n ** 9n, credits: [], debits });
    expect((await exchange.importXml(answer.xml)).body).toMatchObject({ matched: 2, unmatched_total: 0 });
    const equation = await exchange.get<EquationDto>(`${path}/equation`);
    expect(equation.body).toMatchObject({ balanced: true, currencies: [{ usage: { count: AGREEMENTS } }] });
    expect(equation.body.currencies[0]?.usage.ids).toHaveLength(1_000);
    expect(await exchange.post(`${path}/close`)).toMatchObject({ status: 200, body: { status: 'closed' } });
  }, 60_000);

  it('more payments than one transaction can publish are refused before anything is done', async () => {
    const credits = Array.from({ length: 20_001 }, () => ({
      endToEndId: 'X',
      remittance: '',
      amountMinor: 1n,
      payerName: 'B',
    }));
    const { xml } = buildCamt053({
      account,
      date: '2015-06-07',
      openingMinor: 0n,
      credits,
      debits: [],
      batchCredits: true,
    });
    const answer = await exchange.importXml<Problem>(xml);
    expect(answer).toMatchObject({
      status: 413,
      body: { code: 'STATEMENT_TOO_LARGE', detail: 'The file holds 20001 payments, more than 20000.' },
    });
  });
});
