import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bundlesOf, largestOf, partsLeft, percentOf } from './operation.js';

describe('percent', () => {
  it('is 0 before the file was checked, below 100 until the end, and 100 then', () => {
    const at = { state: 'running' as const, totalLines: 0, storedLines: 0, doneLines: 0 };
    expect(percentOf(at)).toBe(0);
    expect(percentOf({ ...at, totalLines: 200, storedLines: 100 })).toBe(25);
    expect(percentOf({ ...at, totalLines: 200, storedLines: 200, doneLines: 200 })).toBe(99);
    expect(percentOf({ ...at, state: 'done' })).toBe(100);
  });
});

describe('parts', () => {
  it('cover every line once, wherever the work was cut off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (counts, share, size) => {
          const total = counts.reduce((sum, count) => sum + count, 0);
          const stored = Math.floor(total * share);
          const starts = counts.map((_, at) => counts.slice(0, at).reduce((sum, count) => sum + count, 0));
          const covered = partsLeft(counts, stored, size).flatMap(({ statement, from, until }) => {
            expect(until - from).toBeLessThanOrEqual(size);
            return Array.from({ length: until - from }, (_, n) => (starts[statement] ?? 0) + from + n);
          });
          expect(covered).toEqual(Array.from({ length: total - stored }, (_, n) => stored + n));
        },
      ),
    );
  });
});

describe('bundles', () => {
  it('hold every line once, divide nothing that hangs together, and leave what names nothing to the end', () => {
    const line = fc.array(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (named, size) => {
        const lines = named.map((itemIds, at) => ({ lineId: `l${at}`, itemIds }));
        const bundles = bundlesOf(lines, size);
        expect(bundles.flat().toSorted()).toEqual(lines.map(({ lineId }) => lineId).toSorted());
        const bundleOf = new Map(bundles.flatMap((bundle, at) => bundle.map((id) => [id, at] as const)));
        for (const one of lines) {
          for (const other of lines.filter(({ itemIds }) => itemIds.some((id) => one.itemIds.includes(id)))) {
            expect(bundleOf.get(other.lineId)).toBe(bundleOf.get(one.lineId));
          }
        }
        const first = lines
          .filter(({ itemIds }) => itemIds.length === 0)
          .map(({ lineId }) => bundleOf.get(lineId) ?? -1);
        const last = lines.filter(({ itemIds }) => itemIds.length > 0).map(({ lineId }) => bundleOf.get(lineId) ?? -1);
        expect(Math.max(-1, ...last)).toBeLessThan(Math.min(Infinity, ...first));
      }),
    );
  });

  it('that hang together say how large they are', () => {
    const lines = ['a', 'b', 'c'].map((lineId, at) => ({ lineId, itemIds: [String(at), String(at + 1)] }));
    expect(largestOf(bundlesOf(lines, 1))).toBe(3);
  });
});
