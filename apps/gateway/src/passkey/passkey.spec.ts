import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countsOn, goodChallenge, maxPasskeys, oneMore } from './passkey.js';

describe('The counter of a device', () => {
  it('goes up with every answer that is taken, or stays at nothing for ever', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 }), (seen) => {
        let counter = 0;
        const taken: number[] = [];
        for (const one of seen) {
          if (!countsOn({ counter }, one)) continue;
          taken.push(one);
          counter = one;
        }
        const counted = taken.filter((one) => one > 0);
        // Strictly on, once it has begun to count; before that it says nothing.
        expect(counted).toEqual([...new Set(counted)].sort((a, b) => a - b));
        expect(taken.slice(taken.length - counted.length)).toEqual(counted);
      }),
    );
  });

  it.each([
    [0, 0, true],
    [0, 1, true],
    [7, 8, true],
    [7, 7, false],
    [7, 6, false],
    [7, 0, false],
  ])('at %d that says %d: %s', (counter, seen, good) => {
    expect(countsOn({ counter }, seen)).toBe(good);
  });
});

describe('A challenge', () => {
  it.each([
    ['that was never made, or taken before', undefined],
    ['that came too late', { challenge: 'x', over: true }],
  ])('%s is over', (_what, taken) => {
    expect(goodChallenge(taken)).toMatchObject({ ok: false, error: { code: 'PASSKEY_CHALLENGE_OVER' } });
  });

  it('that was taken in time is good', () => {
    expect(goodChallenge({ challenge: 'x', over: false })).toEqual({ ok: true, value: 'x' });
  });
});

it('A person has twenty passkeys at most', () => {
  expect(oneMore(maxPasskeys - 1).ok).toBe(true);
  expect(oneMore(maxPasskeys)).toMatchObject({ ok: false, error: { code: 'PASSKEY_LIMIT_REACHED' } });
});
