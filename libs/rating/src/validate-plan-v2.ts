import { Decimal, err, ok, type Currency, type Result, currencyDigits } from '@hetao/kernel';
import type { PriceComponentV2, PricePlanV2 } from './price-plan-v2.js';
import { ratingErrors, type RatingError } from './rating.errors.js';
import {
  componentFaults,
  componentListFaults,
  fault,
  isBasisPoints,
  meterFaults,
  notANumber,
  priceFaults,
  rateFaults,
  read,
  type PlanItem,
} from './validate-plan.js';

const ALL_BPS = 10_000;
const MAX_PARTIES = 20;
const MAX_PERIODS = 120;

/** As `validatePlan`, for plans of the second form: every fault at once, each with its pointer. */
export function validatePlanV2(plan: PricePlanV2): Result<PricePlanV2, RatingError> {
  const items = [
    ...componentListFaults(plan),
    ...plan.components.flatMap((component, index) => faultsOf(component, index, plan.currency)),
    ...minimumFaults(plan.components),
    ...trialFaults(plan),
    ...rateFaults(plan),
    ...partyFaults(plan),
  ];
  const [first] = items;
  if (first === undefined) return ok(plan);
  const more = items.length > 1 ? ` (and ${items.length - 1} more)` : '';
  return err(
    ratingErrors.PRICE_PLAN_INVALID(`${first.pointer}: ${first.detail}${more}`, { pointer: first.pointer, items }),
  );
}

function faultsOf(component: PriceComponentV2, index: number, currency: Currency): PlanItem[] {
  const at = `/components/${index}`;
  switch (component.kind) {
    case 'package':
      return [
        ...meterFaults(`${at}/meter`, component.meter),
        ...aboveZeroFaults(`${at}/size`, component.size),
        ...priceFaults(`${at}/price`, component.price),
        ...priceFaults(`${at}/included`, component.included),
      ];
    case 'minimum':
      return priceFaults(`${at}/amount`, component.amount);
    case 'prepaid':
      return [
        ...priceFaults(`${at}/price`, component.price),
        ...creditFaults(`${at}/credit`, component.credit, currency),
        ...periodFaults(`${at}/validPeriods`, component.validPeriods),
      ];
    default:
      return componentFaults(component, index);
  }
}

function aboveZeroFaults(pointer: string, text: string): PlanItem[] {
  const value = read(text);
  if (value === undefined) return [notANumber(pointer, text)];
  return value.compare(Decimal.zero) > 0 ? [] : [fault(pointer, 'PER_INVALID', `${text} is not above zero.`)];
}

/** Credit is drawn in whole minor units, so it must be an amount of them: a tenth of a fen could never be used. */
function creditFaults(pointer: string, text: string, currency: Currency): PlanItem[] {
  const faults = aboveZeroFaults(pointer, text);
  const digits = currencyDigits[currency];
  if (faults.length > 0 || Decimal.parse(text).scale <= digits) return faults;
  return [fault(pointer, 'NUMBER_INVALID', `${text} has more than the ${digits} decimal places of ${currency}.`)];
}

function periodFaults(pointer: string, periods: number): PlanItem[] {
  if (Number.isInteger(periods) && periods >= 1 && periods <= MAX_PERIODS) return [];
  return [fault(pointer, 'PERIODS_INVALID', `${periods} is not a whole number of periods from 1 to ${MAX_PERIODS}.`)];
}

function minimumFaults(components: readonly PriceComponentV2[]): PlanItem[] {
  const minimums = components.flatMap(({ kind }, index) => (kind === 'minimum' ? [index] : []));
  return minimums
    .slice(1)
    .map((index) => fault(`/components/${index}`, 'MINIMUM_TWICE', 'A plan can have one minimum only.'));
}

function trialFaults({ trial }: PricePlanV2): PlanItem[] {
  return trial === null ? [] : periodFaults('/trial/periods', trial.periods);
}

function partyFaults({ parties, fee, withholding }: PricePlanV2): PlanItem[] {
  const items = parties.flatMap(({ bps, role, participantId }, index) => {
    const at = `/parties/${index}`;
    const known = parties.findIndex((other) => other.role === role && other.participantId === participantId);
    return [
      ...(isBasisPoints(bps)
        ? []
        : [fault(`${at}/bps`, 'BASIS_POINTS_INVALID', `${bps} is not a whole number from 0 to ${ALL_BPS}.`)]),
      ...(known < index ? [fault(at, 'PARTY_TWICE', `${participantId} is named twice as ${role}.`)] : []),
    ];
  });
  if (parties.length > MAX_PARTIES) {
    items.push(fault('/parties', 'PARTY_TWICE', `${parties.length} parties, at most ${MAX_PARTIES}.`));
  }
  if (withholding !== null && !isBasisPoints(withholding.rateBps)) {
    const detail = `${withholding.rateBps} is not a whole number from 0 to ${ALL_BPS}.`;
    items.push(fault('/withholding/rateBps', 'BASIS_POINTS_INVALID', detail));
  }
  const taken = parties.reduce((sum, { bps }) => sum + bps, fee.exchangeBps + fee.channelBps);
  if (items.length > 0 || taken <= ALL_BPS) return items;
  const detail = `Fees and parties take ${taken} of ${ALL_BPS} basis points: more than all of it.`;
  return [fault('/parties', 'BASIS_POINTS_INVALID', detail)];
}
