import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyTile, screenSize, takeChanges, tileGrid, tileRectangle, tilesUnder } from './tiles.js';

describe('The tiles of a screen', () => {
  const grid = tileGrid(screenSize);

  it('cover it once: 16 × 9', () => {
    expect(grid).toMatchObject({ columns: 16, rows: 9, count: 144 });
    const area = everyTile(grid).map((index) => tileRectangle(grid, index));
    expect(area.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(1280 * 720);
  });

  it('differ exactly where a pixel does, and are the same afterwards', () => {
    const small = tileGrid({ width: 200, height: 170 });
    const pixels = fc.uniqueArray(fc.nat(200 * 170 - 1), { maxLength: 30 });
    fc.assert(
      fc.property(pixels, (touched) => {
        const shown = new Uint32Array(200 * 170).fill(7);
        const next = new Uint32Array(shown);
        for (const at of touched) next[at] = 8;
        const expected = new Set(
          touched.flatMap((at) => tilesUnder(small, { x: at % 200, y: Math.floor(at / 200), width: 1, height: 1 })),
        );
        expect(takeChanges(small, shown, next, everyTile(small))).toEqual([...expected].sort((a, b) => a - b));
        expect(Buffer.from(shown.buffer).equals(Buffer.from(next.buffer))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('are found under a rectangle, also one that leaves the screen', () => {
    expect(tilesUnder(grid, { x: 79, y: 0, width: 2, height: 1 })).toEqual([0, 1]);
    expect(tilesUnder(grid, { x: 1270, y: 710, width: 500, height: 500 })).toEqual([143]);
    expect(tilesUnder(grid, { x: 2000, y: 0, width: 5, height: 5 })).toEqual([]);
  });
});
