import type { Decimal } from './decimal.js';
import { defineErrors, DomainException } from './errors.js';
import { money, negateMoney, type Money } from './money.js';

/** The rule by which {@link allocate} works, to be recorded beside every allocation that is kept. */
export const allocationRule = 'largest-remainder-1';

/** One party's claim; weights are relative to each other and need not add up to anything. */
export interface Share<Party extends string = string> {
  readonly party: Party;
  readonly weight: Decimal;
}

/** What a party gets. */
export interface Allocation<Party extends string = string> {
  readonly party: Party;
  readonly amount: Money;
}

export const allocationErrors = defineErrors({
  ALLOCATION_SHARES_INVALID: {
    kind: 'unprocessable',
    title: 'The shares cannot divide an amount',
    fix: 'Give each party once, with no negative weight and at least one weight above zero.',
  },
});

/**
 * Divides an amount so that the parts add up to it exactly: each party gets the whole minor units of its share, and
 * the units left over go one each to the largest remainders (Hare–Niemeyer). Equal remainders are served in the order
 * of `shares`, so the caller fixes that order by rule, never by accident of input. A negative amount is divided as its
 * positive and turned, so a full refund returns every party to zero.
 *
 * @throws DomainException ALLOCATION_SHARES_INVALID.
 */
export function allocate<Party extends string>(
  total: Money,
  shares: readonly Share<Party>[],
): readonly Allocation<Party>[] {
  if (total.amountMinor < 0n) {
    return allocate(negateMoney(total), shares).map(({ party, amount }) => ({
      party,
      amount: negateMoney(amount),
    }));
  }
  const weights = integerWeights(shares);
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (sum === 0n) throw refused('no share has a weight above zero');
  const parts = weights.map((weight, order) => ({
    order,
    units: (total.amountMinor * weight) / sum,
    remainder: (total.amountMinor * weight) % sum,
  }));
  const left = total.amountMinor - parts.reduce((a, part) => a + part.units, 0n);
  // There are fewer units left than parts with a remainder, so one each is enough and zero weights get none.
  const served = new Set(
    [...parts]
      .sort((a, b) => (a.remainder === b.remainder ? a.order - b.order : a.remainder > b.remainder ? -1 : 1))
      .slice(0, Number(left))
      .map((part) => part.order),
  );
  return shares.map(({ party }, order) => ({
    party,
    amount: money((parts[order]?.units ?? 0n) + (served.has(order) ? 1n : 0n), total.currency),
  }));
}

/** The weights on one common scale, as integers. */
function integerWeights(shares: readonly Share[]): bigint[] {
  const parties = new Set<string>();
  for (const { party, weight } of shares) {
    if (weight.isNegative()) throw refused(`the weight of "${party}" is ${weight.toString()}`);
    if (parties.has(party)) throw refused(`"${party}" is named twice`);
    parties.add(party);
  }
  const scale = Math.max(0, ...shares.map(({ weight }) => weight.scale));
  return shares.map(({ weight }) => weight.toUnits(scale, 'floor'));
}

function refused(reason: string): DomainException {
  return new DomainException(allocationErrors.ALLOCATION_SHARES_INVALID(`The amount cannot be divided: ${reason}.`));
}
