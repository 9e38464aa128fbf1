import type { DomainError } from '@hetao/kernel';
import {
  isPlanV2,
  type AnyPricePlan,
  type PerUnitComponent,
  type PriceComponent,
  type PriceComponentV2,
  type PricePlan,
  type PricePlanV2,
  type TieredComponent,
} from '@hetao/rating';
import { publicPolicy } from '../policy/policy.js';
import type { Quota, Terms } from './terms.js';

export { publicPolicy };

/**
 * The public form of commercial terms: what the API answers and what both sides sign are the same JSON, so whoever
 * holds an offer can see that the agreement says nothing else.
 */
export function publicPlan(plan: AnyPricePlan) {
  return isPlanV2(plan) ? publicPlanV2(plan) : publicPlanV1(plan);
}

function publicPlanV1(plan: PricePlan) {
  return { currency: plan.currency, components: plan.components.map(publicComponent), ...publicShares(plan) };
}

function publicPlanV2(plan: PricePlanV2) {
  const { version, currency, trial, withholding } = plan;
  return {
    version,
    currency,
    components: plan.components.map(publicComponentV2),
    trial: trial && { periods: trial.periods },
    parties: plan.parties.map(({ role, participantId, bps }) => ({ role, participant_id: participantId, bps })),
    withholding: withholding && { jurisdiction: withholding.jurisdiction, rate_bps: withholding.rateBps },
    ...publicShares(plan),
  };
}

function publicShares({ fee, tax }: AnyPricePlan) {
  return {
    fee: { exchange_bps: fee.exchangeBps, channel_bps: fee.channelBps },
    tax: { jurisdiction: tax.jurisdiction, rate_bps: tax.rateBps, mode: tax.mode },
  };
}

/** As {@link publicPlan}, for the quota. */
export function publicQuota(quota: Quota | null) {
  return quota === null ? null : { meter: quota.meter, limit: quota.limit };
}

/** As {@link publicPlan}, for the terms an offer and its agreements have in common. */
export function publicTerms(terms: Omit<Terms, 'term'>) {
  return {
    plan: publicPlan(terms.plan),
    time_zone: terms.timeZone,
    policy: publicPolicy(terms.policy),
    quota: publicQuota(terms.quota),
    notice_days: terms.noticeDays,
    renewal: terms.renewal && { months: terms.renewal.months, times: terms.renewal.times },
    channel_partner_id: terms.channelPartnerId,
  };
}

function publicComponent(component: PriceComponent) {
  if (component.kind !== 'flat') return publicUsagePrice(component);
  return { kind: component.kind, id: component.id, amount: component.amount };
}

function publicUsagePrice(component: PerUnitComponent | TieredComponent) {
  switch (component.kind) {
    case 'per_unit':
      return {
        kind: component.kind,
        id: component.id,
        meter: component.meter,
        unit_price: component.unitPrice,
        per: component.per,
      };
    case 'tiered':
      return {
        kind: component.kind,
        id: component.id,
        meter: component.meter,
        mode: component.mode,
        per: component.per,
        tiers: component.tiers.map((tier) => ({ up_to: tier.upTo, unit_price: tier.unitPrice })),
      };
  }
}

function publicComponentV2(component: PriceComponentV2) {
  switch (component.kind) {
    case 'flat':
      return { kind: component.kind, id: component.id, amount: component.amount, prorate: component.prorate };
    case 'minimum':
      return { kind: component.kind, id: component.id, amount: component.amount, prorate: component.prorate };
    case 'package':
      return {
        kind: component.kind,
        id: component.id,
        meter: component.meter,
        size: component.size,
        price: component.price,
        included: component.included,
      };
    case 'prepaid':
      return {
        kind: component.kind,
        id: component.id,
        price: component.price,
        credit: component.credit,
        grant: component.grant,
        valid_periods: component.validPeriods,
      };
    default:
      return publicUsagePrice(component);
  }
}

/** Where the public form of an offer has what a pointer into a plan points at. */
export function publicPointer(planPointer: string): string {
  return `/plan${planPointer.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

/** What rating finds wrong points into its own plan; who stated it sent the public form. */
export function inPublicForm(error: DomainError): DomainError {
  if (error.code !== 'PRICE_PLAN_INVALID') return error;
  const { pointer, items = [] } = error;
  return {
    ...error,
    ...(pointer === undefined ? {} : { pointer: publicPointer(pointer) }),
    items: items.map((item) => ({ ...item, pointer: publicPointer(item.pointer) })),
  };
}
