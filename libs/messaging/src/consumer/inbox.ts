import type { Tx } from '@hetao/persistence';
import { runPrepared, type Prepared } from '../prepared.js';

// Sorted, so that two members that were given the same events cannot wait for each other crosswise.
const REMEMBER: Prepared = {
  name: 'hetao-inbox',
  text: `
  INSERT INTO inbox (consumer_group, event_id)
  SELECT $1, id FROM unnest($2::text[]) AS fresh(id) ORDER BY id
  ON CONFLICT DO NOTHING
  RETURNING event_id`,
};

/**
 * Remembers the events in the transaction that applies them, and returns the ids that nobody has applied yet. An id that
 * another transaction is just applying is waited for: a member that lost its partition and its successor never both win.
 */
export async function rememberEvents(tx: Tx, group: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await runPrepared<{ event_id: string }>(tx, REMEMBER, [group, [...new Set(ids)]]);
  return new Set(rows.map((row) => row.event_id));
}
