import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { defaultRules, rulesWith, type DisclosureRules } from '../disclosure/disclosure-rules.js';
import { setDistance, setOf, sizeOf } from '../disclosure/evidence.js';
import { columnUses, type ColumnRule, type ColumnUse } from '../enclave/column-policy.js';
import { checkAnalysis, clusteringRounds, questionsOf, type AnalysisWish } from './analysis.js';
import type { AnalysisOutcome, RunSql } from './analysis-outcome.js';
import { runAnalysis } from './run-analysis.js';
import { kaplanMeier } from './statistics.js';

let connection: DuckDBConnection;
let asked = 0;
const sql: RunSql = async (text) => {
  asked += 1;
  return (await connection.runAndReadAll(text)).getRowObjectsJson();
};
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('SET threads = 1');
});
afterAll(() => connection.closeSync());

type Row = Readonly<Record<string, number | string | boolean | null>>;

/** Loads rows as the one table `data`, each row's patient being its place unless it names one. */
async function load(rows: readonly Row[], types: Readonly<Record<string, string>>): Promise<void> {
  const columns = Object.entries({ __patient: 'INTEGER', ...types });
  await connection.run(
    `CREATE OR REPLACE TABLE data (${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')})`,
  );
  const literal = (value: Row[string] | undefined): string =>
    typeof value === 'string' ? `'${value}'` : String(value ?? 'NULL');
  const values = rows.map(
    (row, at) => `(${columns.map(([name]) => literal(({ __patient: at, ...row } as Row)[name])).join(', ')})`,
  );
  if (values.length > 0) await connection.run(`INSERT INTO data VALUES ${values.join(', ')}`);
}
const run = (wish: AnalysisWish, patients: number, rules: DisclosureRules = defaultRules): Promise<AnalysisOutcome> =>
  runAnalysis(wish, { sql, rules, patients });
const codes = ({ findings }: AnalysisOutcome) => findings.map(({ code }) => code);

describe('whether a column may be used', () => {
  const rule = (name: string, use: ColumnUse, more: Partial<ColumnRule> = {}): ColumnRule => ({
    ...{ name, type: 'integer', use, sensitive: false, generalise: null },
    ...more,
  });
  const table = (column: ColumnRule) => [
    { name: 'data', patientKey: 'id', maxRowsPerPatient: 1, columns: [rule('ok', 'plain'), column] },
  ];
  const wishes = (name: string): readonly AnalysisWish[] => [
    { analysis: 'regression', table: 'data', outcome: name, covariates: ['ok'] },
    { analysis: 'regression', table: 'data', outcome: 'ok', covariates: [name] },
    { analysis: 'survival', table: 'data', time: name, event: 'ok', by: null },
    { analysis: 'survival', table: 'data', time: 'ok', event: name, by: null },
    { analysis: 'survival', table: 'data', time: 'ok', event: 'ok', by: name },
    { analysis: 'clustering', table: 'data', columns: ['ok', name], clusters: 2 },
  ];
  // Outcome, covariate, time, event, group, feature: which of them each use allows.
  const allowed: Readonly<Record<ColumnUse, string>> = {
    plain: '111111',
    after_group_by: '001110',
    after_aggregate: '110001',
    after_compare: '000100',
    filter_only: '000000',
    join_key_only: '000000',
    never: '000000',
  };

  it.each(columnUses)('%s, in each part', (use) => {
    const outcomes = wishes('x').map((wish) => checkAnalysis(wish, table(rule('x', use))));
    expect(outcomes.map(({ ok }) => Number(ok)).join('')).toBe(allowed[use]);
    const reasons = outcomes.flatMap((one) => (one.ok ? [] : [one.error.meta?.['reason']]));
    expect(reasons).toEqual(reasons.map(() => 'column_policy'));
  });

  it('numbers only, but for groups; of a table and a column that are there', () => {
    const reasonsFor = (column: ColumnRule, name = 'x') =>
      wishes(name).map((wish) => {
        const checked = checkAnalysis(wish, table(column));
        return checked.ok ? null : checked.error.meta?.['reason'];
      });
    const noNumber = ['not_a_number', 'not_a_number', 'not_a_number', 'not_a_number', null, 'not_a_number'];
    expect(reasonsFor(rule('x', 'plain', { type: 'text' }))).toEqual(noNumber);
    expect(reasonsFor(rule('x', 'plain', { generalise: 'first_segment' }))).toEqual(noNumber);
    expect(new Set(reasonsFor(rule('x', 'plain'), 'y'))).toEqual(new Set(['no_column']));
    const [wish] = wishes('x');
    expect(wish && checkAnalysis({ ...wish, table: 'other' }, [])).toMatchObject({
      error: { meta: { reason: 'no_table' } },
    });
  });
});

describe('regression', () => {
  const wish = { analysis: 'regression', table: 'data', outcome: 'y', covariates: ['x'] } as const;
  const types = { x: 'DOUBLE', y: 'DOUBLE' };

  it('gives the closed form of one covariate, and its standard errors', async () => {
    const rows = Array.from({ length: 200 }, (_, at) => ({ x: at % 20, y: 3 + 2 * (at % 20) + ((at * 7) % 11) - 5 }));
    await load(rows, types);
    const mean = (of: (row: { x: number; y: number }) => number) =>
      rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
    const sxx = 200 * mean(({ x }) => (x - mx) ** 2);
    const slope = (200 * mean(({ x, y }) => (x - mx) * (y - my))) / sxx;
    const residual = (200 * mean(({ x, y }) => (y - my - slope * (x - mx)) ** 2)) / 198;
    const digits = (value: number) => Number(value.toPrecision(4));
    const shown = await run(wish, 200);
    expect(shown.rows).toEqual([
      ['(intercept)', digits(my - slope * mx), digits(Math.sqrt(residual * (1 / 200 + mx ** 2 / sxx))), 200],
      ['x', digits(slope), digits(Math.sqrt(residual / sxx)), 200],
    ]);
    expect(shown.sets).toEqual([setOf(Array(200).keys(), 200)]);
  });

  it('gives NIST’s Norris coefficients, certified to more digits than are shown', async () => {
    await load(NORRIS, types);
    const shown = await run(wish, NORRIS.length);
    expect(shown.rows.map(([, estimate]) => estimate)).toEqual([-0.2623, 1.002]);
    expect(shown.rows.map(([, , error]) => error)).toEqual([0.2328, 0.0004298]);
  });

  it('tells of whom it tells by bits that lie where they lay when there were fewer patients', async () => {
    await load(
      Array.from({ length: 33 }, (_, at) => ({ x: at, y: at % 5 })),
      types,
    );
    for (const patients of [33, 34, 40, 47]) {
      const { sets } = await run(wish, patients);
      expect(sets.map((set) => setDistance(set, setOf(Array(33).keys(), patients)))).toEqual([0]);
    }
  });

  it('counts a patient once however many rows she has, and leaves out who lacks a value', async () => {
    const once = Array.from({ length: 40 }, (_, at) => ({ __patient: at, x: at, y: 2 * at + (at % 3) }));
    await load(once, types);
    const of = await run(wish, 41);
    await load([...once, ...once, ...once.slice(0, 5), { __patient: 40, x: 1, y: null }], types);
    expect(await run(wish, 41)).toEqual(of);
  });

  it('withholds the coefficient of a covariate that few patients have, and one that one patient makes', async () => {
    const of = (few: number) => Array.from({ length: 300 }, (_, at) => ({ x: Number(at < few), y: 50 + (at % 7) }));
    await load(of(9), types);
    expect(await run(wish, 300)).toMatchObject({ outcome: 'fail', rows: [], sets: [] });
    await load(of(40), types);
    expect((await run(wish, 300)).outcome).toBe('pass');
    await load(
      Array.from({ length: 100 }, (_, at) => ({ x: at % 10, y: at === 0 ? 1e6 : 1 })),
      types,
    );
    expect(codes(await run(wish, 100))).toContain('dominance_top_two');
  });

  it('refuses a model too large for its patients, one that has no solution, and nobody', async () => {
    await load(
      Array.from({ length: 12 }, (_, at) => ({ x: at, y: at })),
      types,
    );
    expect(codes(await run({ ...wish, covariates: ['x', 'x', 'x'] }, 12))).toEqual(['too_many_parameters']);
    await load(
      Array.from({ length: 60 }, (_, at) => ({ x: 1, y: at })),
      types,
    );
    expect(codes(await run(wish, 60))).toEqual(['nothing_left']);
    await load([], types);
    expect(codes(await run(wish, 0))).toEqual(['few_patients']);
  });
});

describe('survival', () => {
  // Freireich et al. 1963, 6-MP arm: weeks of remission, + censored. The published estimates at each relapse.
  const times = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
  const relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0];
  const published = [
    [6, 21, 0.857],
    [7, 17, 0.807],
    [10, 15, 0.753],
    [13, 12, 0.69],
    [16, 11, 0.627],
    [22, 7, 0.538],
    [23, 6, 0.448],
  ];
  const types = { t: 'DOUBLE', e: 'BOOLEAN', g: 'VARCHAR' };
  const wish = { analysis: 'survival', table: 'data', time: 't', event: 'e', by: null } as const;

  it('is Kaplan and Meier’s estimate: the published remissions under 6-mercaptopurine', () => {
    const steps = [...new Set(times)].map((time) => {
      const at = times.flatMap((one, position) => (one === time ? [position] : []));
      return { time, gone: at.length, events: at.filter((position) => relapsed[position] === 1).length };
    });
    const { steps: curve } = kaplanMeier(steps, 1);
    const round = (share: number) => Number(share.toFixed(3));
    expect(curve.map(({ time, atRisk, share }) => [time, atRisk, round(share)])).toMatchObject(published);
  });

  it('of twenty times as many is the same curve, every count to five and the share to the patients it stands for', async () => {
    const many = Array.from({ length: 20 }, () => times.map((t, at) => ({ t, e: relapsed[at] === 1 }))).flat();
    await load(
      many.map((row) => ({ ...row, g: 'a' })),
      types,
    );
    const shown = await run(wish, many.length);
    expect(shown.rows.map(([, time]) => time)).toEqual(published.map(([time]) => time));
    shown.rows.forEach(([, , atRisk, events, share], at) => {
      expect([Number(atRisk) % 5, Number(events) % 5]).toEqual([0, 0]);
      expect(Math.abs(Number(share) - (published[at]?.[2] ?? 0))).toBeLessThan(0.0005 + 2.5 / 420);
      expect(Math.abs((Number(share) * 420) % 5) % 4.5).toBeLessThan(0.5);
    });
  });

  it('withholds a small group and one more, so that the whole less what is shown is no small group either', async () => {
    const of = (g: string, n: number) => Array.from({ length: n }, (_, at) => ({ t: at % 5, e: true, g }));
    await load([...of('a', 4), ...of('b', 60), ...of('c', 80), ...of('d', 90)], types);
    const shown = await run({ ...wish, by: 'g' }, 234);
    expect([...new Set(shown.rows.map(([group]) => group))]).toEqual(['c', 'd']);
    expect(codes(shown)).toEqual(expect.arrayContaining(['few_patients', 'secondary']));
  });

  it('knows a patient by one time and one group, and no number as no time', async () => {
    await load(
      Array.from({ length: 30 }, (_, at) => [
        { __patient: at, t: 5, e: true, g: 'a' },
        { __patient: at, t: 9, e: false, g: 'b' },
        { __patient: 30 + at, t: null, e: true, g: 'a' },
      ]).flat(),
      types,
    );
    const shown = await run({ ...wish, by: 'g' }, 60);
    expect(shown.sets.map(sizeOf)).not.toContain(60);
  });
});

describe('clustering', () => {
  const wish = { analysis: 'clustering', table: 'data', columns: ['x', 'y'], clusters: 2 } as const;
  const types = { x: 'DOUBLE', y: 'DOUBLE' };

  it('finds two clouds where they are', async () => {
    await load(
      Array.from({ length: 100 }, (_, at) => ({ x: (at < 60 ? 10 : 50) + (at % 5), y: (at < 60 ? 1 : 9) + (at % 3) })),
      types,
    );
    const shown = await run(wish, 100);
    expect(shown.rows.map(([cluster, n, x]) => [cluster, n, Math.round(Number(x) / 10)])).toEqual([
      [1, 60, 1],
      [2, 40, 5],
    ]);
    expect(shown.sets.map(sizeOf).toSorted((a, b) => a - b)).toEqual([40, 60, 100]);
  });

  it('shows no cluster of one far away, nor lets the others’ mean tell of it', async () => {
    await load(
      Array.from({ length: 100 }, (_, at) => ({ x: at === 0 ? 1e6 : at % 9, y: at % 4 })),
      types,
    );
    const shown = await run(wish, 100);
    expect(shown.rows.map(([, , x]) => x)).toEqual(shown.rows.map(() => null));
    expect(codes(shown)).toContain('dominance_top_two');
  });
});

describe('of every analysis', () => {
  it('no more questions are asked than were reserved for', async () => {
    await load(
      Array.from({ length: 80 }, (_, at) => ({ x: at % 9, y: at % 7, e: at % 2 === 0 })),
      { x: 'DOUBLE', y: 'DOUBLE', e: 'BOOLEAN' },
    );
    const wishes: readonly AnalysisWish[] = [
      { analysis: 'regression', table: 'data', outcome: 'y', covariates: ['x'] },
      { analysis: 'survival', table: 'data', time: 'x', event: 'e', by: null },
      { analysis: 'clustering', table: 'data', columns: ['x', 'y'], clusters: 2 },
    ];
    for (const wish of wishes) {
      asked = 0;
      await run(wish, 80);
      expect(asked).toBeLessThanOrEqual(questionsOf(wish));
    }
    expect(questionsOf(wishes[2] as AnalysisWish)).toBe(clusteringRounds + 2);
  });

  const group = fc.record({
    n: fc.integer({ min: 0, max: 45 }),
    spread: fc.integer({ min: 1, max: 6 }),
    far: fc.boolean(),
  });
  const world = fc.record({
    groups: fc.array(group, { minLength: 1, maxLength: 6 }),
    least: fc.integer({ min: 5, max: 15 }),
    kind: fc.constantFrom('survival' as const, 'clustering' as const),
  });

  it('what is shown is of enough patients, is no exact count, and leaves of no total a handful', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ groups, least, kind }) => {
        const rows = groups.flatMap(({ n, spread, far }, g) =>
          Array.from({ length: n }, (_, at) => ({
            g: `g${g}`,
            t: at % spread,
            e: at % 4 > 0,
            x: far ? 1000 * g + at : at % 9,
          })),
        );
        await load(rows, { g: 'VARCHAR', t: 'DOUBLE', e: 'BOOLEAN', x: 'DOUBLE' });
        const wish: AnalysisWish =
          kind === 'survival'
            ? { analysis: 'survival', table: 'data', time: 't', event: 'e', by: 'g' }
            : { analysis: 'clustering', table: 'data', columns: ['x', 't'], clusters: Math.max(2, groups.length) };
        const rules = rulesWith(least);
        const shown = await run(wish, rows.length, { ...rules, levelsShare: 1 });
        const everybody = setOf(rows.keys(), rows.length);
        for (const set of shown.sets) {
          expect(sizeOf(set)).toBeGreaterThanOrEqual(rules.minPatients);
          const left = setDistance(set, everybody);
          expect(left === 0 || left >= rules.minPatients).toBe(true);
        }
        const counts = shown.rows.flatMap((row) => (kind === 'survival' ? row.slice(2, 4) : row.slice(1, 2)));
        for (const count of counts) expect(Number(count) % rules.roundingBase).toBe(0);
        if (kind === 'survival')
          for (const [name, , atRisk] of shown.rows) {
            const { n = 0 } = groups[Number(String(name).slice(1))] ?? {};
            expect(n).toBeGreaterThanOrEqual(rules.minPatients);
            expect(Number(atRisk)).toBeGreaterThanOrEqual(rules.minPatients - rules.roundingBase);
          }
      }),
      { numRuns: 60 },
    );
  });
});

/** NIST StRD, Norris: y, x. Certified: −0.262323073774029 (0.232818234301152), 1.00211681802045 (0.000429796848199937). */
const NORRIS =
  `0.1 0.2, 338.8 337.4, 118.1 118.2, 888.0 884.6, 9.2 10.1, 228.1 226.5, 668.5 666.3, 998.5 996.3, 449.1 448.6,
  778.9 777.0, 559.2 558.2, 0.3 0.4, 0.1 0.6, 778.1 775.5, 668.8 666.9, 339.3 338.0, 448.9 447.5, 10.8 11.6, 557.7 556.0,
  228.3 228.1, 998.0 995.8, 888.8 887.6, 119.6 120.2, 0.3 0.3, 0.6 0.3, 557.6 556.8, 339.3 339.1, 888.0 887.2, 998.5 999.0,
  778.9 779.0, 10.2 11.1, 117.6 118.3, 228.9 229.2, 668.4 669.1, 449.2 448.9, 0.2 0.5`
    .split(',')
    .map((pair) => pair.trim().split(' ').map(Number))
    .map(([y = 0, x = 0]) => ({ x, y }));
