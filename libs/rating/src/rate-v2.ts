import {
  Decimal,
  DomainException,
  formatMoney,
  money,
  sumMoney,
  unwrap,
  type Currency,
  type Money,
} from '@hetao/kernel';
import type { ChargeKindV2, ChargeV2, PeriodTerm } from './charge-v2.js';
import { draw, type CreditLot } from './credit.js';
import { exactly, roundExact, showExact, type Exact } from './exact.js';
import type { MinimumComponent, PackageComponent, PriceComponentV2, PricePlanV2 } from './price-plan-v2.js';
import { priceComponent } from './pricing.js';
import { readTotals, type UsageTotal } from './rate.js';
import { ratingErrors } from './rating.errors.js';
import { validatePlanV2 } from './validate-plan-v2.js';

/** The rule these figures were made by, to be kept with them; another rule is another version. */
export const ratingRuleVersionV2 = 'rating-2';

/** What is rated: one agreement's plan, its usage of one period, and the credit left from earlier ones. */
export interface RatingInputV2 {
  readonly plan: PricePlanV2;
  readonly totals: readonly UsageTotal[];
  /** `2015-05`. */
  readonly period: string;
  readonly term: PeriodTerm;
  readonly credits: readonly CreditLot[];
}

export interface RatedUsageV2 {
  readonly ratingRuleVersion: typeof ratingRuleVersionV2;
  readonly period: string;
  readonly charges: readonly ChargeV2[];
  readonly net: Money;
  readonly unpriced: readonly UsageTotal[];
  /** Credit as it stands after the period, to be given to the next. */
  readonly credits: readonly CreditLot[];
  /** Credit that ended with the period, unused. */
  readonly expired: readonly CreditLot[];
}

interface Context {
  readonly currency: Currency;
  readonly period: string;
  readonly term: PeriodTerm;
}

const USAGE_KINDS: ReadonlySet<ChargeKindV2> = new Set(['per_unit', 'tiered', 'package']);

/**
 * Turns usage into charges by a plan of the second form. Lines come in the plan's order; then, in this order, what
 * tops usage up to the minimum, what a trial takes back, and what prepaid credit pays. Pure, like `rate`.
 *
 * @throws DomainException PRICE_PLAN_INVALID, USAGE_TOTALS_INVALID or RATING_TERM_INVALID.
 */
export function rateV2({ plan, totals, period, term, credits }: RatingInputV2): RatedUsageV2 {
  const { currency, components, trial } = unwrap(validatePlanV2(plan));
  assertTerm(term);
  const usage = readTotals(totals);
  const context: Context = { currency, period, term };
  const priced = components.flatMap((component) => chargesOf(component, usage, context));
  const topUp = components.flatMap((component) =>
    component.kind === 'minimum' ? topUpOf(component, priced, context) : [],
  );
  const onTrial = trial !== null && term.periodNo <= trial.periods;
  const allowance = onTrial ? allowanceOf([...priced, ...topUp], context) : [];
  const payable = onTrial ? 0n : sumOf(priced.filter(({ kind }) => USAGE_KINDS.has(kind)));
  const drawn = draw({ components, credits, payableMinor: payable, currency, period, term });
  const charges = [...priced, ...topUp, ...allowance, ...drawn.charges];
  const meters = new Set(charges.map(({ meter }) => meter));
  return {
    ratingRuleVersion: ratingRuleVersionV2,
    period,
    charges,
    net: sumMoney(
      currency,
      charges.map(({ amountMinor }) => money(amountMinor, currency)),
    ),
    unpriced: totals.filter(({ meter }) => !meters.has(meter)).map(({ meter, quantity }) => ({ meter, quantity })),
    credits: drawn.left,
    expired: drawn.expired,
  };
}

function assertTerm({ periodNo, activeDays, periodDays }: PeriodTerm): void {
  const whole = [periodNo, activeDays, periodDays].every(Number.isInteger);
  if (whole && periodNo >= 1 && activeDays >= 0 && periodDays >= 1 && activeDays <= periodDays) return;
  throw new DomainException(
    ratingErrors.RATING_TERM_INVALID(`Period ${periodNo} of the agreement, ${activeDays} of ${periodDays} days.`),
  );
}

function chargesOf(component: PriceComponentV2, usage: ReadonlyMap<string, Decimal>, context: Context): ChargeV2[] {
  const { currency, period, term } = context;
  switch (component.kind) {
    case 'minimum':
      return [];
    case 'package':
      return [packageCharge(component, usage.get(component.meter) ?? Decimal.zero, context)];
    case 'prepaid': {
      if (component.grant === 'once' && !term.firstRated) return [];
      const bought = `credit of ${currency} ${component.credit} bought for ${currency} ${component.price}`;
      return [line(component, exactly(Decimal.parse(component.price)), [bought], context)];
    }
    case 'flat': {
      if (!component.prorate) {
        return [
          line(component, exactly(Decimal.parse(component.amount)), [flatStep(component.amount, currency)], context),
        ];
      }
      const steps = [flatStep(component.amount, currency), dayStep(term)];
      return [line(component, byDay(component.amount, term), steps, context)];
    }
    default: {
      const { meter, quantity, unit, amount, steps } = priceComponent(component, usage, currency);
      const used = `${quantity.toString()} ${unit} in ${period}`;
      return [
        { ...line(component, exactly(amount), [used, ...steps], context), meter, quantity: quantity.toString(), unit },
      ];
    }
  }
}

function packageCharge(
  { meter, size, price, included, ...component }: PackageComponent,
  quantity: Decimal,
  context: Context,
): ChargeV2 {
  const beyond = quantity.minus(Decimal.parse(included));
  const charged = beyond.isNegative() ? Decimal.zero : beyond;
  const packages = charged.dividedBy(Decimal.parse(size), 0, 'ceil');
  const steps = [
    `${quantity.toString()} ${meter} in ${context.period}, ${included} of them included`,
    `${charged.toString()} in packages of ${size}: ${packages.toString()} begun at ${context.currency} ${price}`,
  ];
  const charge = line(component, exactly(packages.times(Decimal.parse(price))), steps, context);
  return { ...charge, meter, quantity: quantity.toString(), unit: meter };
}

/** Against the rounded lines, so that usage and top-up together are the minimum to the minor unit. */
function topUpOf(component: MinimumComponent, priced: readonly ChargeV2[], context: Context): ChargeV2[] {
  const { currency, term } = context;
  const least = component.prorate ? byDay(component.amount, term) : exactly(Decimal.parse(component.amount));
  const usedMinor = sumOf(priced.filter(({ kind }) => USAGE_KINDS.has(kind)));
  const missingMinor = roundExact(least, currency) - usedMinor;
  const topped = missingMinor > 0n ? missingMinor : 0n;
  const steps = [
    `at least ${currency} ${component.amount} for usage`,
    ...(component.prorate ? [dayStep(term)] : []),
    `usage came to ${currency} ${shown(usedMinor, currency)}`,
  ];
  return [line(component, exactMinor(topped, currency), steps, context)];
}

function allowanceOf(charges: readonly ChargeV2[], context: Context): ChargeV2[] {
  const free = charges.filter(({ kind }) => kind !== 'prepaid');
  const minor = -sumOf(free);
  const steps = [`period ${context.term.periodNo} of the agreement is a trial: all but prepaid credit is free`];
  return [line({ kind: 'trial_allowance', id: 'trial' }, exactMinor(minor, context.currency), steps, context)];
}

function line(
  of: { kind: ChargeKindV2; id: string },
  exact: Exact,
  steps: readonly string[],
  context: Context,
): ChargeV2 {
  const { currency } = context;
  const amountMinor = roundExact(exact, currency);
  const amount = showExact(exact);
  return {
    componentId: of.id,
    kind: of.kind,
    meter: null,
    quantity: '1',
    unit: 'period',
    amount,
    amountMinor,
    explanation: [...steps, `${currency} ${amount}, rounded half up: ${currency} ${shown(amountMinor, currency)}`],
  };
}

function byDay(amount: string, { activeDays, periodDays }: PeriodTerm): Exact {
  return exactly(Decimal.parse(amount).times(Decimal.of(BigInt(activeDays))), Decimal.of(BigInt(periodDays)));
}

function dayStep({ activeDays, periodDays }: PeriodTerm): string {
  return `by the day: ${activeDays} of ${periodDays} days`;
}

function flatStep(amount: string, currency: Currency): string {
  return `flat amount for the period: ${currency} ${amount}`;
}

function exactMinor(amountMinor: bigint, currency: Currency): Exact {
  return exactly(Decimal.parse(shown(amountMinor, currency)));
}

function shown(amountMinor: bigint, currency: Currency): string {
  return formatMoney(money(amountMinor, currency));
}

function sumOf(charges: readonly ChargeV2[]): bigint {
  return charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}
