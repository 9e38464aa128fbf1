import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteAllowance, sessionAllowance } from './byte-allowance.js';

const MINUTE_MS = 60_000;
const CEILING = 60 * 48_000 + 1_000_000;

/** Most bytes that were sent within any window of this length, from the first of them to the last. */
function mostIn(sent: readonly { at: number; bytes: number }[], windowMs: number): number {
  let from = 0;
  let sum = 0;
  let most = 0;
  for (const { at, bytes } of sent) {
    sum += bytes;
    while ((sent[from]?.at ?? at) < at - windowMs) sum -= sent[from++]?.bytes ?? 0;
    most = Math.max(most, sum);
  }
  return most;
}

describe('The byte allowance of a session', () => {
  it('lets no 60 seconds carry more than 60 × 48 kB + 1 MB, whatever is asked for', () => {
    const wishes = fc.array(fc.record({ wait: fc.integer({ min: 0, max: 9_000 }), bytes: fc.nat(400_000) }), {
      minLength: 20,
      maxLength: 400,
    });
    fc.assert(
      fc.property(wishes, fc.nat(5_000), (asked, start) => {
        const allowance = new ByteAllowance(sessionAllowance, start);
        let at = start;
        const sent: { at: number; bytes: number }[] = [];
        for (const { wait, bytes } of asked) {
          at += wait;
          if (allowance.spend(bytes, at)) sent.push({ at, bytes });
        }
        expect(mostIn(sent, MINUTE_MS)).toBeLessThanOrEqual(CEILING);
      }),
      { numRuns: 200 },
    );
  });

  it('lets no hour carry more than 150 MB under a viewer that always wants more', () => {
    const allowance = new ByteAllowance(sessionAllowance, 0);
    const sent: { at: number; bytes: number }[] = [];
    for (let at = 0; at < 2.2 * 3_600_000; at += 200) if (allowance.spend(9_600, at)) sent.push({ at, bytes: 9_600 });
    expect(mostIn(sent, 3_600_000)).toBeLessThanOrEqual(150_000_000);
    expect(mostIn(sent, MINUTE_MS)).toBeLessThanOrEqual(CEILING);
  });

  it('gives all it promises: the burst at once, then 48 kB a second', () => {
    const allowance = new ByteAllowance(sessionAllowance, 1_000);
    expect(allowance.spend(1_000_000, 1_000)).toBe(true);
    expect(allowance.spend(1, 1_000)).toBe(false);
    expect(allowance.spend(48_000, 2_000)).toBe(true);
    expect(allowance.available(2_000)).toBe(0);
  });

  it('earns nothing from a clock that is set back', () => {
    const allowance = new ByteAllowance(sessionAllowance, 10_000);
    allowance.spend(1_000_000, 10_000);
    expect(allowance.available(2_000)).toBe(0);
    expect(allowance.available(11_000)).toBe(48_000);
  });
});
