import { DomainException } from '@hetao/kernel';
import type { PendingEvent, Tx } from '@hetao/persistence';
import { messagingErrors } from '../messaging.errors.js';
import { runPrepared, type Prepared } from '../prepared.js';
import { currentTraceparent } from '../tracing.js';
import { laneOf } from './advisory-keys.js';

/** Below what a broker takes by default (1 MB a batch), with room for headers: both transports refuse the same events. */
export const MAX_EVENT_BYTES = 512 * 1024;
/** One statement carries at most so many rows: its parameters are built in memory on both sides. */
const ROWS_PER_STATEMENT = 1_000;

const INSERT_SQL = `
  INSERT INTO outbox (id, type, topic, key, lane, data, size_bytes, traceparent, occurred_at)
  SELECT id, type, topic, key, lane, data::json, size_bytes, traceparent, occurred_at
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::integer[], $8::text[],
              $9::timestamptz[]) WITH ORDINALITY
       AS event(id, type, topic, key, lane, data, size_bytes, traceparent, occurred_at, position)
  ORDER BY position`;

const INSERT: Prepared = { name: 'hetao-outbox', text: INSERT_SQL };

/** The rows as columns, the way unnest takes them. */
export type OutboxColumns = readonly [
  ids: string[],
  types: string[],
  topics: string[],
  keys: string[],
  lanes: number[],
  data: string[],
  sizes: number[],
  traceparents: (string | null)[],
  times: string[],
];

/**
 * @throws DomainException EVENT_TOO_LARGE: refused here, before the commit, because afterwards nobody is left to be told.
 */
export function toColumns(events: readonly PendingEvent[]): OutboxColumns {
  const columns: OutboxColumns = [[], [], [], [], [], [], [], [], []];
  const [ids, types, topics, keys, lanes, data, sizes, traceparents, times] = columns;
  const here = currentTraceparent();
  for (const event of events) {
    const text = JSON.stringify(event.data);
    const size = Buffer.byteLength(text);
    if (size > MAX_EVENT_BYTES) throw tooLarge(event, size);
    ids.push(event.id);
    types.push(event.type);
    topics.push(event.topic);
    keys.push(event.key);
    lanes.push(laneOf(event.topic, event.key));
    data.push(text);
    sizes.push(size);
    traceparents.push(event.traceparent ?? here ?? null);
    times.push(event.time.toISOString());
  }
  return columns;
}

function tooLarge(event: PendingEvent, size: number): DomainException {
  const detail = `${event.type} for key "${event.key}" has ${size} bytes of data; ${MAX_EVENT_BYTES} are allowed.`;
  return new DomainException(messagingErrors.EVENT_TOO_LARGE(detail, { meta: { type: event.type, size } }));
}

/** Events in portions that one statement can carry. */
export function* portions(events: readonly PendingEvent[]): Generator<readonly PendingEvent[]> {
  for (let from = 0; from < events.length; from += ROWS_PER_STATEMENT)
    yield events.slice(from, from + ROWS_PER_STATEMENT);
}

/** Appends the events to the outbox, in their order. The locks must have been taken. */
export async function insertRows(tx: Tx, columns: OutboxColumns): Promise<void> {
  await runPrepared(tx, INSERT, [...columns]);
}

// The queue of a group is its deliveries: they are made by the statement that makes the events, so there is no moment in
// which an event exists that a registered group could miss. The epoch is read from a sequence because that shows the
// latest registration even to a transaction with an old snapshot.
const INSERT_AND_ROUTE: Prepared = {
  name: 'hetao-outbox-route',
  text: `
  WITH appended AS (${INSERT_SQL} RETURNING seq, topic, lane),
       routed AS (
         INSERT INTO outbox_deliveries (consumer_group, seq, lane)
         SELECT subscription.consumer_group, appended.seq, appended.lane
         FROM appended JOIN unnest($10::text[], $11::text[]) AS subscription(consumer_group, topic) USING (topic))
  SELECT last_value AS epoch FROM outbox_subscription_epoch`,
};

export interface TopicSubscription {
  readonly group: string;
  readonly topic: string;
}

/** As `insertRows`, with a delivery per subscribed group; returns the epoch of the subscriptions that hold now. */
export async function insertAndRoute(
  tx: Tx,
  columns: OutboxColumns,
  subscriptions: readonly TopicSubscription[],
): Promise<string> {
  const groups = subscriptions.map((subscription) => subscription.group);
  const topics = subscriptions.map((subscription) => subscription.topic);
  const [row] = await runPrepared<{ epoch: string }>(tx, INSERT_AND_ROUTE, [...columns, groups, topics]);
  if (row === undefined) throw new Error('The sequence outbox_subscription_epoch has no row.');
  return row.epoch;
}
