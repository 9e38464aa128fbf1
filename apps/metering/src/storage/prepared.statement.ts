import type { Tx } from '@hetao/persistence';

/** A statement that runs with every batch: each connection plans it once. The name is unique within the service. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** Runs a prepared statement in the transaction and returns its rows. */
export async function runPrepared<R>(tx: Tx, statement: Prepared, values: readonly unknown[]): Promise<readonly R[]> {
  const { rows } = await tx.client.query<R & object>({ ...statement, values: [...values] });
  return rows;
}
