import { Decimal, type Currency } from '@hetao/kernel';
import type { PriceComponent, TieredComponent } from './price-plan.js';

/** A component's exact price, and the steps that made it. */
export interface PricedComponent {
  readonly meter: string | null;
  readonly quantity: Decimal;
  readonly unit: string;
  /** Major units, nothing rounded. */
  readonly amount: Decimal;
  readonly steps: readonly string[];
}

/** A quantity all of whose units have one price. */
interface Slice {
  readonly label: string;
  readonly quantity: Decimal;
  readonly unitPrice: Decimal;
}

/** Prices one component of a valid plan exactly. */
export function priceComponent(
  component: PriceComponent,
  usage: ReadonlyMap<string, Decimal>,
  currency: Currency,
): PricedComponent {
  if (component.kind === 'flat') {
    const amount = Decimal.parse(component.amount);
    const steps = [`flat amount for the period: ${currency} ${amount.toString()}`];
    return { meter: null, quantity: Decimal.of(1), unit: 'period', amount, steps };
  }
  const { meter } = component;
  const per = Decimal.parse(component.per);
  const quantity = usage.get(meter) ?? Decimal.zero;
  const lines = slicesOf(component, quantity).map((slice) => {
    const amount = slice.quantity.times(slice.unitPrice).dividedExactlyBy(per);
    const price = `${currency} ${slice.unitPrice.toString()} per ${per.toString()}`;
    const step = `${slice.label}${slice.quantity.toString()} ${meter} at ${price}: ${currency} ${amount.toString()}`;
    return { amount, step };
  });
  const amount = lines.reduce((sum, line) => sum.plus(line.amount), Decimal.zero);
  return { meter, quantity, unit: meter, amount, steps: lines.map(({ step }) => step) };
}

function slicesOf(component: Exclude<PriceComponent, { kind: 'flat' }>, quantity: Decimal): readonly Slice[] {
  if (component.kind === 'per_unit') {
    return [{ label: '', quantity, unitPrice: Decimal.parse(component.unitPrice) }];
  }
  const tiers = tierRanges(component);
  if (component.mode === 'volume') {
    // The first tier that holds the last unit; a valid plan's last tier holds any.
    const reached = tiers.find(({ end }) => end === undefined || quantity.compare(end) <= 0);
    return reached === undefined
      ? []
      : [{ label: `all in ${reached.label}: `, quantity, unitPrice: reached.unitPrice }];
  }
  return tiers
    .filter(({ start }, index) => index === 0 || quantity.compare(start) > 0)
    .map(({ start, end, label, unitPrice }) => ({
      label: `${label}: `,
      quantity: (end === undefined || quantity.compare(end) < 0 ? quantity : end).minus(start),
      unitPrice,
    }));
}

interface TierRange {
  /** Exclusive. */
  readonly start: Decimal;
  /** Inclusive; none for the last tier. */
  readonly end: Decimal | undefined;
  readonly label: string;
  readonly unitPrice: Decimal;
}

function tierRanges({ tiers }: TieredComponent): readonly TierRange[] {
  return tiers.map(({ upTo, unitPrice }, index) => {
    const start = Decimal.parse(tiers[index - 1]?.upTo ?? '0');
    const end = upTo === null ? undefined : Decimal.parse(upTo);
    const range = end === undefined ? `above ${start.toString()}` : `above ${start.toString()} to ${end.toString()}`;
    return { start, end, label: `tier ${index + 1} (${range})`, unitPrice: Decimal.parse(unitPrice) };
  });
}
