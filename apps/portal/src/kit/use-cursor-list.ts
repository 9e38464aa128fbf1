import {
  infiniteQueryOptions,
  useInfiniteQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';

/** A page of a list, as every list of the exchange answers. */
export interface CursorPage<Row> {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

export type CursorList<Page> = UseInfiniteQueryResult<InfiniteData<Page>>;

/** What a read gets: the cursor of its page, and the signal that ends it when nobody waits any more. */
export interface PageRequest {
  readonly page: { readonly cursor?: string };
  readonly signal: AbortSignal;
}

type ReadPage<Page> = (request: PageRequest) => Promise<{ readonly data: Page }>;

/** A list that grows page by page, as a query that may be asked before its page is drawn. `key` names it and every filter of it. */
export function cursorQuery<Page extends CursorPage<unknown>>(key: readonly unknown[], read: ReadPage<Page>) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await read({ page: pageParam === '' ? {} : { cursor: pageParam }, signal });
      return data;
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

/**
 * The same, read by a page.
 *
 *     useCursorList(['listInvoices', search], ({ page, signal }) =>
 *       listInvoices({ query: { ...search, ...page }, signal, throwOnError: true }));
 */
export function useCursorList<Page extends CursorPage<unknown>>(
  key: readonly unknown[],
  read: ReadPage<Page>,
  options: { readonly enabled?: boolean } = {},
): CursorList<Page> {
  return useInfiniteQuery({ ...cursorQuery(key, read), ...options });
}

/** All rows that were read so far. */
export function rowsOf<Row>(list: CursorList<CursorPage<Row>>): readonly Row[] {
  return list.data?.pages.flatMap((page) => page.data) ?? [];
}
