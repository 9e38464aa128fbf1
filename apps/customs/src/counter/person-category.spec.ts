import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { personCount } from './person-category.js';

describe('the count of a year', () => {
  it('is never too low, and says by how much it may be too high', () => {
    const group = fc.nat(500);
    fc.assert(
      // Who gave commitments, who is in sketches, who was only declared, and how many of the latter two are the same people.
      fc.property(group, group, group, fc.nat(100), (exact, sketched, declared, overlap) => {
        const shared = Math.min(overlap, exact, sketched);
        const together = exact + sketched - shared;
        const bound = (persons: number) => ({
          ...{ estimate: persons, error: 0.025, lower: Math.floor(persons * 0.975), upper: Math.ceil(persons * 1.025) },
        });
        const known = personCount({ exact, declared, sketched: { alone: bound(sketched), together: bound(together) } });
        // The people declared may all be new, or all be among the others.
        const [most, least] = [together + declared, Math.max(together, declared)];
        expect(known.total).toBeGreaterThanOrEqual(most);
        expect(known.total - known.possibleDoubleCount).toBeLessThanOrEqual(least);
      }),
    );
  });
  it('is exact where there are commitments alone', () => {
    expect(personCount({ exact: 7, declared: 0, sketched: null })).toEqual({
      ...{ exact: 7, declared: 0, estimate: null, total: 7, possibleDoubleCount: 0 },
    });
  });
});
