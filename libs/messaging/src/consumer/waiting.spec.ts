import { describe, expect, it } from '@jest/globals';
import { backoffMs, Doorbell, Interrupted, pause, within } from './waiting.js';

const never = new AbortController().signal;

describe('waiting', () => {
  it('doubles from the first delay to the longest, give or take half', () => {
    const bounds = { firstDelayMs: 100, longestDelayMs: 1_000 };
    for (const [attempt, ceiling] of [
      [1, 100],
      [2, 200],
      [4, 800],
      [5, 1_000],
      [60, 1_000],
    ] as const) {
      const waitMs = backoffMs(attempt, bounds);
      expect(waitMs).toBeGreaterThanOrEqual(ceiling / 2);
      expect(waitMs).toBeLessThanOrEqual(ceiling);
    }
  });

  it('ends a pause when it is interrupted', async () => {
    const stop = new AbortController();
    const waiting = pause(60_000, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toBeInstanceOf(Interrupted);
  });

  it('remembers a ring that nobody waited for', async () => {
    const bell = new Doorbell();
    bell.ring();
    bell.ring();
    await bell.wait(60_000, never);
    const stop = new AbortController();
    const second = bell.wait(60_000, stop.signal);
    stop.abort();
    await second;
  });

  it('wakes who waits', async () => {
    const bell = new Doorbell();
    const waiting = bell.wait(60_000, never);
    bell.ring();
    await waiting;
  });

  it('tells whether work ended within its bound', async () => {
    expect(await within(60_000, Promise.resolve())).toBe(true);
    expect(await within(1, new Promise(() => undefined))).toBe(false);
  });
});
