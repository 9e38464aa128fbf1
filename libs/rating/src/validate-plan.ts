import { Decimal, err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import type { PriceComponent, PricePlan, TieredComponent } from './price-plan.js';
import { ratingErrors, type RatingError } from './rating.errors.js';

/** What one item of PRICE_PLAN_INVALID can say. */
export type PlanFault =
  | 'COMPONENTS_MISSING'
  | 'COMPONENT_ID_DUPLICATE'
  | 'COMPONENT_ID_MISSING'
  | 'METER_MISSING'
  | 'NUMBER_INVALID'
  | 'PRICE_NEGATIVE'
  | 'PER_INVALID'
  | 'TIERS_MISSING'
  | 'TIERS_NOT_ASCENDING'
  | 'LAST_TIER_BOUNDED'
  | 'BASIS_POINTS_INVALID'
  | 'PERIODS_INVALID'
  | 'MINIMUM_TWICE'
  | 'PARTY_TWICE';

export interface PlanItem extends ErrorItem {
  readonly code: PlanFault;
}

/** Long enough for any price, short enough that exact products stay cheap and can be stored. */
const MAX_NUMBER_LENGTH = 30;
const ALL_BPS = 10_000;

/**
 * Says whether a plan can be rated to exact amounts, naming every fault at once: one item each, with an RFC 6901
 * pointer into the plan (`/components/0/tiers/1/upTo`) and what it must be.
 */
export function validatePlan(plan: PricePlan): Result<PricePlan, RatingError> {
  const items = [...componentListFaults(plan), ...plan.components.flatMap(componentFaults), ...rateFaults(plan)];
  const [first] = items;
  if (first === undefined) return ok(plan);
  const more = items.length > 1 ? ` (and ${items.length - 1} more)` : '';
  return err(
    ratingErrors.PRICE_PLAN_INVALID(`${first.pointer}: ${first.detail}${more}`, { pointer: first.pointer, items }),
  );
}

export function fault(pointer: string, code: PlanFault, detail: string): PlanItem {
  return { pointer, code, detail };
}

export function componentListFaults({
  components,
}: {
  readonly components: readonly { readonly id: string }[];
}): PlanItem[] {
  if (components.length === 0) {
    return [
      fault('/components', 'COMPONENTS_MISSING', 'A plan needs at least one component; a free one is flat at 0.'),
    ];
  }
  const seen = new Set<string>();
  return components.flatMap(({ id }, index) => {
    const pointer = `/components/${index}/id`;
    if (id === '') return [fault(pointer, 'COMPONENT_ID_MISSING', 'Each component needs an id.')];
    if (seen.has(id))
      return [fault(pointer, 'COMPONENT_ID_DUPLICATE', `The id "${id}" is used by an earlier component.`)];
    seen.add(id);
    return [];
  });
}

export function componentFaults(component: PriceComponent, index: number): PlanItem[] {
  const at = `/components/${index}`;
  switch (component.kind) {
    case 'flat':
      return priceFaults(`${at}/amount`, component.amount);
    case 'per_unit':
      return [
        ...meterFaults(`${at}/meter`, component.meter),
        ...perFaults(`${at}/per`, component.per),
        ...priceFaults(`${at}/unitPrice`, component.unitPrice),
      ];
    case 'tiered':
      return [
        ...meterFaults(`${at}/meter`, component.meter),
        ...perFaults(`${at}/per`, component.per),
        ...tierFaults(`${at}/tiers`, component),
      ];
  }
}

export function meterFaults(pointer: string, meter: string): PlanItem[] {
  return meter === '' ? [fault(pointer, 'METER_MISSING', 'Name the meter that is priced, such as "calls".')] : [];
}

export function priceFaults(pointer: string, price: string): PlanItem[] {
  const value = read(price);
  if (value === undefined) return [notANumber(pointer, price)];
  return value.isNegative() ? [fault(pointer, 'PRICE_NEGATIVE', `The price ${price} is below zero.`)] : [];
}

function perFaults(pointer: string, per: string): PlanItem[] {
  const value = read(per);
  if (value === undefined) return [notANumber(pointer, per)];
  if (!value.isNegative() && value.dividesExactly()) return [];
  return [
    fault(
      pointer,
      'PER_INVALID',
      `${per} must be above zero with no prime factors but 2 and 5 (1, 1000, 1048576), so that amounts are exact decimals.`,
    ),
  ];
}

function tierFaults(pointer: string, { tiers }: TieredComponent): PlanItem[] {
  const last = tiers.at(-1);
  if (last === undefined) return [fault(pointer, 'TIERS_MISSING', 'A tiered price needs at least one tier.')];
  const items = tiers.flatMap(({ unitPrice }, index) => priceFaults(`${pointer}/${index}/unitPrice`, unitPrice));
  if (last.upTo !== null) {
    const detail = 'The last tier must have no end (null), or usage above it would have no price.';
    items.push(fault(`${pointer}/${tiers.length - 1}/upTo`, 'LAST_TIER_BOUNDED', detail));
  }
  return [
    ...items,
    ...boundFaults(
      pointer,
      tiers.slice(0, -1).map(({ upTo }) => upTo),
    ),
  ];
}

/** Bounds of all tiers but the last: numbers above zero, each above the one before. */
function boundFaults(pointer: string, bounds: readonly (string | null)[]): PlanItem[] {
  let floor = Decimal.zero;
  return bounds.flatMap((bound, index) => {
    const at = `${pointer}/${index}/upTo`;
    if (bound === null) return [fault(at, 'TIERS_NOT_ASCENDING', 'Only the last tier may have no end.')];
    const value = read(bound);
    if (value === undefined) return [notANumber(at, bound)];
    const ascending = value.compare(floor) > 0;
    const detail = `The tier ends at ${bound}, which is not above ${floor.toString()}, where it begins.`;
    if (ascending) floor = value;
    return ascending ? [] : [fault(at, 'TIERS_NOT_ASCENDING', detail)];
  });
}

export function rateFaults({ fee, tax }: Pick<PricePlan, 'fee' | 'tax'>): PlanItem[] {
  const rates: [string, number][] = [
    ['/fee/exchangeBps', fee.exchangeBps],
    ['/fee/channelBps', fee.channelBps],
    ['/tax/rateBps', tax.rateBps],
  ];
  const items = rates
    .filter(([, bps]) => !isBasisPoints(bps))
    .map(([pointer, bps]) =>
      fault(pointer, 'BASIS_POINTS_INVALID', `${bps} is not a whole number from 0 to ${ALL_BPS}.`),
    );
  const both = fee.exchangeBps + fee.channelBps;
  if (items.length > 0 || both <= ALL_BPS) return items;
  return [
    fault('/fee', 'BASIS_POINTS_INVALID', `The fees take ${both} of ${ALL_BPS} basis points: more than all of it.`),
  ];
}

/** True for whole basis points from none to all. */
export function isBasisPoints(bps: number): boolean {
  return Number.isInteger(bps) && bps >= 0 && bps <= ALL_BPS;
}

export function read(text: string): Decimal | undefined {
  return text.length <= MAX_NUMBER_LENGTH && Decimal.isDecimal(text) ? Decimal.parse(text) : undefined;
}

export function notANumber(pointer: string, text: string): PlanItem {
  const shown = text.slice(0, MAX_NUMBER_LENGTH);
  return fault(pointer, 'NUMBER_INVALID', `"${shown}" is not a decimal of at most ${MAX_NUMBER_LENGTH} characters.`);
}
