import type { PendingEvent, Tx } from '@hetao/persistence';
import { runPrepared, type Prepared } from '../prepared.js';
import { advisoryKey } from './advisory-keys.js';

/**
 * Two transactions that publish for the same key must get their sequence numbers in the order in which they commit,
 * or a consumer would see the second fact first. So each takes a lock per (topic, key) before it inserts, and keeps it
 * until it commits.
 *
 * Why this cannot deadlock: these locks are the last thing a transaction takes. While it waits for one it can hold row
 * locks, but whoever holds an outbox lock has all its row locks already and waits for nothing but other outbox
 * locks, then commits. Among outbox locks everybody climbs the same ladder: all topic gates by ascending number
 * first, then all keys by ascending number; and a climber only ever waits for somebody higher up.
 *
 * The gate of a topic is shared by normal writers. It is taken exclusively, which shuts all others out of the topic until
 * the commit, (a) by the registration of a consumer group, which must see every event or be seen by its writer, and
 * (b) by a transaction with very many keys, because PostgreSQL keeps advisory locks in a shared table of fixed size
 * (max_locks_per_transaction) that some thousands of them would fill for everybody.
 */
export const MAX_KEY_LOCKS_PER_TOPIC = 128;

export interface OutboxLock {
  readonly key: bigint;
  readonly exclusive: boolean;
}

export function gateKey(schema: string, topic: string): bigint {
  return advisoryKey('outbox-topic', schema, topic);
}

/** Held exclusively by a change of the subscriptions, shared by whoever reads them. */
export function registrationKey(schema: string): bigint {
  return advisoryKey('outbox-registration', schema);
}

/** The locks for these events in the order in which they must be taken. */
export function locksFor(schema: string, events: readonly Pick<PendingEvent, 'topic' | 'key'>[]): OutboxLock[] {
  const keysByTopic = new Map<string, Set<bigint>>();
  for (const { topic, key } of events) {
    const keys = keysByTopic.get(topic) ?? new Set<bigint>();
    keys.add(advisoryKey('outbox-key', schema, topic, key));
    keysByTopic.set(topic, keys);
  }
  const gates: OutboxLock[] = [];
  const keys: OutboxLock[] = [];
  for (const [topic, locked] of keysByTopic) {
    const exclusive = locked.size > MAX_KEY_LOCKS_PER_TOPIC;
    gates.push({ key: gateKey(schema, topic), exclusive });
    if (!exclusive) keys.push(...[...locked].map((key) => ({ key, exclusive: true })));
  }
  return [...gates.sort(byKey), ...keys.sort(byKey)];
}

function byKey(a: OutboxLock, b: OutboxLock): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

// unnest yields the array's order and the function runs row by row, so the locks are taken in that order.
const LOCK: Prepared = {
  name: 'hetao-outbox-locks',
  text: `
  SELECT CASE WHEN exclusive THEN pg_advisory_xact_lock(key) ELSE pg_advisory_xact_lock_shared(key) END
  FROM unnest($1::bigint[], $2::boolean[]) AS ladder(key, exclusive)`,
};

/** Takes the locks, in one round trip. Waits as long as the database's lock timeout allows. */
export async function takeLocks(tx: Tx, locks: readonly OutboxLock[]): Promise<void> {
  await runPrepared(tx, LOCK, [locks.map((lock) => lock.key), locks.map((lock) => lock.exclusive)]);
}
