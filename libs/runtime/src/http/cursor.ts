import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, DomainException } from '@hetao/kernel';
import { httpErrors } from './http.errors.js';

/** The sort key of a row: the columns of ORDER BY in their order, the id last so that no two rows are equal. */
export type SortKey = readonly (string | number)[];

/** What a list was asked for beside its page; a cursor only continues the list it came from. */
export type ListFilter = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One page, as it goes on the wire. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

const MAX_LIMIT = 100;

/** The page parameters of a list; extend it with the list's filters: `cursorQuery.extend({ status: … })`. */
export const cursorQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(20).describe('Most entries on this page'),
  cursor: z.string().min(1).max(1000).optional().describe('next_cursor of the page before'),
});

/** Schema of a page for `@ApiOkResponse({ standardSchema: pageOf(productDto).meta({ id: 'ProductPage' }) })`. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    data: z.array(item),
    next_cursor: z.string().nullable().describe('Pass it as `cursor` for the next page; null on the last one'),
    has_more: z.boolean(),
  });
}

/**
 * Makes a page of rows that were read with `LIMIT limit + 1`: the extra row only tells whether there is more.
 *
 * @param keyOf sort key of a row, as the next query compares it.
 * @param filter what else the list was asked for; the next page must be asked for with the same.
 */
export function cursorPage<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => SortKey,
  filter: ListFilter = {},
): Page<T> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data, next_cursor: hasMore ? encode(keyOf(last), filter) : null, has_more: hasMore };
}

/**
 * The sort key after which the page starts, or undefined for the first page.
 *
 * A cursor is opaque and carries a checksum over its key and the list's filter. It is no secret and no permission:
 * what a caller may see is decided by the query alone, so a forged cursor can only skip the forger's own rows.
 *
 * @throws DomainException CURSOR_INVALID when it is damaged or comes from a list with other filters.
 */
export function afterCursor(cursor: string | undefined, filter: ListFilter = {}): SortKey | undefined {
  if (cursor === undefined) return undefined;
  const [payload = '', checksum] = cursor.split('.');
  const key = sortKeyIn(payload);
  if (key === undefined || checksum !== checksumOf(payload, filter)) {
    throw new DomainException(
      httpErrors.CURSOR_INVALID('The cursor is damaged, or the list is asked for with other filters.', {
        pointer: '/cursor',
      }),
    );
  }
  return key;
}

function encode(key: SortKey, filter: ListFilter): string {
  const payload = Buffer.from(JSON.stringify(key)).toString('base64url');
  return `${payload}.${checksumOf(payload, filter)}`;
}

function checksumOf(payload: string, filter: ListFilter): string {
  return createHash('sha256').update(payload).update(canonicalJson(filter)).digest('base64url').slice(0, 16);
}

function sortKeyIn(payload: string): SortKey | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const fits = Array.isArray(key) && key.every((part) => typeof part === 'string' || typeof part === 'number');
    return fits ? key : undefined;
  } catch {
    return undefined;
  }
}
