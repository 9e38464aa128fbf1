import type { RegisteredRouter } from '@tanstack/react-router';

/** Paths of pages that need no parameter: what navigation may lead to. */
export type PathOfPage = Exclude<keyof RegisteredRouter['routesByPath'], `${string}$${string}`>;
