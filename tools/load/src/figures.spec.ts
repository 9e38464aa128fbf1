import { describe, expect, it } from '@jest/globals';
import { percentile, risePerHour } from './figures.js';

describe('figures of a day', () => {
  it('finds the value below which a share lies', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
    expect(percentile([], 0.5)).toBe(0);
  });

  it('tells what rises from what only shakes', () => {
    const every10s = (valueAt: (at: number) => number) =>
      Array.from({ length: 60 }, (_, at) => ({ atMs: at * 10_000, value: valueAt(at) }));
    expect(risePerHour(every10s((at) => 100 + at))).toBeCloseTo(360);
    expect(Math.abs(risePerHour(every10s((at) => 100 + (at % 2))))).toBeLessThan(1);
    expect(risePerHour([])).toBe(0);
  });
});
