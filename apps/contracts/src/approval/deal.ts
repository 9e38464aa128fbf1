import { Decimal, roundToMoney, type Currency } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { monthsTouched, type AnyPricePlan, type PriceComponentV2 } from '@hetao/rating';
import { publicTerms } from '../offer/public-terms.js';
import type { Quota, Terms } from '../offer/terms.js';

/** What an organisation is about to bind itself to, as far as its limits care. */
export interface Deal {
  readonly organisationId: string;
  readonly role: 'merchant' | 'buyer';
  readonly counterpartyId: string;
  readonly currency: Currency;
  /** What it can come to at most before tax, in minor units; null where usage without a quota has a price. */
  readonly atMostMinor: bigint | null;
  readonly crossesBorder: boolean;
  readonly onwardUse: boolean;
  readonly termDays: number;
  /** SHA-256 of the terms in their public form: an approval is of these and no others. */
  readonly termsHash: string;
}

const DAY_MS = 86_400_000;
/** Beyond every minor unit; rounded up afterwards. */
const QUOTIENT_SCALE = 12;

/** The deal a text of terms makes for one of its sides. */
export function dealOf(input: {
  readonly organisationId: string;
  readonly role: Deal['role'];
  readonly counterpartyId: string;
  readonly terms: Terms;
  readonly crossesBorder: boolean;
}): Deal {
  const { organisationId, role, counterpartyId, terms, crossesBorder } = input;
  const { from, until } = terms.term;
  const told = { ...publicTerms(terms), from: from.toISOString(), until: until.toISOString() };
  return {
    ...{ organisationId, role, counterpartyId, crossesBorder },
    currency: terms.plan.currency,
    atMostMinor: valueAtMost(terms),
    onwardUse: terms.policy.onwardUse,
    termDays: Math.ceil((until.getTime() - from.getTime()) / DAY_MS),
    termsHash: documentHash(told),
  };
}

/** The deal as JSON: what a refusal names, what a colleague is asked about, and what an approval is found by. */
export function publicDeal(deal: Deal) {
  return {
    organisation_id: deal.organisationId,
    role: deal.role,
    counterparty_id: deal.counterpartyId,
    currency: deal.currency,
    at_most_minor: deal.atMostMinor?.toString() ?? null,
    crosses_border: deal.crossesBorder,
    onward_use: deal.onwardUse,
    term_days: deal.termDays,
    terms_hash: deal.termsHash,
  };
}

/** By what an approval of exactly this deal is found. */
export function dealHash(deal: Deal): string {
  return documentHash(publicDeal(deal));
}

/**
 * What the terms can come to at most before tax: every fixed amount of every month they touch, and the whole quota at
 * its dearest price. Never too little; it may be more than anybody will pay.
 */
export function valueAtMost({ plan, quota, term, timeZone }: Terms): bigint | null {
  const months = BigInt(monthsTouched(term, timeZone));
  let total = Decimal.zero;
  for (const component of plan.components as AnyComponent[]) {
    const most = componentAtMost(component, quota, months);
    if (most === null) return null;
    total = total.plus(most);
  }
  return roundToMoney(total, plan.currency, 'ceil').amountMinor;
}

type AnyComponent = PriceComponentV2 | AnyPricePlan['components'][number];

function componentAtMost(component: AnyComponent, quota: Quota | null, months: bigint): Decimal | null {
  const everyMonth = (amount: string): Decimal => Decimal.parse(amount).times(Decimal.of(months));
  switch (component.kind) {
    case 'flat':
    case 'minimum':
      return everyMonth(component.amount);
    case 'prepaid':
      return component.grant === 'once' ? Decimal.parse(component.price) : everyMonth(component.price);
    case 'per_unit':
      return usageAtMost(component.meter, [component.unitPrice], quota, Decimal.parse(component.per));
    case 'tiered': {
      const prices = component.tiers.map(({ unitPrice }) => unitPrice);
      return usageAtMost(component.meter, prices, quota, Decimal.parse(component.per));
    }
    case 'package': {
      const price = Decimal.parse(component.price);
      if (price.isZero()) return Decimal.zero;
      if (quota?.meter !== component.meter) return null;
      // Every month may begin a package of its own.
      const whole = Decimal.parse(quota.limit).dividedBy(Decimal.parse(component.size), 0, 'ceil');
      return whole.plus(Decimal.of(months)).times(price);
    }
  }
}

function usageAtMost(meter: string, prices: readonly string[], quota: Quota | null, per: Decimal): Decimal | null {
  const dearest = prices
    .map((price) => Decimal.parse(price))
    .reduce((most, price) => (price.compare(most) > 0 ? price : most), Decimal.zero);
  if (dearest.isZero()) return Decimal.zero;
  if (quota?.meter !== meter) return null;
  return Decimal.parse(quota.limit).times(dearest).dividedBy(per, QUOTIENT_SCALE, 'ceil');
}
