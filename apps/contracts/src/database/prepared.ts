import type { Tx } from '@hetao/persistence';

/** A statement that each connection reads and plans once, however often it is made. */
export interface Prepared<R> {
  /** Runs it in a transaction and returns its rows. */
  rows(tx: Tx, params: unknown[]): Promise<R[]>;
  /** As {@link rows}, for how many rows it touched. */
  count(tx: Tx, params: unknown[]): Promise<number>;
}

/**
 * Prepares a statement of a hot path: every message of every peer makes it.
 *
 * @param name its name on the connection: one text has one name, and no other text has it.
 */
export function prepared<R extends object>(name: string, text: string): Prepared<R> {
  return {
    rows: async (tx, values) => (await tx.client.query<R>({ name, text, values })).rows,
    count: async (tx, values) => (await tx.client.query({ name, text, values })).rowCount ?? 0,
  };
}
