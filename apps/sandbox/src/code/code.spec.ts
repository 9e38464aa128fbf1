import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { defaultRules, roundByContribution } from '../disclosure/disclosure-rules.js';
import type { ColumnUse, GovernedTable } from '../enclave/column-policy.js';
import { planCode, type CodeWish } from './code-plan.js';
import { CodeProcess, type CodeOutcome } from './code.process.js';

const PATIENTS = 30;
const column = (name: string, type: 'integer' | 'text' | 'date', use: ColumnUse = 'plain') => ({
  ...{ name, type, use, sensitive: false, generalise: null },
});
const tables: readonly GovernedTable[] = [
  {
    ...{ name: 'patient', patientKey: 'id', maxRowsPerPatient: 1 },
    columns: [
      ...[column('id', 'text', 'join_key_only'), column('age', 'integer'), column('sex', 'text', 'after_group_by')],
      ...[column('dose', 'integer', 'after_aggregate'), column('note', 'text', 'never')],
      ...[column('flag', 'text', 'filter_only'), column('band', 'integer', 'after_group_by')],
    ],
  },
  {
    ...{ name: 'visit', patientKey: 'id', maxRowsPerPatient: 9 },
    columns: [column('score', 'integer'), column('month', 'date', 'after_group_by')],
  },
];
const reads = [
  { table: 'patient', columns: ['age', 'sex'] },
  { table: 'visit', columns: ['score', 'month'] },
];
const wish = (source: string, change: Partial<CodeWish> = {}): CodeWish => ({
  ...{
    language: 'javascript',
    source,
    reads,
    groups: ['g'],
    measures: [{ kind: 'patients' }, { kind: 'avg', of: 'x' }],
  },
  ...change,
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-code-'));
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  const write = (name: string, sql: string) =>
    db.run(`COPY (${sql}) TO '${join(folder, name)}.parquet' (FORMAT parquet)`);
  await write(
    'patient',
    `SELECT range::INTEGER AS __patient, 20 + range::BIGINT AS age, if(range % 2 = 0, 'f', 'm') AS sex FROM range(${PATIENTS})`,
  );
  await write(
    'visit',
    `SELECT p.range::INTEGER AS __patient, r.range AS score, DATE '2026-03-01' AS month FROM range(${PATIENTS}) p, range(3) r`,
  );
  db.closeSync();
});
afterAll(() => rm(folder, { recursive: true }));

const run = (code: CodeWish, change: { isDryRun?: boolean; timeoutMs?: number } = {}): Promise<CodeOutcome> =>
  new CodeProcess('L2', {
    ...{ plan: unwrap(planCode(code, tables)), memoryMib: 128, timeoutMs: 30_000, isDryRun: false },
    tables: tables.map(({ name }) => ({ name, path: join(folder, `${name}.parquet`), select: '*' })),
    ...change,
  }).run();

describe('code of somebody’s own', () => {
  it('is called for each patient with the rows of hers, and gives records of the members it declared', async () => {
    const source = `interface Patient { patient: { age: number; sex: string }[]; visit: { score: number; month: string }[] }
      function main({ patient: [self], visit }: Patient) {
        if (self.age > 47) return null;
        return visit.map(({ score, month }) => ({ g: self.sex + month, x: score * self.age, secret: self.age }));
      }`;
    const { rows, used } = await run(wish(source, { language: 'typescript' }));
    const given = unwrap(rows);
    expect(given).toHaveLength(28 * 3);
    expect(given.filter(([patient]) => patient === 3)).toEqual(
      [0, 1, 2].map((score) => [3, 'm2026-03-01', score * 23]),
    );
    expect([used.cpuMs > 0, used.peakKib > 0]).toEqual([true, true]);
  });

  it('finds no way out, no clock, and nothing of the patient before', async () => {
    const attempts = [
      'typeof process',
      'typeof require',
      'typeof fetch',
      'typeof Date',
      'typeof WebAssembly',
      'typeof SharedArrayBuffer',
      'this.constructor.constructor("return typeof process")()',
      'typeof globalThis.constructor.constructor("return this")().process',
      '(globalThis.kept = (globalThis.kept ?? 0) + 1)',
      '(Array.prototype.kept = (Array.prototype.kept ?? 0) + 1)',
      '(count += 1)',
      '(JSON.kept = (JSON.kept ?? 0) + 1)',
      'Object.keys(globalThis).join()',
    ];
    const source = `let count = 0;
      const attempt = (text) => { try { return String(eval(text)); } catch (error) { return 'refused'; } };
      function main() { return ${JSON.stringify(attempts)}.map((text) => ({ g: attempt(text) })); }`;
    const given = unwrap((await run(wish(source, { measures: [{ kind: 'patients' }] }))).rows);
    const seen = attempts.map(
      (_, at) => new Set(given.filter((__, row) => row % attempts.length === at).map(([, g]) => g)),
    );
    const nothing = Array.from({ length: 8 }, () => new Set(['undefined']));
    expect(seen.slice(0, 8)).toEqual(nothing);
    expect(seen.slice(8, 12)).toEqual(Array.from({ length: 4 }, () => new Set(['1'])));
    expect([...(seen[12] ?? [])].join()).not.toMatch(/process|require|console/);
  });

  it('that throws, hangs or takes all memory for one patient leaves her out, and nobody hears of it', async () => {
    const source = `function main({ patient: [{ age }] }) {
      if (age === 21) throw new Error('age is ' + age);
      if (age === 22) for (;;);
      if (age === 23) { const hog = []; for (;;) hog.push(new Array(1e6).fill(age)); }
      if (age === 24) return { get g() { throw new Error(); }, x: 1 };
      if (age === 25) return 'x'.repeat(1e6);
      return { g: 'ok', x: Infinity };
    }`;
    const { rows } = await run(wish(source));
    const given = unwrap(rows);
    expect(given.map(([patient]) => patient)).toEqual([0, ...Array.from({ length: 24 }, (_, at) => at + 6)]);
    expect(new Set(given.map(([, g, x]) => `${String(g)} ${String(x)}`))).toEqual(new Set(['ok null']));
  });

  it('is told what is wrong with it, and of what went wrong in it on the twin alone', async () => {
    const complaint = async (source: string, isDryRun: boolean) => {
      const { rows } = await run(wish(source), { isDryRun });
      return rows.ok ? rows.value.length : [rows.error.code, rows.error.detail];
    };
    const fails = `function main({ patient: [{ age }] }) { throw new Error('age ' + age); }`;
    const wrong = [
      complaint('function main( {', false),
      complaint('const other = 1', false),
      complaint(fails, true),
      complaint(fails, false),
    ];
    expect(await Promise.all(wrong)).toEqual([
      ['CODE_FAILED', expect.stringContaining('SyntaxError')],
      ['CODE_FAILED', expect.stringContaining('main(patient)')],
      ['CODE_FAILED', expect.stringContaining('age 20')],
      0,
    ]);
    const endless = await run(wish('function main() { for (;;); }'), { timeoutMs: 800 });
    expect(endless.rows).toMatchObject({ ok: false, error: { code: 'QUERY_TIMED_OUT' } });
  });

  it('reads what may be grouped by and, of numbers, added up as well; nothing else', () => {
    const reading = (...columns: string[]) => planCode(wish('', { reads: [{ table: 'patient', columns }] }), tables).ok;
    const allowed = ['id', 'age', 'sex', 'dose', 'note', 'flag', 'band', 'none'].filter((name) => reading(name));
    expect(allowed).toEqual(['age', 'sex']);
    const refused = (change: Partial<CodeWish>) => planCode(wish('', change), tables);
    expect(refused({ reads: [{ table: 'none', columns: ['age'] }] })).toMatchObject({
      error: { code: 'JOB_COLUMN_UNKNOWN' },
    });
    expect(refused({ groups: ['x'] })).toMatchObject({ error: { code: 'JOB_CODE_REFUSED' } });
    expect(refused({ measures: [{ kind: 'sum' }] })).toMatchObject({ error: { code: 'JOB_CODE_REFUSED' } });
  });
});

describe('a sum of what code made up', () => {
  it('is the same for most who might be one more, as a count is: a one among noughts is not read out', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 60 });
    fc.assert(
      fc.property(values, (others) => {
        const sum = others.reduce((all, one) => all + one, 0);
        const largest = Math.max(1, ...others);
        const shown = [0, 1].map((bit) => roundByContribution(sum + bit, largest, defaultRules));
        expect((shown[0] ?? 0) % 5).toBe(0);
        expect([0, 5]).toContain((shown[1] ?? 0) - (shown[0] ?? 0));
      }),
    );
    expect(roundByContribution(600, 1, defaultRules)).toBe(roundByContribution(601, 1, defaultRules));
    expect(roundByContribution(1234, 7, defaultRules)).toBe(1250);
    expect(roundByContribution(-1234, 0.3, defaultRules)).toBe(-1235);
  });
});
