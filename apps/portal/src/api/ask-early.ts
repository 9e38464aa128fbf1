import { pageState } from '../app/page-state.js';
import type { cursorQuery, CursorPage } from '../kit/use-cursor-list.js';
import { queryClient } from './query-client.js';

/**
 * For the loader of a route: asks for what its page will show while the page's script is still on its way. What went
 * wrong is left to the page, which asks again. Nothing for strangers, whom the page sends to the sign-in.
 */
export function askEarly<Page extends CursorPage<unknown>>(query: ReturnType<typeof cursorQuery<Page>>): void {
  if (pageState.me !== null) void queryClient.prefetchInfiniteQuery(query);
}
