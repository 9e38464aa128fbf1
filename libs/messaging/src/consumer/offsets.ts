import type { Tx } from '@hetao/persistence';
import type { Logger } from '../logger.js';
import type { LogPosition } from './raw-event.js';

/**
 * For batch subscriptions over Kafka the next offset of each partition is kept in the transaction that applies the
 * batch: the broker's own note is only a hint that may be late or lost, for it is written afterwards and expires.
 */

// The update changes nothing but locks the row, so a member that lost the partition and its successor take turns.
const LOCK_SQL = `
  INSERT INTO consumer_offsets AS known (consumer_group, cluster_id, topic, partition, next_offset)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (consumer_group, cluster_id, topic, partition) DO UPDATE SET next_offset = known.next_offset
  RETURNING next_offset`;

const STORE_SQL = `
  UPDATE consumer_offsets SET next_offset = $5
  WHERE consumer_group = $1 AND cluster_id = $2 AND topic = $3 AND partition = $4`;

/** Locks the partition's note and returns the offset below which everything has been applied. */
export async function lockNextOffset(tx: Tx, group: string, first: LogPosition, logger: Logger): Promise<bigint> {
  const params = [group, first.clusterId, first.topic, first.partition, first.offset];
  const [row] = await tx.query<{ next_offset: string }>(LOCK_SQL, params);
  const next = BigInt(row?.next_offset ?? first.offset);
  if (next <= first.highWatermark) return next;
  // Somebody deleted and created the topic anew. To skip up to the old note would lose events; the inbox still dedupes.
  logger.error(
    { group, topic: first.topic, partition: first.partition, noted: String(next), end: String(first.highWatermark) },
    'The log is shorter than what was applied from it: it was made anew, so the noted offset is void',
  );
  return first.offset;
}

export async function storeNextOffset(tx: Tx, group: string, last: LogPosition): Promise<void> {
  await tx.execute(STORE_SQL, [group, last.clusterId, last.topic, last.partition, last.offset + 1n]);
}
