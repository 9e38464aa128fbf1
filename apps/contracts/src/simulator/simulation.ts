import {
  addMoney,
  Decimal,
  err,
  instantOf,
  later,
  moneyToDecimal,
  ok,
  roundToMoney,
  sumMoney,
  type Currency,
  type DomainError,
  type Money,
  type Result,
} from '@hetao/kernel';
import {
  isPlanV2,
  monthIn,
  rateAny,
  ratingRuleVersion,
  ratingRuleVersionV2,
  splitV2,
  taxOn,
  taxRuleVersion,
  termOf,
  type AnyPricePlan,
  type AnyRatedUsage,
  type CreditLot,
  type InForce,
  type RatingContext,
  type SplitV2,
  type UsageTotal,
} from '@hetao/rating';
import { checkPlan } from '../offer/terms.js';
import { simulationErrors, type SimulationError } from './simulation.errors.js';

/** A rate somebody states: so many units of `currency` for one unit of the plan's. */
export interface StatedRate {
  readonly currency: Currency;
  /** Exact decimal text above zero. */
  readonly rate: string;
  /** Where it was read: kept with the figures it made. */
  readonly source: string;
}

/** What is simulated: a plan and the usage of some months in order. */
export interface SimulationInput {
  readonly plan: AnyPricePlan;
  readonly timeZone: string;
  /** When the agreement is in force; null for all of the months. */
  readonly inForce: InForce | null;
  readonly channelPresent: boolean;
  readonly months: readonly MonthOfUsage[];
  readonly buyerRate: StatedRate | null;
  readonly merchantRate: StatedRate | null;
  /** Calendar days from the invoice until the buyer has paid. */
  readonly paymentDays: number;
  /** Calendar days from then until the merchant is paid. */
  readonly payoutDays: number;
}

export interface MonthOfUsage {
  /** `2015-05`. */
  readonly period: string;
  readonly usage: readonly UsageTotal[];
}

/** An amount in another currency, with the rate that made it. */
export interface Converted {
  readonly amount: Money;
  readonly at: StatedRate;
}

/** What one month comes to. */
export interface SimulatedMonth extends Pick<AnyRatedUsage, 'charges' | 'unpriced' | 'credits' | 'expired'> {
  readonly period: string;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
  readonly split: SplitV2;
  /** What the buyer pays, in his currency. */
  readonly paid: Converted | null;
  /** What the merchant gets, in his. */
  readonly received: Converted | null;
  /** Calendar dates, `2015-06-01`. */
  readonly invoicedOn: string;
  readonly dueOn: string;
  readonly payoutOn: string;
}

export interface Simulation {
  readonly months: readonly SimulatedMonth[];
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
  /** By the rules of these versions: the same that invoices are made by. */
  readonly rules: { readonly rating: string; readonly tax: string; readonly split: string };
}

const DAY_MS = 86_400_000;

/**
 * Prices usage as settlement will: the same rules, the same order, credit carried from month to month. A month without
 * usage is charged nothing, as there. Pure: nothing is kept.
 *
 * @returns PRICE_PLAN_INVALID, or SIMULATION_MONTHS_INVALID where months repeat, run backwards, or name a meter twice.
 */
export function simulate(input: SimulationInput): Result<Simulation, DomainError> {
  const plan = checkPlan(input.plan);
  if (!plan.ok) return plan;
  const fault = monthFault(input.months);
  if (fault !== null) return err(fault);
  const { currency } = input.plan;
  const inForce = inForceIn(input);
  let credits: readonly CreditLot[] = [];
  let firstRated = true;
  let rating = '';
  const months = input.months.map((month) => {
    const context: RatingContext = {
      term: { ...termOf(month.period, inForce, input.timeZone), firstRated },
      credits,
    };
    const rated = month.usage.length === 0 ? unused(input.plan, credits) : rate(input.plan, month, context);
    if (month.usage.length > 0) firstRated = false;
    credits = rated.credits;
    rating = rated.ratingRuleVersion;
    return monthOf(input, month.period, rated);
  });
  const total = (of: (month: SimulatedMonth) => Money): Money => sumMoney(currency, months.map(of));
  const [net, tax] = [total((month) => month.net), total((month) => month.tax)];
  const split = months[0]?.split.splitRuleVersion ?? '';
  return ok({ months, net, tax, gross: addMoney(net, tax), rules: { rating, tax: taxRuleVersion, split } });
}

/** When the agreement would be in force: as was said, or from the first month's beginning to the last one's end. */
export function inForceIn({ inForce, months, timeZone }: SimulationInput): InForce {
  if (inForce !== null) return inForce;
  const [first = '', last = first] = [months[0]?.period, months.at(-1)?.period];
  return { from: monthIn(first, timeZone).from, until: monthIn(last, timeZone).until };
}

function rate(plan: AnyPricePlan, { usage, period }: MonthOfUsage, context: RatingContext): AnyRatedUsage {
  return rateAny(plan, { totals: usage, period }, context);
}

/** Credit neither comes nor goes in a month that is not rated. */
function unused(plan: AnyPricePlan, credits: readonly CreditLot[]): AnyRatedUsage {
  const version = isPlanV2(plan) ? ratingRuleVersionV2 : ratingRuleVersion;
  const net = sumMoney(plan.currency, []);
  return { ratingRuleVersion: version, charges: [], net, unpriced: [], credits, expired: [] };
}

function monthOf(input: SimulationInput, period: string, rated: AnyRatedUsage): SimulatedMonth {
  const { plan, channelPresent } = input;
  const tax = taxOn(rated.net, plan.tax);
  const gross = addMoney(rated.net, tax);
  const { parties, withholding } = isPlanV2(plan) ? plan : { parties: [], withholding: null };
  const split = splitV2({ net: rated.net, tax, fee: plan.fee, channelPresent, parties, withholding });
  const merchantPart = split.parts.find(({ party }) => party === 'merchant')?.amount ?? gross;
  const { charges, unpriced, credits, expired, net } = rated;
  const invoicedOn = `${monthAfter(period)}-01`;
  const dueOn = daysLater(invoicedOn, input.paymentDays);
  return {
    ...{ period, charges, unpriced, credits, expired, net, tax, gross, split },
    paid: converted(gross, input.buyerRate),
    received: converted(merchantPart, input.merchantRate),
    ...{ invoicedOn, dueOn, payoutOn: daysLater(dueOn, input.payoutDays) },
  };
}

/** Half up, once, from the exact product. */
function converted(amount: Money, at: StatedRate | null): Converted | null {
  if (at === null) return null;
  return { amount: roundToMoney(moneyToDecimal(amount).times(Decimal.parse(at.rate)), at.currency), at };
}

function monthFault(months: readonly MonthOfUsage[]): SimulationError | null {
  if (months.length === 0)
    return simulationErrors.SIMULATION_MONTHS_INVALID('No month is given.', { pointer: '/months' });
  for (const [index, { period, usage }] of months.entries()) {
    const before = months[index - 1]?.period;
    if (before !== undefined && before >= period) {
      const pointer = { pointer: `/months/${index}/period` };
      return simulationErrors.SIMULATION_MONTHS_INVALID(`${period} comes after ${before}.`, pointer);
    }
    const again = usage.findIndex(({ meter }, at) => usage.findIndex((other) => other.meter === meter) < at);
    if (again >= 0) {
      const pointer = { pointer: `/months/${index}/usage/${again}/meter` };
      return simulationErrors.SIMULATION_MONTHS_INVALID(`${usage[again]?.meter} is named twice.`, pointer);
    }
  }
  return null;
}

function monthAfter(period: string): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${String(nextYear).padStart(4, '0')}-${String(nextMonth).padStart(2, '0')}`;
}

function daysLater(date: string, days: number): string {
  return later(instantOf(`${date}T00:00:00Z`), days * DAY_MS)
    .toISOString()
    .slice(0, 10);
}
