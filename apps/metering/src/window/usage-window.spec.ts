import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '@hetao/kernel';
import { type CountedUse, quarterStart, sumByWindow, windowEndMs, windowId } from './usage-window.js';

const uses = fc.array(
  fc.record({
    agreementId: fc.constantFrom('agr_1', 'agr_2'),
    timeMs: fc.integer({ min: -10_000_000, max: 20_000_000 }),
    quantities: fc
      .uniqueArray(fc.constantFrom('bytes', 'calls', 'rows'), { minLength: 1 })
      .chain((meters) =>
        fc.tuple(
          ...meters.map((meter) =>
            fc
              .tuple(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.integer({ min: 0, max: 12 }))
              .map(([units, scale]) => ({ meter, quantity: Decimal.ofUnits(units, scale) })),
          ),
        ),
      ),
  }),
  { maxLength: 60 },
);

describe('window totals', () => {
  it('add up exactly to what was used, quarter hour by quarter hour, in lock order', () => {
    fc.assert(
      fc.property(uses, (batch: readonly CountedUse[]) => {
        const totals = sumByWindow(batch);
        for (const total of totals) {
          const parts = batch
            .filter((use) => use.agreementId === total.agreementId && quarterStart(use.timeMs) === total.windowStartMs)
            .flatMap((use) => use.quantities.filter(({ meter }) => meter === total.meter));
          const sum = parts.reduce((so, { quantity }) => so.plus(quantity), Decimal.zero);
          expect([total.quantity.toString(), total.events]).toEqual([sum.toString(), parts.length]);
        }
        expect(totals.reduce((so, total) => so + total.events, 0)).toBe(
          batch.reduce((so, use) => so + use.quantities.length, 0),
        );
        const keys = totals.map((one) => [one.agreementId, one.windowStartMs, one.meter] as const);
        expect(keys).toEqual([...keys].sort(([a, b, c], [d, e, f]) => compare(a, d) || compare(b, e) || compare(c, f)));
      }),
    );
  });

  it('have an id of their own for each agreement and hour', () => {
    const ids = [windowId('agr_1', 0), windowId('agr_1', 3_600_000), windowId('agr_2', 0)];
    expect(new Set(ids).size).toBe(3);
    expect(windowId('agr_1', 0)).toBe(ids[0]);
    expect(windowEndMs(3_600_000)).toBe(7_200_000);
  });
});

function compare(a: string | number, b: string | number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
