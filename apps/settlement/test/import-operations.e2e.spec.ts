import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParticipantApprovedV1 } from '@hetao/events';
import { CALLER_HEADER, type Problem } from '@hetao/runtime';
import { callerToken, eventually, type TestCaller } from '@hetao/testing';
import { buildCamt053, type InvoicePayment } from '../../../tools/trade/src/camt053.js';
import type { OperationDto } from '../src/operation/operation.dto.js';
import { maxStatementBytes } from '../src/settlement.config.js';
import type { AcceptedImportDto } from '../src/statement/mapping.dto.js';
import {
  agreementOf,
  auditor,
  buyerOf,
  operator,
  participantOf,
  settlementFixture,
  usageOf,
  type Answer,
  type SettlementFixture,
} from './settlement-fixture.js';

const INVOICES = 600;
const LINES = 5_000;
const GROSS = 53_001n;
const account = { accountNumber: '4000', ownerName: 'Hetao Exchange', currency: 'CNY' as const };

/** Many invoices of one month, as the events would leave the usage they are made of. */
async function world(): Promise<SettlementFixture> {
  const exchange = await settlementFixture();
  const deal = { name: 'volume', merchant: 'lingnan', buyer: 'harbour' };
  await exchange.publishAll(ParticipantApprovedV1, [participantOf('lingnan')]);
  await exchange.drained();
  const { merchantId, buyerId, channelPartnerId, productId, plan } = agreementOf(deal);
  const flat = { ...plan, components: [{ kind: 'flat', id: 'access', amount: '500.01' }] };
  await exchange.sql(`INSERT INTO settlement_periods (period, time_zone, starts_at, ends_at, agreements_expected, usage_completed_at)
                      VALUES ('2015-05', 'UTC', '2015-05-01Z', '2015-06-01Z', ${INVOICES}, '2015-06-01Z')`);
  await exchange.sql(
    `INSERT INTO agreements SELECT 'agr_' || n, $1, $2, $3, $4, $5, 'hash', '2015-01-01Z', '2016-01-01Z', '2015-01-01Z'
       FROM generate_series(1, ${INVOICES}) n`,
    [productId, merchantId, buyerId, channelPartnerId, JSON.stringify(flat)],
  );
  await exchange.sql(
    `INSERT INTO usage_periods SELECT 'agr_' || n, '2015-05', 'per_' || n, $1, $2, $3, $4, 1, '2015-06-01Z', 'rated'
       FROM generate_series(1, ${INVOICES}) n`,
    [productId, merchantId, buyerId, JSON.stringify(usageOf(deal).totals)],
  );
  await exchange.sql(
    `INSERT INTO charges SELECT 'chg_' || n, 'agr_' || n, '2015-05', $1, $2, 1, 'access', 'flat', NULL, 1, 'period', 500.01, 50001, 'CNY', '[]', 'rating-1', '2015-06-01Z'
       FROM generate_series(1, ${INVOICES}) n`,
    [merchantId, buyerId],
  );
  expect(await exchange.post('/v1/settlement/periods/2015-05/invoice')).toMatchObject({ body: { issued: INVOICES } });
  return exchange;
}

const numberOf = (n: number): string => `HX-2015-${String(n + 1).padStart(6, '0')}`;
const pays = (remittance: string, amountMinor: bigint): InvoicePayment => ({
  endToEndId: 'NOTPROVIDED',
  remittance,
  amountMinor,
  payerName: 'B',
});

/** Exact payments, instalments far apart, one for many, many for many, short ones, second ones, and strangers. */
function planted(): string {
  const payments: InvoicePayment[] = Array.from({ length: LINES }, (_, at) => pays(`stranger ${at}`, BigInt(at + 1)));
  for (let n = 0; n < 300; n += 1) payments[n * 16] = pays(numberOf(n), GROSS);
  for (let n = 300; n < 450; n += 1) {
    payments[n - 299 + 6] = pays(numberOf(n), 20_001n);
    payments[LINES - 1 - (n - 300) * 3] = pays(numberOf(n), GROSS - 20_001n);
  }
  for (let n = 450; n < 500; n += 2) payments[n * 8 + 3] = pays(`${numberOf(n)} ${numberOf(n + 1)}`, 2n * GROSS);
  for (let n = 500; n < 524; n += 2) {
    payments[n * 2 + 1] = pays(`${numberOf(n)} ${numberOf(n + 1)}`, GROSS + 7n);
    payments[n * 2 + 2_001] = pays(`${numberOf(n)} ${numberOf(n + 1)}`, GROSS - 7n);
  }
  for (let n = 525; n < 550; n += 1) payments[n * 4 + 1] = pays(numberOf(n), GROSS - 1n);
  for (let n = 0; n < 25; n += 1) payments[4_001 + n * 8] = pays(numberOf(n), GROSS);
  return buildCamt053({ account, date: '2015-06-05', openingMinor: 0n, credits: payments, debits: [] }).xml;
}

/** What a statement came to, without the ids that are new each time. */
const outcome = (exchange: SettlementFixture): Promise<object[]> =>
  exchange.sql(`
    SELECT l.line_no, l.state, g.pass, m.amount_minor, i.number, x.reason,
           (SELECT count(*) FROM ledger_transactions t WHERE t.reference_kind = 'bank_line' AND t.reference_id = l.line_id) AS booked
      FROM bank_statement_lines l
      LEFT JOIN bank_matches m ON m.line_id = l.line_id AND m.ended_at IS NULL
      LEFT JOIN match_groups g ON g.group_id = m.group_id
      LEFT JOIN invoices i ON i.invoice_id = m.item_id
      LEFT JOIN match_exceptions x ON x.line_id = l.line_id AND x.resolved_at IS NULL
     ORDER BY l.line_no, i.number`);
const books = (exchange: SettlementFixture): Promise<object[]> =>
  exchange.sql(`SELECT movement, count(*) FROM ledger_transactions GROUP BY movement ORDER BY movement`);
const rowsOf = (exchange: SettlementFixture): Promise<object[]> =>
  exchange.sql(`SELECT (SELECT count(*) FROM bank_statement_files) AS files, (SELECT count(*) FROM bank_statements) AS statements,
                       (SELECT count(*) FROM bank_statement_lines) AS lines, (SELECT count(*) FROM ledger_entries) AS entries`);

async function later<T = AcceptedImportDto>(
  { service }: SettlementFixture,
  xml: string,
  { as = operator, prefer = 'respond-async' }: { as?: TestCaller; prefer?: string } = {},
): Promise<Answer<T> & { location: string | null }> {
  const answer = await fetch(`${service.url}/v1/bank-statements`, {
    method: 'POST',
    body: xml,
    headers: { 'content-type': 'application/xml', prefer, [CALLER_HEADER]: await callerToken(as) },
  });
  return { status: answer.status, location: answer.headers.get('location'), body: (await answer.json()) as T };
}

/** Follows an operation to its end. @returns every percent that was seen, and the end. */
async function followed(exchange: SettlementFixture, href: string): Promise<{ seen: number[]; end: OperationDto }> {
  const seen: number[] = [];
  const end = await eventually(
    async () => {
      const { body } = await exchange.get<OperationDto>(href, auditor);
      seen.push(body.percent);
      if (body.finished_at === null) throw new Error(JSON.stringify(body));
      return body;
    },
    { withinMs: 30_000 },
  );
  return { seen, end };
}

let exchange: SettlementFixture;
let plain: SettlementFixture;
const xml = planted();
beforeAll(async () => {
  exchange = await world();
  plain = await world();
}, 60_000);
afterAll(async () => {
  await exchange.stop();
  await plain.stop();
});

describe('an import as an operation', () => {
  it('fails with its reason and leaves nothing when the file does not add up', async () => {
    const before = await rowsOf(exchange);
    const broken = xml.replace(/(CLBD.*?<Amt Ccy="CNY">)\d+/, '$11');
    const accepted = await later(exchange, broken);
    expect(accepted).toMatchObject({ status: 202, location: accepted.body.href });
    const { end } = await followed(exchange, accepted.body.href);
    expect(end).toMatchObject({ state: 'failed', percent: 0, result: null, problem: { code: 'STATEMENT_UNBALANCED' } });
    expect(end.problem?.detail).toMatch(/^line \d+/);
    expect(end.problem?.fix).not.toBe('');
    const half = await later(exchange, xml.slice(0, 9_000));
    expect((await followed(exchange, half.body.href)).end.problem?.code).toBe('STATEMENT_XML_INVALID');
    expect(await rowsOf(exchange)).toEqual(before);
    expect(await exchange.sql('SELECT 1 FROM import_operations WHERE file IS NOT NULL')).toEqual([]);
  });

  it('goes on after aborts and a restart between its parts, and ends as the import at once does', async () => {
    // The database refuses the third part of storing, then the second of matching.
    await exchange.sql(`CREATE FUNCTION abort_import() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'injected abort'; END $$`);
    const abortAt = (column: string, more: number): Promise<object[]> =>
      exchange.sql(`CREATE TRIGGER abort_import BEFORE UPDATE ON import_operations FOR EACH ROW
                    WHEN (NEW.${column} > ${more}) EXECUTE FUNCTION abort_import()`);
    const reaches = (href: string, what: Partial<OperationDto>): Promise<void> =>
      eventually(async () => expect((await exchange.get(href)).body).toMatchObject(what), { withinMs: 20_000 });
    await abortAt('stored_lines', 2_000);
    const { body } = await later(exchange, xml);
    await reaches(body.href, { state: 'running', phase: 'storing', stored: 2_000, done: 0, percent: 20 });
    expect((await exchange.get<{ data: unknown[] }>('/v1/bank-statements')).body.data).toEqual([]);
    expect(await exchange.importXml<Problem>(xml)).toMatchObject({ status: 409, body: { code: 'STATEMENT_ARRIVING' } });
    await exchange.restart();
    await exchange.sql('DROP TRIGGER abort_import ON import_operations');
    await abortAt('done_lines', 600);
    await reaches(body.href, { state: 'running', phase: 'matching', stored: LINES });
    await exchange.restart();
    await exchange.sql('DROP TRIGGER abort_import ON import_operations');
    const { seen, end } = await followed(exchange, body.href);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(end).toMatchObject({ state: 'done', total: LINES, stored: LINES, done: LINES, percent: 100, problem: null });

    const atOnce = await plain.importXml(xml);
    expect(atOnce).toMatchObject({ status: 200, body: { lines: LINES } });
    expect(end.result).toMatchObject({
      lines: LINES,
      matched: atOnce.body.matched,
      unmatched_total: atOnce.body.unmatched_total,
    });
    const expected = await outcome(plain);
    expect(new Set(expected.map((row) => (row as { pass: string | null }).pass))).toEqual(
      new Set(['exact', 'one_to_many', 'many_to_one', 'many_to_many', null]),
    );
    expect(await outcome(exchange)).toEqual(expected);
    expect(await books(exchange)).toEqual(await books(plain));
  }, 60_000);

  it('is one import, sent twice or sent at once afterwards', async () => {
    const before = [await rowsOf(exchange), await books(exchange)];
    const first = await exchange.sql<{ operation_id: string }>(
      `SELECT operation_id FROM import_operations WHERE state = 'done'`,
    );
    const again = await later(exchange, xml);
    expect(again).toMatchObject({ status: 202, body: { operation_id: first[0]?.operation_id } });
    expect((await exchange.importXml(xml)).body).toMatchObject({ lines: LINES });
    expect([await rowsOf(exchange), await books(exchange)]).toEqual(before);
    // And the other way round: what was imported at once is not imported again.
    const known = [await rowsOf(plain), await books(plain)];
    const { body } = await later(plain, xml);
    expect((await followed(plain, body.href)).end).toMatchObject({ state: 'done', total: 0, result: { lines: LINES } });
    expect([await rowsOf(plain), await books(plain)]).toEqual(known);
  });

  it('is how a body is taken that is too large to wait for', async () => {
    const small = buildCamt053({ account, date: '2015-06-09', openingMinor: 0n, credits: [pays('x', 5n)], debits: [] });
    const large = small.xml.replace('<Stmt>', `<!--${'x'.repeat(maxStatementBytes)}--><Stmt>`);
    const { status, body } = await later(plain, large, { prefer: 'wait=5' });
    expect(status).toBe(202);
    expect((await followed(plain, body.href)).end).toMatchObject({ state: 'done', percent: 100, total: 1 });
  });

  it('is for operators to begin and for auditors to read', async () => {
    for (const as of [auditor, buyerOf('harbour')]) expect((await later(plain, xml, { as })).status).toBe(403);
    const href = '/v1/settlement/operations/opn_01jz8r8t2vf3q0w9c5m7n4x6ka';
    expect(await plain.get(href, buyerOf('harbour'))).toMatchObject({ status: 403 });
    expect(await plain.get(href, auditor)).toMatchObject({ status: 404, body: { code: 'OPERATION_NOT_FOUND' } });
  });
});
