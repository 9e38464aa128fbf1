import type { Tx } from '@hetao/persistence';
import type pg from 'pg';

/** A statement that runs with every event: each connection plans it once, for planning costs more than running it. */
export interface Prepared {
  /** Unique per text. */
  readonly name: string;
  readonly text: string;
}

/** Runs it in the transaction and returns its rows. */
export async function runPrepared<R>(tx: Tx, statement: Prepared, values: unknown[]): Promise<R[]> {
  // pg types a row as whatever the caller names; the SQL beside it is the only proof.
  const { rows } = await tx.client.query<R & pg.QueryResultRow>({ ...statement, values });
  return rows;
}
