import type { PricePlan } from '@hetao/rating';
import type { UsagePolicy } from '../policy/policy.js';
import type { Offer, Quota } from './offer.js';

/**
 * The public form of commercial terms: what the API answers and what both sides sign are the same JSON, so whoever
 * holds an offer can see that the agreement says nothing else.
 */
export function publicPlan(plan: PricePlan) {
  return {
    currency: plan.currency,
    components: plan.components.map(publicComponent),
    fee: { exchange_bps: plan.fee.exchangeBps, channel_bps: plan.fee.channelBps },
    tax: { jurisdiction: plan.tax.jurisdiction, rate_bps: plan.tax.rateBps, mode: plan.tax.mode },
  };
}

/** As {@link publicPlan}, for the policy. */
export function publicPolicy(policy: UsagePolicy) {
  return {
    purposes: [...policy.purposes],
    places_of_use: [...policy.placesOfUse],
    onward_use: policy.onwardUse,
    retention_days: policy.retentionDays,
  };
}

/** As {@link publicPlan}, for the quota. */
export function publicQuota(quota: Quota | null) {
  return quota === null ? null : { meter: quota.meter, limit: quota.limit };
}

/** As {@link publicPlan}, for the terms an offer and its agreements have in common. */
export function publicTerms(terms: Pick<Offer, 'plan' | 'policy' | 'quota' | 'channelPartnerId'>) {
  return {
    plan: publicPlan(terms.plan),
    policy: publicPolicy(terms.policy),
    quota: publicQuota(terms.quota),
    channel_partner_id: terms.channelPartnerId,
  };
}

function publicComponent(component: PricePlan['components'][number]) {
  switch (component.kind) {
    case 'flat':
      return { kind: component.kind, id: component.id, amount: component.amount };
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

/** Where the public form of an offer has what a pointer into a plan points at. */
export function publicPointer(planPointer: string): string {
  return `/plan${planPointer.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}
