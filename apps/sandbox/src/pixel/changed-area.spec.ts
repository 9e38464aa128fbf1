import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChangedArea, type AreaVerdict } from './changed-area.js';

const TILES = 144;
const all = Array.from({ length: TILES }, (_, tile) => tile);

/** When a screen that changes `tiles` every `everyMs` is first judged so, in ms; undefined within `untilMs`: never. */
function firstJudged(
  verdict: AreaVerdict,
  tiles: readonly number[],
  everyMs: number,
  { untilMs = 60_000, from = 0 } = {},
) {
  const area = new ChangedArea(TILES);
  for (let at = from; at < from + untilMs; at += everyMs) if (area.observe(tiles, at) === verdict) return at - from;
  return undefined;
}

describe('The changed-area alarm', () => {
  it('calls a code by full pictures coded within 12 seconds, at whatever moment and pace it begins', () => {
    const pace = fc.integer({ min: 66, max: 1_000 });
    fc.assert(
      fc.property(pace, fc.nat(3_000), (everyMs, from) => {
        expect(firstJudged('coded', all, everyMs, { from })).toBeLessThanOrEqual(12_000);
      }),
    );
  });

  it('looks twice before it freezes: suspect comes first', () => {
    const suspect = firstJudged('suspect', all, 100) ?? Infinity;
    expect(suspect).toBeGreaterThanOrEqual(2_000);
    expect(suspect).toBeLessThan(firstJudged('coded', all, 100) ?? 0);
  });

  it('finds the patient sender, who shows a code every third second', () => {
    expect(firstJudged('coded', all, 3_000, { untilMs: 120_000 })).toBeLessThanOrEqual(60_000);
  });

  it('leaves work alone: half the screen turned over every second, and all of it now and then', () => {
    expect(firstJudged('suspect', all.slice(0, 14), 1_000, { untilMs: 3_600_000 })).toBeUndefined();
    expect(firstJudged('suspect', all, 6_000, { untilMs: 3_600_000 })).toBeUndefined();
  });

  it('counts a tile once a second, and forgets after a thaw', () => {
    const area = new ChangedArea(TILES);
    for (let at = 0; at < 1_000; at += 50) area.observe([3, 4], at);
    expect(area.share(1, 900)).toBeCloseTo(2 / TILES, 10);
    for (let at = 0; at < 20_000; at += 200) area.observe(all, at);
    expect(area.verdict(20_000)).toBe('coded');
    area.forget();
    expect(area.verdict(20_000)).toBe('calm');
  });
});
