import type { Reader } from '@hetao/testing';
import type { Person } from './reader.js';

/** What every story is told in: one exchange, one browser, and readers who are checked when they leave. */
export interface World {
  /** As an address; only once the exchange runs. */
  readonly url: () => string;
  /** As the owner of every table: for what no page can bring about. */
  readonly databaseUrl: () => string;
  /** Lets somebody read; fails when their browser complained of anything, or asked anybody outside. */
  as<T>(who: Person | undefined, work: (reader: Reader) => Promise<T>): Promise<T>;
}

/** A page on a loaded machine is late, not broken. */
export const STORY_MS = 600_000;
