import { describe, expect, it } from '@jest/globals';
import { Random } from '../random.js';
import { planOf, shown } from './fault-plan.js';

describe('the plan of a run', () => {
  const size = { strikes: 4, steps: 40 };

  it('is the same for the same seed, and another for another', () => {
    const [one, again, other] = [7, 7, 8].map((seed) => planOf(new Random(seed), size));
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('strikes in order, within the run, and does every harm sooner or later', () => {
    const plans = Array.from({ length: 200 }, (_, seed) => planOf(new Random(seed), size));
    for (const plan of plans) {
      const moments = plan.map(({ afterSteps }) => afterSteps);
      expect(moments).toEqual([...moments].sort((one, other) => one - other));
      expect(Math.max(...moments)).toBeLessThan(size.steps);
    }
    const kinds = new Set(plans.flat().map(({ harm }) => harm.kind));
    expect([...kinds].sort()).toEqual([
      ...['crash-database', 'fill-disk', 'freeze', 'jump-clock', 'kill', 'kill-broker', 'reset', 'slow'],
    ]);
  });

  it('is told in a line a strike', () => {
    const strike = { afterSteps: 12, laterMs: 30, redelivers: true } as const;
    expect(shown({ ...strike, harm: { kind: 'slow', line: 'broker', delayMs: 20, forMs: 900 } })).toBe(
      ' 12 steps +  30 ms  20 ms on every piece of data of all to the broker for 900 ms, old events again',
    );
  });
});
