import type { CounterOffer, Offer } from '@hetao/client';

/** What a merchant may put differently for one buyer. */
export interface CounterValues {
  readonly note?: string;
  readonly purposes: readonly string[];
  readonly places_of_use: Offer['policy']['places_of_use'];
  /** Price by component, of those that have one price. */
  readonly prices: Readonly<Record<string, string>>;
}

type Component = Offer['plan']['components'][number];

/** The one price of a component; tiers have several and are changed in an offer of their own. */
export function priceOf(component: Component): string | undefined {
  switch (component.kind) {
    case 'flat':
    case 'minimum':
      return component.amount;
    case 'per_unit':
      return component.unit_price;
    case 'package':
    case 'prepaid':
      return component.price;
    case 'tiered':
      return undefined;
  }
}

/** The same component at another price. */
export function withPrice<C extends Component>(component: C, price: string): C {
  const name = { flat: 'amount', minimum: 'amount', per_unit: 'unit_price', package: 'price', prepaid: 'price' };
  return component.kind === 'tiered' ? component : { ...component, [name[component.kind]]: price };
}

/** A plan at other prices; those not named stay. */
export function repriced(plan: Offer['plan'], prices: Readonly<Record<string, string>>): Offer['plan'] {
  const price = <C extends Component>(component: C) =>
    withPrice(component, prices[component.id] ?? priceOf(component) ?? '');
  // Each version of a plan keeps to its own kinds of components.
  return plan.version === 2
    ? { ...plan, components: plan.components.map(price) }
    : { ...plan, components: plan.components.map(price) };
}

/** How the form starts: as the offer stands. */
export function asOffered(offer: Offer): CounterValues {
  const priced = offer.plan.components.flatMap((component) => {
    const price = priceOf(component);
    return price === undefined ? [] : [[component.id, price] as const];
  });
  return {
    purposes: offer.policy.purposes,
    places_of_use: offer.policy.places_of_use,
    prices: Object.fromEntries(priced),
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
