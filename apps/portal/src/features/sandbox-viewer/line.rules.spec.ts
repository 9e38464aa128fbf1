import { describe, expect, it } from '@jest/globals';
import { clockText, KeyToPixel, pauseBefore, stateAfter } from './line.rules.js';

describe('A line that was closed', () => {
  it.each([
    [4410, 'ended'],
    [4409, 'taken'],
    [4400, 'refused'],
    [4429, 'refused'],
    [4503, 'again'],
    [1006, 'again'],
  ])('by %i is %s', (code, state) => {
    expect(stateAfter(code, 0)).toBe(state);
  });

  it('is given up after many tries, which come less and less often', () => {
    expect(stateAfter(1006, 12)).toBe('lost');
    expect([0, 1, 4, 9].map(pauseBefore)).toEqual([250, 500, 4_000, 4_000]);
  });
});

it('from key to pixel: of the oldest input that a picture has heard of, each once', () => {
  const meter = new KeyToPixel();
  meter.sent(1, 100);
  meter.sent(2, 130);
  meter.sent(3, 200);
  expect(meter.shown(0, 110)).toBeUndefined();
  expect(meter.shown(2, 180)).toBe(80);
  expect(meter.shown(2, 190)).toBeUndefined();
  expect(meter.shown(3, 260)).toBe(60);
});

it.each([
  [0, '0:00'],
  [65_400, '1:05'],
  [3_723_000, '1:02:03'],
  [-5, '0:00'],
])('%i ms read %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
