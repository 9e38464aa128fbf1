/** One page of a list, as every list of the exchange answers. */
export interface CursorPage<Row> {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
}

/** An operation that answers a page. */
export type PagedOperation = (options: never) => Promise<unknown>;

/** The rows of what a paged operation answers; never for operations that answer something else. */
export type PageRow<O> = O extends (options: never) => Promise<infer R>
  ? R extends { readonly data: infer P }
    ? P extends CursorPage<infer Row>
      ? Row
      : never
    : never
  : never;

/** A list this long is walked by mistake: with 100 rows a page, that is ten million. */
const MAX_PAGES = 100_000;

/**
 * Every row, page after page; the next page is asked for when the rows of the last one are used up.
 *
 * @throws RangeError when the exchange gives the same cursor twice, which would never end
 */
export async function* pagesOf<Row>(
  ask: (cursor: { readonly cursor?: string }) => Promise<CursorPage<Row>>,
): AsyncGenerator<Row, void, undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { data, next_cursor: next } = await ask(cursor === undefined ? {} : { cursor });
    yield* data;
    if (next === null) return;
    if (next === cursor) throw new RangeError('The list leads back to the page it came from.');
    cursor = next;
  }
}
