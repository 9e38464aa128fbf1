import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputCaps, inputLimits } from './input-caps.js';

describe('The caps on what a viewer puts in', () => {
  it('takes 40 keys at once and 15 a second, never more in any stretch', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { maxLength: 300 }), (waits) => {
        const caps = new InputCaps(0);
        const taken: number[] = [];
        let at = 0;
        for (const wait of waits) if (caps.take('key', 1, (at += wait)) === 'taken') taken.push(at);
        for (const [from, start] of taken.entries()) {
          const last = taken.at(-1) ?? start;
          expect(taken.length - from).toBeLessThanOrEqual(40 + (15 * (last - start)) / 1000 + 1e-9);
        }
      }),
    );
  });

  it('takes no more than 600 characters of text in any minute, and no text above 200', () => {
    const texts = fc.array(fc.record({ wait: fc.nat(9_000), length: fc.integer({ min: 1, max: 260 }) }), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(texts, (asked) => {
        const caps = new InputCaps(0);
        const taken: { at: number; length: number }[] = [];
        let at = 0;
        for (const { wait, length } of asked) {
          at += wait;
          if (caps.take('text', length, at) === 'taken') taken.push({ at, length });
        }
        for (const { at: end, length } of taken) {
          expect(length).toBeLessThanOrEqual(inputLimits.textLength);
          const minute = taken.filter((text) => text.at > end - 60_000 && text.at <= end);
          expect(minute.reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(600);
        }
      }),
    );
  });

  it('lets a person type and point as he likes', () => {
    const caps = new InputCaps(0);
    for (let at = 0; at < 60_000; at += 90) expect(caps.take('key', 1, at)).toBe('taken');
    for (let at = 0; at < 60_000; at += 34) expect(caps.take('pointer', 1, at)).toBe('taken');
  });

  it('calls a machine a flood', () => {
    const caps = new InputCaps(0);
    const verdicts = Array.from({ length: 600 }, (_, n) => caps.take('key', 1, n));
    expect(verdicts.slice(0, 40)).not.toContain('dropped');
    expect(verdicts).toContain('dropped');
    expect(verdicts.at(-1)).toBe('flood');
  });
});
