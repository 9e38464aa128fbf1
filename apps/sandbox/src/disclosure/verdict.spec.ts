import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultRules, roundCount, rulesWith } from './disclosure-rules.js';
import { setDistance, setOf, sizeOf, unionOf, type CellEvidence, type CellKey } from './evidence.js';
import { secondarySuppression } from './suppression.js';
import { judgeTable, valueFindings, type TableShape } from './verdict.js';

let next = 0;
const cell = (keys: readonly CellKey[], patients: number, contributions: readonly number[] = []): CellEvidence => {
  const set = setOf(
    Array.from({ length: patients }, () => next++ % 8_000),
    8_000,
  );
  const total = contributions.reduce((sum, one) => sum + one, 0);
  const top = contributions.toSorted((a, b) => b - a).slice(0, 2);
  return {
    ...{ keys, patients, rows: patients, set },
    measures: [
      { value: patients, contributors: patients, total: 0, top: [], set: null },
      { value: total, contributors: contributions.length, total, top, set: null },
    ],
  };
};
const shape = (...groups: string[]): TableShape => ({
  groups,
  measures: [
    { name: 'n', kind: 'patients' },
    { name: 's', kind: 'sum' },
  ],
});
const even = (n: number): number[] => Array.from({ length: n }, () => 1);

describe('the rules against reference fixtures', () => {
  // Contributions and verdicts worked out by hand from ACRO's definitions: n-k (2, 90 %), p % 10, threshold 10.
  it.each([
    ['nine contributors', even(9), ['few_patients']],
    ['ten even contributors', even(10), []],
    ['two of 91 %', [60, 31, ...Array.from({ length: 9 }, () => 1)], ['dominance_top_two']],
    ['two of exactly 90 %', [45, 45, ...Array.from({ length: 10 }, () => 1)], ['dominance_soft']],
    ['one of 51 %', [51, ...Array.from({ length: 49 }, () => 1)], ['dominance_soft']],
    ['two of 68 %', [34, 34, ...Array.from({ length: 32 }, () => 1)], ['dominance_soft']],
    ['two of 66 %', [33, 33, ...Array.from({ length: 34 }, () => 1)], []],
    ['remainder of 9 % of the largest', [90, 1, ...Array.from({ length: 8 }, () => 1)], ['dominance_top_two']],
  ] as const)('%s', (_, contributions, expected) => {
    const total = contributions.reduce((sum: number, one) => sum + one, 0);
    const top = contributions.toSorted((a, b) => b - a).slice(0, 2);
    const evidence = { value: total, contributors: contributions.length, total, top, set: null };
    expect(valueFindings({ kind: 'sum' }, evidence, defaultRules)).toEqual(expected);
  });

  it('p % alone: the largest could be worked out though two make less than nine tenths', () => {
    const rules = { ...defaultRules, topTwoHard: 0.99 };
    const evidence = { value: 0, contributors: 12, total: 195, top: [100, 90], set: null };
    expect(valueFindings({ kind: 'sum' }, evidence, rules)).toEqual(['dominance_remainder']);
  });

  it('degrees of freedom and the tails of percentiles', () => {
    const of = (contributors: number) => ({ value: 1, contributors, total: contributors, top: [1, 1], set: null });
    expect(valueFindings({ kind: 'stddev' }, of(10), defaultRules)).toEqual(['few_degrees_of_freedom']);
    expect(valueFindings({ kind: 'stddev' }, of(11), defaultRules)).toEqual([]);
    expect(valueFindings({ kind: 'quantile', quantile: 0.05 }, of(199), defaultRules)).toEqual(['quantile_tail']);
    expect(valueFindings({ kind: 'quantile', quantile: 0.05 }, of(200), defaultRules)).toEqual([]);
  });

  it('a custodian may raise the threshold, and lower it to five', () => {
    expect(rulesWith(20).minPatients).toBe(20);
    expect(rulesWith(1).minPatients).toBe(5);
  });
});

describe('a table', () => {
  it('withholds small cells, and one more so that the total does not give them away', () => {
    const verdict = judgeTable(
      shape('sex'),
      [cell(['f'], 9), cell(['m'], 40, even(40)), cell(['x'], 60, even(60))],
      defaultRules,
    );
    expect(verdict.cells.map(({ masked }) => masked)).toEqual([true, true, false]);
    expect(verdict).toMatchObject({ outcome: 'review', findings: [{ code: 'few_patients' }, { code: 'secondary' }] });
    expect(Object.keys(verdict.findings[0]?.message ?? {})).toEqual(['en', 'zh-Hans', 'zh-Hant']);
  });

  it('says what would pass', () => {
    const cells = ['a', 'b'].flatMap((one) =>
      ['x', 'y'].map((two) => cell([one, two], one === 'a' && two === 'x' ? 4 : 30, even(30))),
    );
    expect(judgeTable(shape('one', 'two'), cells, defaultRules).suggestions).toMatchObject([{ code: 'drop_group' }]);
  });

  it('does not tell that everybody of a line is of one class', () => {
    const regions = ['south', 'east', 'west'];
    const cells = [
      cell(['north', 'ill'], 50, even(50)),
      ...regions.flatMap((region) => ['ill', 'well', 'unknown'].map((state) => cell([region, state], 50, even(50)))),
    ];
    const verdict = judgeTable(shape('region', 'state'), cells, defaultRules);
    expect(verdict.cells[0]?.masked).toBe(true);
    expect(verdict.findings.map(({ code }) => code)).toContain('one_class');
  });

  it('withholds a sum that two make with another, so that neither follows from the sum of all', () => {
    const dominated = cell(['a'], 20, [1000, 900, ...even(18)]);
    const verdict = judgeTable(
      shape('site'),
      [
        dominated,
        ...['b', 'c', 'd'].map((site, at) =>
          cell(
            [site],
            40 + at,
            even(40 + at).map(() => 100),
          ),
        ),
      ],
      { ...defaultRules, levelsShare: 1 },
    );
    expect(verdict.cells.map(({ values }) => values)).toEqual([
      [20, null],
      [40, null],
      [40, 4100],
      [40, 4200],
    ]);
    expect(verdict.findings.map(({ code }) => code)).toEqual(['secondary', 'dominance_top_two']);
  });

  it('lets no line less what is shown of it be a handful', () => {
    const sizes = [3, 4, 30, 40, 20, 25, 35, 45];
    const cells = sizes.map((size, at) => cell([at < 4 ? 'r' : 's', `c${at % 4}`], size, even(size)));
    const verdict = judgeTable(shape('row', 'column'), cells, { ...defaultRules, levelsShare: 1 });
    const hidden = verdict.cells.flatMap(({ masked, keys }, at) => (masked && keys[0] === 'r' ? (sizes[at] ?? 0) : []));
    expect(hidden.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(10);
  });

  it('refuses more levels than allowed, and a table of which nothing is left', () => {
    const many = Array.from({ length: 41 }, (_, at) => cell([`l${at}`], 20, even(20)));
    expect(judgeTable(shape('code'), many, defaultRules)).toMatchObject({
      outcome: 'fail',
      findings: [{ code: 'too_many_levels' }],
    });
    expect(judgeTable(shape(), [cell([], 3)], defaultRules)).toMatchObject({ outcome: 'fail', cells: [], sets: [] });
    expect(judgeTable(shape('sex'), [], defaultRules)).toMatchObject({ outcome: 'fail' });
  });

  it('never shows a cell under the threshold, nor lets a line have one withheld cell alone, nor a count that is no multiple', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 4, maxLength: 24 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 4 }), (sizes, width) => {
        const cells = sizes.flatMap((size, at) =>
          size === 0 ? [] : [cell([`r${Math.floor(at / width)}`, `c${at % width}`], size, even(size))],
        );
        const { cells: shown, outcome } = judgeTable(shape('row', 'column'), cells, {
          ...defaultRules,
          levelsShare: 1,
        });
        for (const [at, one] of shown.entries()) {
          if (one.masked) expect(one.values).toEqual([null, null]);
          else {
            expect(cells[at]?.patients).toBeGreaterThanOrEqual(10);
            expect((one.values[0] ?? 0) % 5).toBe(0);
          }
        }
        if (outcome === 'fail') return;
        const hidden = new Set(shown.flatMap(({ masked }, at) => (masked ? [at] : [])));
        const together = (at: readonly number[]) => sizeOf(unionOf(at.flatMap((one) => cells[one]?.set ?? [])));
        expect(secondarySuppression(cells, hidden, (at) => together(at) >= 10).size).toBe(0);
      }),
      { numRuns: 120 },
    );
  });
});

describe('patient sets', () => {
  it('know their size, their union and how far apart they are', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 60 });
    fc.assert(
      fc.property(numbers, numbers, (one, other) => {
        const [a, b] = [setOf(one, 100), setOf(other, 100)];
        const apart = one.filter((n) => !other.includes(n)).length + other.filter((n) => !one.includes(n)).length;
        expect([sizeOf(a), setDistance(a, b)]).toEqual([one.length, apart]);
        expect(sizeOf(unionOf([a, b]))).toBe(new Set([...one, ...other]).size);
      }),
    );
    expect(roundCount(12, defaultRules)).toBe(10);
  });
});
