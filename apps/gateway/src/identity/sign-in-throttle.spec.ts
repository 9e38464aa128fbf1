import { describe, expect, it } from '@jest/globals';
import { failuresNow, perEmail, waitMs } from './sign-in-throttle.js';

const last = new Date('2026-11-22T12:00:00Z');
const after = (ms: number) => new Date(last.getTime() + ms);

describe('the sign-in throttle', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 2_000],
    [6, 4_000],
    [10, 64_000],
    [14, 900_000],
    [1000, 900_000],
  ])('after %d wrong tries waits %d ms', (failures, wait) => {
    expect(waitMs({ failures, lastFailureAt: last }, last, perEmail)).toBe(wait);
  });

  it('counts the wait down and forgets after an hour', () => {
    const tries = { failures: 6, lastFailureAt: last };
    expect(waitMs(tries, after(3_000), perEmail)).toBe(1_000);
    expect(waitMs(tries, after(4_000), perEmail)).toBe(0);
    expect(failuresNow(tries, after(perEmail.forgetAfterMs - 1), perEmail)).toBe(6);
    expect(failuresNow(tries, after(perEmail.forgetAfterMs), perEmail)).toBe(0);
    expect(failuresNow(undefined, last, perEmail)).toBe(0);
  });
});
