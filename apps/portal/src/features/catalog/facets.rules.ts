import { asList, listOf, params, without } from '../../app/search.js';

/** What a search can be narrowed by, in the order in which buyers ask. */
export const facets = [
  'kind',
  'stored_in',
  'price',
  'sensitivity',
  'delivery',
  'cadence',
  'coverage',
  'industry',
  'certificate',
] as const;
export type Facet = (typeof facets)[number];

export const sorts = ['relevance', 'newest', 'price', '-price', 'standing'] as const;

/** The search as the address holds it. */
export const catalogSearch = params({
  q: 'text',
  kind: 'text',
  stored_in: 'text',
  price: 'text',
  sensitivity: 'text',
  delivery: 'text',
  cadence: 'text',
  coverage: 'text',
  industry: 'text',
  certificate: 'text',
  merchant_id: 'text',
  available: ['true'],
  sort: sorts,
});
export type CatalogSearch = ReturnType<typeof catalogSearch>;

/** The search with one value of a facet chosen, or no longer. */
export function toggled(search: CatalogSearch, facet: Facet, value: string): CatalogSearch {
  const chosen = listOf(search[facet]);
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  const rest = without(search, facet);
  const list = asList(next);
  return list === undefined ? rest : { ...rest, [facet]: list };
}

/** How many values are chosen in all; what a "clear" would take away. */
export function chosenCount(search: CatalogSearch): number {
  const listed = facets.reduce((sum, facet) => sum + listOf(search[facet]).length, 0);
  return listed + (search.available === undefined ? 0 : 1) + (search.merchant_id === undefined ? 0 : 1);
}
