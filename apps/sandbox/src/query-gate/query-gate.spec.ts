import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { SqlSession } from '../compute/sql.session.js';
import { evidenceSql } from '../disclosure/evidence-sql.js';
import { defaultRule, type GovernedTable } from '../enclave/column-policy.js';
import { escapeCorpus } from './escape-corpus.js';
import { fromSql, quoteName, quoteText, toSql } from './query-plan.js';
import { gateQuery } from './sql-gate.js';

const table = (
  name: string,
  columns: readonly (readonly [string, 'integer' | 'text' | 'date' | 'decimal'])[],
): GovernedTable => ({
  ...{ name, patientKey: 'patient_id', maxRowsPerPatient: 100 },
  columns: columns.map(([column, type]) => defaultRule(column, type)),
});
const tables = [
  table('patient', [
    ['patient_id', 'text'],
    ['age', 'integer'],
    ['sex', 'text'],
    ['note', 'text'],
    ['birth_month', 'date'],
  ]),
  table('lab', [
    ['patient_id', 'text'],
    ['encounter_id', 'text'],
    ['code', 'text'],
    ['value', 'decimal'],
  ]),
];

let session: SqlSession;
beforeAll(async () => {
  session = unwrap(await SqlSession.open('L0', { tables: [], memoryMib: 128, threads: 1, timeoutMs: 5_000 }));
});
afterAll(() => session.close());
const gate = async (sql: string) => gateQuery(unwrap(await session.parse(sql)), tables);

describe('the query gate', () => {
  it('lets none of the escape corpus through', async () => {
    expect(escapeCorpus.length).toBeGreaterThanOrEqual(60);
    const passed: string[] = [];
    for (const sql of escapeCorpus) if ((await gate(sql)).ok) passed.push(sql);
    expect(passed).toEqual([]);
  });

  it.each([
    'SELECT count(*) FROM patient',
    'SELECT sex, count(DISTINCT patient_id) AS n, avg(age) FROM patient WHERE age BETWEEN 20 AND 80 GROUP BY sex ORDER BY n DESC LIMIT 5',
    "SELECT code, avg(value), stddev(value), median(value), quantile_cont(value, 0.25) FROM lab WHERE code IN ('A1C', 'LDL') GROUP BY 1",
    'SELECT p.sex, l.code, sum(ln(l.value)) FROM patient p JOIN lab l ON p.patient_id = l.patient_id GROUP BY ALL',
    'SELECT sex, count(*) FROM patient LEFT JOIN lab USING (patient_id) GROUP BY sex',
    "SELECT CASE WHEN age < 40 THEN 'young' ELSE 'old' END AS band, count(*) FROM patient GROUP BY band",
    "SELECT date_trunc('year', birth_month), count(*) FROM patient WHERE NOT (sex = 'x') AND age IS NOT NULL GROUP BY 1",
    'SELECT floor(age / 10) * 10 AS decade, count(*) FROM patient GROUP BY decade',
  ])('reads %s', async (sql) => {
    const plan = unwrap(await gate(sql));
    expect(plan.measures.length).toBeGreaterThan(0);
    // What is run is written anew from the plan, and is a statement that the gate would read again.
    const groups = plan.groups.map(({ value }) => toSql(value));
    const again = `SELECT ${[...groups, 'count(*)'].join(', ')} ${fromSql(plan)}${groups.length > 0 ? ' GROUP BY ALL' : ''}`;
    const tree = unwrap(await session.parse(again)) as { error: boolean };
    expect(tree.error).toBe(false);
  });

  it('says why, and where in the text', async () => {
    const refused = await gate('SELECT sex, max(age) FROM patient GROUP BY sex');
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'QUERY_REFUSED', pointer: '/sql', meta: { reason: 'function', at: 12 } },
    });
    const policy = await gate('SELECT count(*) FROM patient WHERE patient_id = 1');
    expect(policy).toMatchObject({ ok: false, error: { meta: { reason: 'column_policy' } } });
  });

  it('quotes any name and any text into one token', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 30 }), async (text) => {
        fc.pre(!text.includes('\0') && text !== '');
        const rows = unwrap(await session.query(`SELECT ${quoteText(text)} AS ${quoteName('x')}`));
        expect(rows).toEqual([{ x: text }]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an expression that fails for one patient', () => {
  const probes = [
    'CASE WHEN age = 93 THEN ln(0) > 0 ELSE 1 = 1 END',
    'CASE WHEN age = 93 THEN age * 9000000000000000 * age > 0 ELSE 1 = 1 END',
    'CASE WHEN age = 93 THEN CAST(sex AS INTEGER) > 0 ELSE 1 = 1 END',
  ];
  it.each(probes)('is nothing, and says nothing: %s', async (where) => {
    unwrap(
      await session.query(
        "CREATE OR REPLACE TABLE patient AS SELECT range::INTEGER AS __patient, range::INTEGER AS age, 'f' AS sex FROM range(100)",
      ),
    );
    const plan = unwrap(await gate(`SELECT count(*), avg(age) FROM patient WHERE ${where}`));
    expect(unwrap(await session.query(evidenceSql(plan, 100)))).toMatchObject([{ patients: '99' }]);
    const grouped = unwrap(await gate(`SELECT ${where} AS g, count(*) FROM patient GROUP BY g`));
    expect((await session.query(evidenceSql(grouped, 100))).ok).toBe(true);
  });

  it('were it to fail all the same, the engine’s words stay where the data is', async () => {
    const failed = await session.query("SELECT CAST('Chan Tai Man' AS INTEGER)");
    expect(failed).toMatchObject({ ok: false, error: { code: 'WORKER_FAILED', detail: 'Conversion Error' } });
  });
});

describe('the worker itself, were the gate not there', () => {
  it.each([
    "SELECT * FROM read_text('/etc/passwd')",
    "COPY (SELECT 1) TO '/tmp/hetao-escape.csv'",
    'SET enable_external_access = true',
    "ATTACH '/tmp/hetao-escape.db'",
    'INSTALL httpfs',
  ])('refuses %s', async (sql) => {
    expect((await session.query(sql)).ok).toBe(false);
  });

  it('interrupts what takes too long, and goes on', async () => {
    const hog = unwrap(await SqlSession.open('L0', { tables: [], memoryMib: 128, threads: 1, timeoutMs: 300 }));
    const stopped = await hog.query(
      'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7',
    );
    expect(stopped).toMatchObject({ ok: false, error: { code: 'QUERY_TIMED_OUT' } });
    expect((await hog.query('SELECT 1 AS one')).ok).toBe(true);
    expect((await hog.close()).cpuMs).toBeGreaterThan(0);
  });

  it('keeps within its memory, and a death is an answer', async () => {
    const hog = unwrap(await SqlSession.open('L0', { tables: [], memoryMib: 64, threads: 1, timeoutMs: 10_000 }));
    const full = await hog.query('SELECT list(range) AS l FROM range(100000000)');
    expect(full).toMatchObject({ ok: false });
    const killed = hog.query('SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7');
    hog.kill();
    expect(await killed).toMatchObject({ ok: false, error: { code: 'WORKER_FAILED' } });
    expect(await hog.query('SELECT 1')).toMatchObject({ ok: false, error: { code: 'WORKER_FAILED' } });
  });
});
