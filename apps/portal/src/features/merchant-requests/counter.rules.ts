import type { CounterOffer, Offer } from '@hetao/client';
import { pricesOf, repriced } from '../../kit/price/price.rules.js';

/** What a merchant may put differently for one buyer. */
export interface CounterValues {
  readonly note?: string;
  readonly purposes: readonly string[];
  readonly places_of_use: Offer['policy']['places_of_use'];
  /** Price by component, of those that have one price. */
  readonly prices: Readonly<Record<string, string>>;
}

/** How the form starts: as the offer stands. */
export function asOffered(offer: Offer): CounterValues {
  return {
    purposes: offer.policy.purposes,
    places_of_use: offer.policy.places_of_use,
    prices: pricesOf(offer),
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The counter-offer that says what differs and nothing else; undefined where nothing does. A policy in full (ODRL) says
 * more than its short form: once the short form changes, the full one would contradict it and is left out.
 */
export function counterOf(offer: Offer, values: CounterValues): CounterOffer | undefined {
  const before = asOffered(offer);
  const note = values.note?.trim();
  const { onward_use, retention_days } = offer.policy;
  const policy = {
    purposes: [...values.purposes],
    places_of_use: [...values.places_of_use],
    onward_use,
    retention_days,
  };
  const narrowed = !same([values.purposes, values.places_of_use], [before.purposes, before.places_of_use]);
  const counter: CounterOffer = {
    ...(same(values.prices, before.prices) ? {} : { plan: repriced(offer.plan, values.prices) }),
    ...(narrowed ? { policy } : {}),
    ...(note ? { note } : {}),
  };
  return Object.keys(counter).length === 0 ? undefined : counter;
}
