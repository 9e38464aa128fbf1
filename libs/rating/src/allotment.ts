import { allocate, Decimal, DomainException, money, type Currency } from '@hetao/kernel';
import { ratingErrors } from './rating.errors.js';
import type { ShareKey } from './split-v2.js';

/** How money that has come in is divided while an invoice is not wholly paid. */
export const allotmentRuleVersion = 'allotment-1';

/** Minor units by party, in the split's order, which decides between equal remainders. */
export type Allotment = ReadonlyMap<ShareKey, bigint>;

/**
 * Divides an instalment by largest remainder over what each party has still to get. Nobody ever gets more than its
 * part nor gives anything back, and the last instalment brings everybody to exactly its part.
 *
 * @returns what each party gets of this instalment.
 * @throws DomainException ALLOTMENT_INVALID when more comes in than is still to get.
 */
export function allotInstalment(entitled: Allotment, allotted: Allotment, amountMinor: bigint): Allotment {
  const open = new Map([...entitled].map(([party, minor]) => [party, minor - (allotted.get(party) ?? 0n)]));
  const openMinor = total(open);
  if (amountMinor < 0n || amountMinor > openMinor || [...open.values()].some((minor) => minor < 0n)) {
    throw new DomainException(
      ratingErrors.ALLOTMENT_INVALID(`${amountMinor} minor units were to be divided; ${openMinor} are still to get.`),
    );
  }
  return divide(open, amountMinor);
}

/**
 * Divides anew what is kept of an invoice after its total changed: as if `keptMinor` were one payment of the invoice
 * as it stands now. All of it refunded leaves everybody at zero.
 *
 * @returns what each party gains, or gives back below zero; parties without a change are left out.
 * @throws DomainException ALLOTMENT_INVALID when more is kept than the invoice comes to.
 */
export function allotAnew(entitled: Allotment, allotted: Allotment, keptMinor: bigint): Allotment {
  const target = allotInstalment(entitled, new Map(), keptMinor);
  const parties = new Set([...entitled.keys(), ...allotted.keys()]);
  return new Map(
    [...parties]
      .map((party) => [party, (target.get(party) ?? 0n) - (allotted.get(party) ?? 0n)] as const)
      .filter(([, minor]) => minor !== 0n),
  );
}

/** Sum of an allotment. */
export function total(allotment: Allotment): bigint {
  return [...allotment.values()].reduce((sum, minor) => sum + minor, 0n);
}

function divide(weights: Allotment, amountMinor: bigint): Allotment {
  if (amountMinor === 0n) return new Map();
  // The rule divides whole minor units; which currency they are of makes no difference to it.
  const anyCurrency: Currency = 'CNY';
  const shares = [...weights].map(([party, minor]) => ({ party, weight: Decimal.of(minor) }));
  const parts = allocate(money(amountMinor, anyCurrency), shares);
  return new Map(
    parts.filter(({ amount }) => amount.amountMinor > 0n).map(({ party, amount }) => [party, amount.amountMinor]),
  );
}
