import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterCursor, cursorPage, type SortKey } from './cursor.js';

describe('A cursor', () => {
  const key = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 });
  const filter = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.oneof(fc.stringMatching(/^[ -~]*$/), fc.boolean()),
  );

  it('leads back to the key it was made of, for the same filter', () => {
    fc.assert(
      fc.property(key, filter, (sortKey, list) => {
        const page = cursorPage([sortKey, sortKey], 1, (row): SortKey => row, list);
        expect(afterCursor(page.next_cursor ?? undefined, list)).toEqual(sortKey);
      }),
    );
  });

  it('is refused when a character was changed, cut or added', () => {
    const { next_cursor: cursor } = cursorPage(['a', 'b'], 1, (row) => [row, 7]);
    const text = String(cursor);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.stringMatching(/^[A-Za-z0-9._-]{0,2}$/), (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        fc.pre(changed !== text);
        expect(() => afterCursor(changed)).toThrow('CURSOR_INVALID');
      }),
    );
  });

  it('is refused by a list with other filters', () => {
    const { next_cursor: cursor } = cursorPage(['a', 'b'], 1, (row) => [row], { status: 'open' });
    expect(() => afterCursor(String(cursor), { status: 'closed' })).toThrow('CURSOR_INVALID');
    expect(afterCursor(String(cursor), { status: 'open', q: undefined })).toEqual(['a']);
  });

  it('ends with the last page', () => {
    expect(cursorPage(['a'], 1, (row) => [row])).toEqual({ data: ['a'], next_cursor: null, has_more: false });
    expect(cursorPage([], 1, () => ['x'])).toEqual({ data: [], next_cursor: null, has_more: false });
    expect(afterCursor(undefined)).toBeUndefined();
  });
});
