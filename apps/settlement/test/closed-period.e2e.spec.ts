import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '@hetao/runtime';
import { buildCamt053, type StatementContent } from '../../../tools/trade/src/camt053.js';
import type { ExceptionDto } from '../src/exception/exception.dto.js';
import type { InvoiceDto } from '../src/invoice/invoice.dto.js';
import type { TrialBalanceDto } from '../src/ledger/ledger.dto.js';
import type { PayoutDto } from '../src/payout/payout.dto.js';
import type { ImportResultDto } from '../src/statement/statement.dto.js';
import { command, grossOf, invoiceOf, takeBack } from './invoicing-world.js';
import { settlementFixture, tellMonth, type SettlementFixture } from './settlement-fixture.js';

const MAY = '/v1/settlement/periods/2015-05';
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };
const minor = ({ amount }: { amount: string }): bigint => BigInt(amount.replace('.', ''));

let exchange: SettlementFixture;
let byMatch: InvoiceDto;
let byCredit: InvoiceDto;
let day = 9;
let balance = 0n;
let application: string;
let closed: TrialBalanceDto['rows'];

const imported = async (change: Partial<StatementContent>): Promise<ImportResultDto> => {
  day += 1;
  const date = `2015-06-${day}`;
  const built = buildCamt053({ account, date, openingMinor: balance, credits: [], debits: [], ...change });
  const { status, body } = await exchange.importXml(built.xml);
  if (status !== 200) throw new Error(JSON.stringify(body));
  balance = built.closingMinor;
  return body;
};
const paying = (remittance: string, amountMinor: bigint) => ({
  credits: [{ endToEndId: 'NOTPROVIDED', remittance, amountMinor, payerName: 'harbour' }],
});
const posted = (path: string, body: unknown = {}) =>
  command<{ id: string; code?: string }>(exchange, path, body).then((answer) => {
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  });
const resolve = async (result: ImportResultDto, decision: object): Promise<void> => {
  const { body } = await exchange.get<Page<ExceptionDto>>('/v1/reconciliation/exceptions?limit=100');
  const found = body.data.find(({ line_id }) => line_id === result.unmatched[0]?.line_id);
  await posted(`/v1/reconciliation/exceptions/${found?.id ?? ''}/resolve`, { action: 'allocate', ...decision });
};
const credited = async ({ id, gross }: InvoiceDto): Promise<string> =>
  (await posted('/v1/reconciliation/credits', { invoice_id: id, amount: gross })).id;
const statusOf = async ({ id }: InvoiceDto): Promise<string> => (await invoiceOf(exchange, id)).status;
const books = async (period: string): Promise<TrialBalanceDto['rows']> =>
  (await exchange.get<TrialBalanceDto>(`/v1/ledger/trial-balance?period=${period}`)).body.rows;
const lastPosting = (movement: string) =>
  exchange.sql<{ period: string }>(
    'SELECT period FROM ledger_transactions WHERE movement = $1 ORDER BY transaction_no DESC LIMIT 1',
    [movement],
  );

/** A month that is paid and closed: one invoice by a bank line, another by what the buyer had on account. */
beforeAll(async () => {
  exchange = await settlementFixture();
  const deal = (name: string) => ({ name, merchant: 'lingnan', buyer: 'harbour' });
  await tellMonth(exchange, [deal('one'), deal('two')]);
  await tellMonth(exchange, [deal('june')], '2015-06');
  await posted(`${MAY}/invoice`);
  const [first, second] = (await exchange.get<Page<InvoiceDto>>('/v1/invoices?period=2015-05')).body.data;
  if (first === undefined || second === undefined) throw new Error('two invoices');
  [byMatch, byCredit] = [first, second];
  // Three times what the second costs: it is paid from the buyer's account, and twice more later.
  const surplus = await imported(paying(byMatch.number, grossOf(byMatch) + 3n * grossOf(byCredit)));
  const allocations = [{ invoice_id: byMatch.id, amount: byMatch.gross }];
  await resolve(surplus, { allocations, remainder: 'credit_on_account' });
  application = await credited(byCredit);
  await posted(`${MAY}/payouts`);
  const payouts = (await exchange.get<Page<PayoutDto>>('/v1/payouts?limit=100')).body.data;
  await imported({
    debits: payouts.map(({ end_to_end_id: endToEndId, amount }) => ({
      ...{ endToEndId, amountMinor: minor(amount), beneficiaryName: 'lingnan' },
    })),
  });
  expect((await exchange.post(`${MAY}/close`)).body).toMatchObject({ status: 'closed' });
  closed = await books('2015-05');
});
afterAll(() => exchange.stop());

describe('an invoice of a closed month whose payment was taken back', () => {
  it('is paid again by a bank line, in the books of the month that is open', async () => {
    expect(await takeBack(exchange, byCredit.id, application)).toBe('taken back');
    expect(await statusOf(byCredit)).toBe('issued');
    expect(await imported(paying(byCredit.number, grossOf(byCredit)))).toMatchObject({ matched: 1, unmatched: [] });
    expect(await statusOf(byCredit)).toBe('paid');
    expect(await lastPosting('invoice_paid')).toEqual([{ period: '2015-06' }]);
    // The money of the line stands in the same books as what it pays: none is left on a clearing account.
    const moved = await exchange.sql(
      `SELECT m.period AS line, s.period AS split FROM bank_matches m
         JOIN invoice_payments p ON p.invoice_id = m.item_id AND p.statement_line_id = m.line_id
         JOIN invoice_split_moves s ON s.cause_id = p.payment_id AND s.cause_kind = 'payment'
        WHERE m.item_id = $1 GROUP BY 1, 2`,
      [byCredit.id],
    );
    expect(moved).toEqual([{ line: '2015-06', split: '2015-06' }]);
    expect(await books('2015-05')).toEqual(closed);
  });

  it('is unmatched, which is the open month’s to write, and paid in two parts that a person allocates', async () => {
    const [match] = await exchange.sql<{ group_id: string }>(
      'SELECT group_id FROM match_members WHERE member_id = $1 AND ended_at IS NULL',
      [byCredit.id],
    );
    const undo = `/v1/reconciliation/matches/${match?.group_id ?? ''}/unmatch`;
    expect((await command(exchange, undo, { reason: 'Another invoice was meant' })).status).toBe(204);
    expect(await statusOf(byCredit)).toBe('issued');
    const part = await imported(paying(byCredit.number, 20_000n));
    const amount = { amount: '200.00', currency: 'CNY' };
    await resolve(part, { allocations: [{ invoice_id: byCredit.id, amount }] });
    expect(await statusOf(byCredit)).toBe('part_paid');
    const rest = await imported(paying(byCredit.number, grossOf(byCredit) - 20_000n));
    expect(rest).toMatchObject({ matched: 1, unmatched: [] });
    expect(await books('2015-05')).toEqual(closed);
  });

  it('is paid again from the buyer’s account', async () => {
    const [line] = await exchange.sql<{ statement_line_id: string }>(
      'SELECT statement_line_id FROM invoice_payments WHERE invoice_id = $1 AND reversed_at IS NULL ORDER BY amount_minor LIMIT 1',
      [byCredit.id],
    );
    expect(await takeBack(exchange, byCredit.id, line?.statement_line_id ?? '')).toBe('taken back');
    const amount = { amount: '200.00', currency: 'CNY' };
    await posted('/v1/reconciliation/credits', { invoice_id: byCredit.id, amount });
    expect(await lastPosting('credit_applied')).toEqual([{ period: '2015-06' }]);
    expect(await statusOf(byCredit)).toBe('paid');
    expect(await books('2015-05')).toEqual(closed);
  });

  it('is paid again where no month is open at all: in the one after the last', async () => {
    const taken = await credited({ ...byCredit, gross: { amount: '0.01', currency: 'CNY' } }).catch(String);
    expect(taken).toContain('INVOICE_NOT_PAYABLE');
    await exchange.sql(
      `UPDATE settlement_periods SET closed_at = now(), closed_by = 'usr_operator', totals = '[]' WHERE period = '2015-06'`,
    );
    const [line] = await exchange.sql<{ statement_line_id: string }>(
      `SELECT statement_line_id FROM invoice_payments WHERE invoice_id = $1 AND statement_line_id LIKE 'cra%' AND reversed_at IS NULL`,
      [byCredit.id],
    );
    exchange.clock.set('2015-07-02T08:00:00Z');
    const done = await takeBack(exchange, byCredit.id, line?.statement_line_id ?? '', '2015-07-02T08:00:00Z');
    expect(done).toBe('taken back');
    await posted('/v1/reconciliation/credits', {
      ...{ invoice_id: byCredit.id, amount: { amount: '200.00', currency: 'CNY' } },
    });
    expect(await lastPosting('invoice_paid')).toEqual([{ period: '2015-07' }]);
  });
});
