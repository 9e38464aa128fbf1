import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawSample, outcomeOf, workingPaper, type Case } from './sample.rules.js';

const terms = { period: '2026-10', size: 2, seed: 'kite' };
const ids = ['inv_a', 'inv_b', 'inv_c', 'inv_d'];

describe('a sample', () => {
  it('is the same for everybody with the seed, in whatever order the invoices came, and another for another seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(ids, { minLength: 4 }), fc.string(), async (shuffled, seed) => {
        const drawn = await drawSample(shuffled, { ...terms, seed });
        expect(drawn).toEqual(await drawSample(ids, { ...terms, seed }));
        expect(new Set(drawn).size).toBe(2);
      }),
      { numRuns: 30 },
    );
    const seeds = ['a', 'b', 'c', 'd', 'e', 'f'];
    const drawn = await Promise.all(seeds.map((seed) => drawSample(ids, { ...terms, seed })));
    expect(new Set(drawn.map(String)).size).toBeGreaterThan(1);
  });

  it('is everything where there is no more', async () => {
    expect([...(await drawSample(ids, { ...terms, size: 50 }))].sort()).toEqual(ids);
    expect(await drawSample([], terms)).toEqual([]);
  });
});

it('the working paper holds the rule, the population and what came out of each', async () => {
  const line = { lineNo: 1, component: 'access', billed: '1.00', recomputed: '2.00' };
  const differs = { totals: [], result: { lines: [line], currency: 'CNY', same: false } };
  const cases: Case[] = [
    { id: 'inv_a', number: 'HX-1', performed: differs },
    { id: 'inv_b', number: 'HX-2', performed: { totals: [], result: undefined } },
  ];
  expect(cases.map(({ performed }) => outcomeOf(performed))).toEqual(['differs', 'not_rated']);
  const paper = JSON.parse(await workingPaper(terms, ids, cases)) as Record<string, unknown>;
  expect(paper).toMatchObject({ ...terms, population: { invoices: 4 } });
  expect(paper['cases']).toMatchObject([
    { invoice_id: 'inv_a', outcome: 'differs', lines: [line] },
    { outcome: 'not_rated' },
  ]);
  const reordered = JSON.parse(await workingPaper(terms, [...ids].reverse(), cases)) as Record<string, unknown>;
  expect(reordered['population']).toEqual(paper['population']);
});
