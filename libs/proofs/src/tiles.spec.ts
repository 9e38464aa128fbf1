import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEntries, encodeEntries, entriesPath, parseTilePath, tilePath, tileWidth } from './tiles.js';

describe('paths of tiles (C2SP tlog-tiles)', () => {
  it('are written as the standard shows them', () => {
    expect(tilePath({ level: 0, index: 5 })).toBe('0/005');
    expect(tilePath({ level: 1, index: 1_234_067 })).toBe('1/x001/x234/067');
    expect(tilePath({ level: 2, index: 0 }, 17)).toBe('2/000.p/17');
    expect(entriesPath(1_000, 3)).toBe('entries/x001/000.p/3');
  });

  it('are read back as they were written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          expect(parseTilePath(tilePath({ level, index }, width))).toEqual({ level, index, width });
          expect(parseTilePath(entriesPath(index, width))).toEqual({ level: undefined, index, width });
        },
      ),
    );
  });

  it.each([
    '0/5',
    '0/x000/005',
    '00/005',
    '7/000',
    '0/005.p/256',
    '0/005.p/0',
    '0/005.p/05',
    '0/x1/005',
    '../0/005',
    '0/005/',
    'entries/005.p/999',
    '',
    '0/xabc/def',
    '0/x999/x999/x999/x999/x999/999',
  ])('are refused when written in any other way: %s', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

describe('widths', () => {
  it('follow from the size of the tree', () => {
    expect(tileWidth({ level: 0, index: 0 }, 70_000)).toBe(256);
    expect(tileWidth({ level: 0, index: 273 }, 70_000)).toBe(112);
    expect(tileWidth({ level: 1, index: 1 }, 70_000)).toBe(17);
    expect(tileWidth({ level: 2, index: 0 }, 70_000)).toBe(1);
    expect(tileWidth({ level: 2, index: 1 }, 70_000)).toBe(0);
  });
});

describe('bundles of entries', () => {
  it('are taken apart as they were put together', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 }), (entries) => {
        expect(decodeEntries(encodeEntries(entries))).toEqual(entries);
      }),
      { numRuns: 30 },
    );
  });

  it('are refused when cut off, too long, or of too many entries', () => {
    const bundle = encodeEntries([Uint8Array.of(1, 2, 3)]);
    expect(decodeEntries(bundle.subarray(0, 4))).toBeUndefined();
    expect(decodeEntries(bundle.subarray(0, 1))).toBeUndefined();
    expect(decodeEntries(encodeEntries(Array.from({ length: 257 }, () => new Uint8Array())))).toBeUndefined();
    expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow(RangeError);
  });
});
