import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '@hetao/kernel';
import { noDimensions, type RolledUse, rollUp } from './rollup.js';

const uses = fc.array(
  fc.record({
    agreementNo: fc.integer({ min: 1, max: 3 }),
    side: fc.constantFrom('merchant' as const, 'gateway' as const),
    dimsHash: fc.constantFrom(noDimensions, 'a'.repeat(32)),
    timeMs: fc.integer({ min: -3_600_000, max: 3 * 3_600_000 }),
    meters: fc.uniqueArray(fc.constantFrom('calls', 'bytes'), { minLength: 1 }),
    units: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  { maxLength: 60 },
);
type Drawn = typeof uses extends fc.Arbitrary<infer T> ? T : never;

const toUse = ({ meters, units, ...rest }: Drawn[number]): RolledUse => ({
  ...rest,
  agreementId: `agr_${rest.agreementNo}`,
  isBilled: rest.side === 'merchant',
  quantities: meters.map((meter) => ({ meter, quantity: Decimal.ofUnits(BigInt(units), 2) })),
});
const plain = (
  drawn: Drawn,
  step: number,
  only: (use: Drawn[number]) => boolean,
  extra: (use: Drawn[number]) => string,
) => {
  const sums = new Map<string, [number, number]>();
  for (const use of drawn.filter(only)) {
    for (const meter of use.meters) {
      const key = `${use.agreementNo} ${Math.floor(use.timeMs / step) * step} ${meter}${extra(use)}`;
      const [units, events] = sums.get(key) ?? [0, 0];
      sums.set(key, [units + use.units, events + 1]);
    }
  }
  return [...sums]
    .map(([key, [units, events]]) => `${key} ${Decimal.ofUnits(BigInt(units), 2).toString()} ${events}`)
    .sort();
};
const isBilled = (use: Drawn[number]) => use.side === 'merchant';

describe('rollups', () => {
  it('are what plain sums are, in every table', () => {
    fc.assert(
      fc.property(uses, (drawn) => {
        const { totals, minutes, hours, sides } = rollUp(drawn.map(toUse));
        const tail = (one: { quantity: Decimal; events: number }) => `${one.quantity.toString()} ${one.events}`;
        expect(
          totals.map((one) => `${one.agreementId.slice(4)} ${one.windowStartMs} ${one.meter} ${tail(one)}`).sort(),
        ).toEqual(plain(drawn, 900_000, isBilled, () => ''));
        const named = (one: (typeof minutes)[number]) =>
          `${one.agreementNo} ${one.windowStartMs} ${one.meter} ${one.dimsHash} ${tail(one)}`;
        expect(minutes.map(named).sort()).toEqual(plain(drawn, 60_000, isBilled, (use) => ` ${use.dimsHash}`));
        expect(hours.map(named).sort()).toEqual(
          plain(
            drawn,
            3_600_000,
            (use) => isBilled(use) && use.dimsHash !== noDimensions,
            (use) => ` ${use.dimsHash}`,
          ),
        );
        expect(
          sides.map((one) => `${one.agreementNo} ${one.windowStartMs} ${one.meter} ${one.side} ${tail(one)}`).sort(),
        ).toEqual(
          plain(
            drawn,
            3_600_000,
            () => true,
            (use) => ` ${use.side}`,
          ),
        );
      }),
    );
  });

  it('come in one order whatever order the events had, so that writers never wait in a circle', () => {
    fc.assert(
      fc.property(uses, (drawn) => {
        const keys = (list: Drawn) =>
          rollUp(list.map(toUse)).minutes.map(
            (one) => `${one.agreementNo} ${one.windowStartMs} ${one.meter} ${one.dimsHash}`,
          );
        expect(keys([...drawn].reverse())).toEqual(keys(drawn));
      }),
    );
  });
});
