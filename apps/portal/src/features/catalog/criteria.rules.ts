import { without } from '../../app/search.js';
import type { CatalogSearch } from './facets.rules.js';

/** A search as it is kept: its order is of no use to an alert. Named by its words, or by what narrows it. */
export function criteriaOf(search: CatalogSearch): {
  readonly name: string;
  readonly criteria: Omit<CatalogSearch, 'sort'>;
} {
  const criteria = without(search, 'sort');
  const name = criteria.q ?? Object.values(criteria).join(' · ');
  return { name: name.slice(0, 100), criteria };
}
