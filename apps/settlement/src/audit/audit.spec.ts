import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stretchesOf, type ChainMarks } from './audit.js';

describe('what an audit looks at of the chain', () => {
  it('is all that is new, and some of what was looked at before', () => {
    expect(stretchesOf({ until: 0, recheckedUntil: 0 }, 10, { fresh: 100, again: 4 })).toEqual({
      stretches: [{ first: 1, last: 10 }],
      marks: { until: 10, recheckedUntil: 0 },
    });
    expect(stretchesOf({ until: 10, recheckedUntil: 8 }, 12, { fresh: 100, again: 4 })).toEqual({
      stretches: [
        { first: 9, last: 10 },
        { first: 11, last: 12 },
      ],
      marks: { until: 12, recheckedUntil: 10 },
    });
  });

  it('leaves nothing out, and comes by everything again, however the chain grows', () => {
    const growth = fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 30 });
    const bounds = fc.record({ fresh: fc.integer({ min: 10, max: 60 }), again: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(growth, bounds, (steps, bound) => {
        let marks: ChainMarks = { until: 0, recheckedUntil: 0 };
        let head = 0;
        const looked: number[] = [];
        const audit = (): void => {
          const found = stretchesOf(marks, head, bound);
          for (const { first, last } of found.stretches) for (let no = first; no <= last; no += 1) looked.push(no);
          expect(found.stretches.every(({ last }) => last <= head)).toBe(true);
          marks = found.marks;
        };
        for (const step of steps) {
          head += step;
          audit();
        }
        for (let night = 0; marks.until < head; night += 1) audit();
        for (let night = 0; night <= 2 * Math.ceil(head / bound.again) + 2; night += 1) audit();
        const times = (no: number): number => looked.filter((one) => one === no).length;
        for (let no = 1; no <= head; no += 1) expect(times(no)).toBeGreaterThan(1);
      }),
      { numRuns: 50 },
    );
  });
});
