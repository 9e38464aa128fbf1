import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '@hetao/kernel';
import { judgeHour, medianOf } from './anomaly.js';

const decimals = (...values: readonly (number | string)[]) => values.map((value) => Decimal.parse(String(value)));
const judged = (value: number, ...earlier: readonly number[]) => judgeHour(Decimal.of(value), decimals(...earlier));

describe('an hour against the same hour of earlier weeks', () => {
  it('is odd when it lies far outside of what they are', () => {
    expect(judged(500, 100, 104, 96, 98, 102, 101).isAnomalous).toBe(true);
    expect(judged(0, 100, 104, 96, 98, 102, 101).isAnomalous).toBe(true);
    expect(judged(103, 100, 104, 96, 98, 102, 101).isAnomalous).toBe(false);
  });

  it('is not excused by one odd week', () => {
    expect(judged(500, 100, 104, 96, 98, 10_000, 101)).toMatchObject({ isAnomalous: true });
    expect(judged(500, 100, 104, 96, 98, 10_000, 101).median.toString()).toBe('100.5');
  });

  it('says what it is judged by', () => {
    expect(judged(112, 100, 104, 96, 98, 102)).toMatchObject({
      isAnomalous: true,
      reason: '4.05 deviations above the median of 5 weeks; odd from 3.5 on.',
    });
  });

  it('is not judged by fewer than four weeks, and takes alike weeks for a hundredth apart', () => {
    expect(judged(900, 1, 1, 1)).toMatchObject({ isAnomalous: false, score: null });
    expect(judged(104, 100, 100, 100, 100).isAnomalous).toBe(false);
    expect(judged(106, 100, 100, 100, 100).isAnomalous).toBe(true);
    expect(judged(1, 0, 0, 0, 0)).toMatchObject({ isAnomalous: true, score: null });
    expect(judged(0, 0, 0, 0, 0)).toMatchObject({ isAnomalous: false });
  });

  it('has the median that sorting gives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }), (values) => {
        const sorted = [...values].sort((a, b) => a - b);
        const half = sorted.length / 2;
        const expected =
          sorted.length % 2 === 1 ? sorted[Math.floor(half)] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
        expect(medianOf(decimals(...values)).toString()).toBe(String(expected));
      }),
    );
    expect(medianOf([]).toString()).toBe('0');
  });
});
