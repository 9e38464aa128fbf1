import type { Offer } from '@hetao/client';

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

/** The prices of an offer as its form starts: by component, of those that have one price. */
export function pricesOf(offer: Pick<Offer, 'plan'>): Readonly<Record<string, string>> {
  const priced = offer.plan.components.flatMap((component) => {
    const price = priceOf(component);
    return price === undefined ? [] : [[component.id, price] as const];
  });
  return Object.fromEntries(priced);
}

/** The meters a plan puts a price on, each once, in its order. */
export function metersOf(plan: Offer['plan']): readonly string[] {
  return [...new Set(plan.components.flatMap((component) => ('meter' in component ? [component.meter] : [])))];
}
