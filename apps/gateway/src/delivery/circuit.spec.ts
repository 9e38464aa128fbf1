import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterFailure, isAway, mayPass, stateOf, type Circuit } from './circuit.js';

const failed = (times: number, from: Circuit | undefined = undefined, at = 0): Circuit | undefined =>
  Array.from({ length: times }).reduce<Circuit | undefined>((circuit) => afterFailure(circuit, 'no answer', at), from);

describe('the circuit of a merchant’s service', () => {
  it('lets calls pass until five in a row failed, then rests', () => {
    expect(mayPass(failed(4), 0)).toBe(true);
    const open = failed(5) as Circuit;
    expect([stateOf(open, 0), mayPass(open, 4_999), open.retryAt]).toEqual(['open', false, 5_000]);
  });

  it('lets one call try it when the rest is over, and doubles the rest when that fails', () => {
    const open = failed(5) as Circuit;
    expect([stateOf(open, 5_000), mayPass(open, 5_000)]).toEqual(['half_open', true]);
    expect(mayPass({ ...open, isTried: true }, 5_000)).toBe(false);
    const again = afterFailure({ ...open, isTried: true }, 'no answer', 5_000);
    expect([again.retryAt, again.openedAt, again.isTried]).toEqual([15_000, 0, false]);
  });

  it('is not opened longer by calls that were under way when it opened', () => {
    const open = failed(5) as Circuit;
    expect(failed(20, open, 10)).toEqual(open);
  });

  it('never rests longer than two minutes, however long the service is away', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 60 }), (pauses) => {
        let [circuit, now]: [Circuit | undefined, number] = [undefined, 0];
        for (const pause of pauses) {
          now += pause;
          if (mayPass(circuit, now)) circuit = afterFailure(circuit, 'no answer', now);
          if (circuit !== undefined) expect(circuit.retryAt - now).toBeLessThanOrEqual(120_000);
        }
      }),
    );
  });

  it.each([
    [502, true],
    [503, true],
    [504, true],
    [500, false],
    [404, false],
    [200, false],
  ])('counts an answer of %i as away: %s', (status, expected) => {
    expect(isAway(status)).toBe(expected);
  });
});
