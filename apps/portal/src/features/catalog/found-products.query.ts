import { listProducts } from '@hetao/client';
import { cursorQuery } from '../../kit/use-cursor-list.js';
import type { CatalogSearch } from './facets.rules.js';

const PAGE = 24;

/** What a search finds, with the counts of every facet. */
export const foundProducts = (search: CatalogSearch) =>
  cursorQuery(['catalog', search], ({ page, signal }) =>
    listProducts({
      query: { status: 'listed', limit: PAGE, facets: 'all', ...search, ...page },
      signal,
      throwOnError: true,
    }),
  );
