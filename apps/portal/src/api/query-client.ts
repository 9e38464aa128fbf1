import { QueryClient } from '@tanstack/react-query';

const FRESH_FOR_MS = 15_000;

/** What was read is fresh for a moment; the client below it tries again by itself where that may help. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_FOR_MS, retry: false }, mutations: { retry: false } },
});
