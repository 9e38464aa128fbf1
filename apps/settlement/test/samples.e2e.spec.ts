import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Problem } from '@hetao/runtime';
import { checkIntegrity, linesOf } from '../src/statement/statement.js';
import { readStatementFile } from '../src/statement/statement.formats.js';
import type { ImportResultDto, StatementDto } from '../src/statement/statement.dto.js';
import { settlementFixture, type SettlementFixture } from './settlement-fixture.js';

const folder = fileURLToPath(new URL('../../../samples/bank/', import.meta.url));
const sample = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(`${folder}${name}`));

/** What each file is by itself: `imported` with its kinds, entries and lines, or the code and words of its refusal. */
const expected: Readonly<Record<string, readonly [outcome: string, ...details: unknown[]]>> = {
  'camt053.v2.multi.statement.xml': ['imported', 'camt.053.001.02', ['statement', 'statement'], 2, 2],
  'camt053.v2.minimal.xml': ['STATEMENT_CURRENCY_MIXED', 'Bal[2]/Amt: SEK'],
  'camt053.v4.xml': ['STATEMENT_CURRENCY_MIXED', 'Bal[2]/Amt: SEK'],
  'camt053.v8.xml': ['STATEMENT_CURRENCY_MIXED', 'Bal[2]/Amt: SEK'],
  'camt053.v2.with-account-name.xml': ['STATEMENT_ELEMENT_INVALID', 'no opening booked balance'],
  'camt053.v2.wrong.xml': ['STATEMENT_ELEMENT_INVALID', 'the element Stmt is missing'],
  'camt054.v2.xml': ['imported', 'camt.054.001.02', ['advice'], 1, 1],
  'camt054.v4.xml': ['imported', 'camt.054.001.04', ['advice'], 1, 1],
  'mt940-generic.sta': ['imported', 'MT940', ['statement', 'statement'], 2, 2],
  'mt940-rabobank-iban.sta': ['imported', 'MT940', ['statement', 'statement'], 4, 4],
  'mt940-sns.sta': ['imported', 'MT940', ['statement', 'statement'], 2, 2],
  'mt940-abnamro.sta': ['STATEMENT_UNBALANCED', 'opens at 323628 and its booked entries lead to 291484, but'],
  'mt940-ing.sta': ['STATEMENT_UNBALANCED', 'opens at 0 and its booked entries lead to -4559, but'],
  'mt940-knab.sta': ['STATEMENT_UNBALANCED', 'opens at 305898 and its booked entries lead to -370102, but'],
  'mt940-postfinance.sta': ['STATEMENT_UNBALANCED', 'opens at 22920 and its booked entries lead to 15940, but'],
  'mt940-rabobank.sta': ['STATEMENT_UNBALANCED', 'opens at 47317 and its booked entries lead to -74011, but'],
  'mt940-triodos.sta': ['STATEMENT_UNBALANCED', 'opens at 497509 and its booked entries lead to 425939, but'],
};

/** Reads a file as far as it goes: parsed, added up, divided into lines. */
function outcomeOf(name: string): readonly unknown[] {
  const read = readStatementFile(sample(name), {});
  if (!read.ok) return [read.error.code, read.error.detail];
  const { messageVersion, statements } = read.value;
  let lines = 0;
  for (const statement of statements) {
    const sound = checkIntegrity(statement);
    if (!sound.ok) return [sound.error.code, sound.error.detail];
    const divided = linesOf(statement);
    if (!divided.ok) return [divided.error.code, divided.error.detail];
    lines += divided.value.length;
  }
  const entries = statements.reduce((sum, statement) => sum + statement.entries.length, 0);
  return ['imported', messageVersion, statements.map(({ kind }) => kind), entries, lines];
}

let exchange: SettlementFixture;
beforeAll(async () => {
  exchange = await settlementFixture();
});
afterAll(() => exchange.stop());

describe('every sample of a real bank', () => {
  it('has its row in the table', () => {
    const files = readdirSync(folder).filter((name) => name !== 'README.md');
    expect(files.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s by itself: %j', (name, [outcome, ...details]) => {
    const found = outcomeOf(name);
    if (outcome === 'imported') expect(found).toEqual([outcome, ...details]);
    else expect(found).toEqual([outcome, expect.stringContaining(String(details[0]))]);
  });

  it.each(Object.keys(expected))('%s over HTTP: the same answer, and a refused file leaves nothing', async (name) => {
    const counts = () =>
      exchange.sql(`SELECT (SELECT count(*) FROM bank_statement_files) AS files, (SELECT count(*) FROM bank_statements) AS statements,
                           (SELECT count(*) FROM bank_statement_lines) AS lines, (SELECT count(*) FROM ledger_entries) AS entries`);
    const before = await counts();
    const mediaType = name.endsWith('.xml') ? 'application/xml' : 'text/plain';
    const { status, body } = await exchange.importFile<ImportResultDto & Problem>(sample(name), mediaType);
    const [outcome] = expected[name] ?? [];
    // Two advices of one account call themselves the same; the bank's identification is the key, so the second is refused.
    if (name === 'camt054.v4.xml') expect([status, body.code]).toEqual([409, 'STATEMENT_CONFLICT']);
    else if (outcome === 'imported') expect([status, body.entries]).toEqual([200, expected[name]?.[3]]);
    else expect([status, body.code]).toEqual([422, outcome]);
    if (status !== 200) expect(await counts()).toEqual(before);
  });

  it('that is an advice announces and moves no money; what a statement says twice is one statement', async () => {
    const advice = await exchange.sql(
      `SELECT DISTINCT l.state FROM bank_statement_lines l JOIN bank_statements s USING (statement_id) WHERE s.kind <> 'statement'`,
    );
    expect(advice).toEqual([{ state: 'ignored' }]);
    const again = await exchange.importFile<ImportResultDto>(sample('mt940-generic.sta'), 'text/plain');
    expect(again.body.statements.map(({ continuity, kind }) => [continuity.state, kind])).toEqual([
      ['first', 'statement'],
      ['continues', 'statement'],
    ]);
    const { body } = await exchange.get<Page<StatementDto>>('/v1/bank-statements?account=11111111');
    expect(body.data).toHaveLength(2);
  });
});
