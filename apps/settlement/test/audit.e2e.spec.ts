import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLER_HEADER, type Page, type Problem } from '@hetao/runtime';
import { callerToken, eventually, forge } from '@hetao/testing';
import { parseMoney } from '@hetao/kernel';
import { buildCamt053, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { AlarmDto, AuditDto } from '../src/audit/audit.dto.js';
import { AuditLedger } from '../src/audit/audit.use-cases.js';
import type { ChainHeadDto } from '../src/chain/chain.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { PayoutDto } from '../src/payout/payout.dto.js';
import type { PeriodStatusDto } from '../src/period/equation.dto.js';
import { command, grossOf } from './invoicing-world.js';
import { auditor, operator, settlementFixture, tellMonth, type SettlementFixture } from './settlement-fixture.js';

const MAY = '/v1/settlement/periods/2015-05';
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };

let exchange: SettlementFixture;
let day = 9;
let balance = 0n;
const imported = async (change: Partial<StatementContent>): Promise<void> => {
  day += 1;
  const date = `2015-06-${day}`;
  const built = buildCamt053({ account, date, openingMinor: balance, credits: [], debits: [], ...change });
  balance = built.closingMinor;
  expect((await exchange.importXml(built.xml)).body).toMatchObject({ unmatched: [] });
};
const audit = async (): Promise<AuditDto> => (await exchange.post<AuditDto>('/v1/settlement/audits')).body;
const alarms = async (state = 'open'): Promise<readonly AlarmDto[]> =>
  (await exchange.get<Page<AlarmDto>>(`/v1/settlement/alarms?state=${state}`, auditor)).body.data;
const forged = (sql: string): Promise<void> => forge(exchange.service.database, (client) => client.query(sql));
const sealed = (): Promise<void> =>
  eventually(async () => {
    expect((await exchange.get<ChainHeadDto>('/v1/ledger/chain')).body).toMatchObject({ unsealed: 0 });
  });

beforeAll(async () => {
  exchange = await settlementFixture('2015-06-28T08:00:00Z');
  const deal = (name: string) => ({ name, merchant: 'lingnan', buyer: 'harbour' });
  await tellMonth(exchange, [deal('one'), deal('two')]);
  await exchange.post(`${MAY}/invoice`);
  const { data } = (await exchange.get<Page<InvoiceDto>>('/v1/invoices?period=2015-05')).body;
  const credits = data.map((invoice) => ({
    ...{ endToEndId: 'NOTPROVIDED', remittance: invoice.number, amountMinor: grossOf(invoice), payerName: 'harbour' },
  }));
  await imported({ credits });
  await exchange.post(`${MAY}/payouts`);
  const payouts = (await exchange.get<Page<PayoutDto>>('/v1/payouts?limit=10')).body.data;
  const debits = payouts.map(({ end_to_end_id: endToEndId, amount }) => ({
    ...{ endToEndId, beneficiaryName: 'lingnan', amountMinor: parseMoney(amount.amount, 'CNY').amountMinor },
  }));
  await imported({ debits });
  expect((await exchange.post(`${MAY}/close`)).body).toMatchObject({ status: 'closed' });
  await sealed();
});
afterAll(() => exchange.stop());

describe('an audit of the ledger', () => {
  it('of a month that is closed finds nothing, and says how far it has come', async () => {
    const { sequence } = (await exchange.get<ChainHeadDto>('/v1/ledger/chain')).body;
    const first = await audit();
    expect(first).toMatchObject({
      asked_by: operator.subject,
      findings: 0,
      chain: { checked: sequence, until: sequence },
    });
    expect(first.transactions).toBe(sequence);
    // The next one looks at the same places again, since nothing is new.
    expect(await audit()).toMatchObject({ findings: 0, chain: { checked: sequence, until: sequence } });
    const kept = (await exchange.get<Page<AuditDto>>('/v1/settlement/audits')).body.data;
    expect(kept).toHaveLength(2);
    expect(await alarms()).toEqual([]);
  });

  it('is made once a night', async () => {
    const ledger = exchange.service.app.get(AuditLedger, { strict: false });
    const since = exchange.clock.now();
    await ledger.unlessSince(since, 'nightly');
    await ledger.unlessSince(since, 'nightly');
    const { data } = (await exchange.get<Page<AuditDto>>('/v1/settlement/audits')).body;
    expect(data.filter(({ asked_by }) => asked_by === 'nightly')).toHaveLength(0);
    const tomorrow = new Date(since.getTime() + 86_400_000);
    exchange.clock.set(tomorrow.toISOString());
    await ledger.unlessSince(tomorrow, 'nightly');
    await ledger.unlessSince(tomorrow, 'nightly');
    const after = (await exchange.get<Page<AuditDto>>('/v1/settlement/audits')).body.data;
    expect(after.filter(({ asked_by }) => asked_by === 'nightly')).toHaveLength(1);
  });

  it.each<[string, string, string, string]>([
    [
      'an entry that was changed',
      `UPDATE ledger_transactions SET reference_id = 'inv_forged' WHERE movement = 'invoice_paid'`,
      `UPDATE ledger_transactions SET reference_id = substr(idempotency_key, 14, 30) WHERE movement = 'invoice_paid'`,
      'CHAIN_BROKEN',
    ],
    [
      'a head that is not its entries',
      `UPDATE ledger_heads SET balance_minor = balance_minor + 1 WHERE account_no = (SELECT min(account_no) FROM ledger_heads)`,
      `UPDATE ledger_heads SET balance_minor = balance_minor - 1 WHERE account_no = (SELECT min(account_no) FROM ledger_heads)`,
      'HEAD_NOT_ITS_ENTRIES',
    ],
    [
      'an invoice that was paid otherwise than the books say',
      `UPDATE invoices SET paid_minor = paid_minor - 1, state = 'part_paid', paid_at = NULL WHERE year_no = 1`,
      `UPDATE invoices SET paid_minor = paid_minor + 1, state = 'paid', paid_at = issued_at WHERE year_no = 1`,
      'RECEIVABLE_NOT_ITS_INVOICES',
    ],
    [
      'a share that nobody owes',
      `UPDATE invoice_splits SET amount_minor = amount_minor + 1 WHERE share = 'merchant'`,
      `UPDATE invoice_splits SET amount_minor = amount_minor - 1 WHERE share = 'merchant'`,
      'PAYABLE_NOT_ITS_SHARES',
    ],
    [
      'a closed month that is counted otherwise',
      `UPDATE usage_periods SET totals = replace(totals::text, '"10000"', '"10001"')::jsonb`,
      `UPDATE usage_periods SET totals = replace(totals::text, '"10001"', '"10000"')::jsonb`,
      'CLOSED_MONTH_CHANGED',
    ],
  ])('finds %s, and raises one alarm that stays until somebody sees to it', async (_what, wrong, right, code) => {
    await forged(wrong);
    expect((await audit()).findings).toBeGreaterThan(0);
    await audit();
    const raised = (await alarms()).filter((alarm) => alarm.code === code);
    expect(raised.map(({ subject }) => subject)).toEqual([...new Set(raised.map(({ subject }) => subject))]);
    expect(raised.length).toBeGreaterThan(0);
    await forged(right);
    expect((await audit()).findings).toBe(0);
    for (const { id } of await alarms()) {
      const seen = await command<AlarmDto>(exchange, `/v1/settlement/alarms/${id}/acknowledge`, { reason: 'Mended' });
      expect(seen).toMatchObject({ status: 200, body: { state: 'acknowledged', acknowledged: { reason: 'Mended' } } });
    }
    expect(await alarms()).toEqual([]);
  });

  it('keeps a month from being closed while its alarm is open', async () => {
    await tellMonth(exchange, [{ name: 'june', merchant: 'lingnan', buyer: 'harbour' }], '2015-06');
    await forged(
      `UPDATE ledger_heads SET version = version + 1 WHERE account_no = (SELECT min(account_no) FROM ledger_heads)`,
    );
    await audit();
    await forged(
      `UPDATE ledger_heads SET version = version - 1 WHERE account_no = (SELECT min(account_no) FROM ledger_heads)`,
    );
    const { checklist } = (await exchange.get<PeriodStatusDto>('/v1/settlement/periods/2015-06')).body;
    const [open] = await alarms();
    expect(checklist.find(({ code }) => code === 'ALARMS_OPEN')).toMatchObject({ ok: false, ids: [open?.id] });
    const missing = await command<Problem>(
      exchange,
      '/v1/settlement/alarms/alm_01hzzzzzzzzzzzzzzzzzzzzzzz/acknowledge',
      {
        reason: 'x',
      },
    );
    expect(missing).toMatchObject({ status: 404, body: { code: 'SETTLEMENT_ALARM_NOT_FOUND' } });
  });

  it('is asked for by operators, and its alarms are seen by auditors', async () => {
    expect((await exchange.post('/v1/settlement/audits', auditor)).status).toBe(403);
    const answer = await fetch(`${exchange.service.url}/v1/settlement/alarms`, {
      headers: { [CALLER_HEADER]: await callerToken({ personas: ['merchant'], organisationId: 'org_m' }) },
    });
    expect(answer.status).toBe(403);
  });
});
