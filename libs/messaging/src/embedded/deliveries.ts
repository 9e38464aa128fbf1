import type { Database } from '@hetao/persistence';
import type { RawEvent } from '../consumer/raw-event.js';

/** A delivery that waits, with its event. */
export interface WaitingDelivery {
  readonly seq: string;
  readonly lane: number;
  readonly event: RawEvent;
}

export interface PageRequest {
  readonly group: string;
  /** The service that publishes: becomes the events' source. */
  readonly service: string;
  readonly lanes: readonly number[];
  /** Deliveries of these lanes that are being handled. */
  readonly except: readonly string[];
}

/** Bounds of what one lane gets at once; 16 lanes are 2,000 events or 8 MB at most. */
const LANE_ROWS = 125;
const LANE_BYTES = 512 * 1024;

interface Row {
  readonly seq: string;
  readonly lane: number;
  readonly id: string;
  readonly type: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: string;
  readonly traceparent: string | null;
  readonly occurred_at: Date;
}

// Everything that waits is looked at, lowest number first, and nothing is remembered from one look to the next. A number
// that was taken early and committed late is simply there the next time; a cursor would have passed it by. Within a key
// the numbers are in commit order (outbox-locks.ts), so a page never shows a later event of a key without the earlier.
// Each lane is looked at by itself, so that one with a long queue costs the others nothing.
const PAGE_SQL = `
  SELECT * FROM (
    SELECT o.seq, o.id, o.type, o.topic, o.key, o.data::text AS payload, o.traceparent, o.occurred_at, waiting.lane,
           sum(o.size_bytes) OVER (PARTITION BY waiting.lane ORDER BY o.seq) - o.size_bytes AS bytes_before
    FROM unnest($2::smallint[]) AS wanted(lane)
    CROSS JOIN LATERAL (
      SELECT d.seq, d.lane FROM outbox_deliveries d
      WHERE d.consumer_group = $1 AND d.lane = wanted.lane AND d.seq <> ALL ($3::bigint[])
      ORDER BY d.seq LIMIT ${LANE_ROWS}
    ) waiting
    JOIN outbox o ON o.seq = waiting.seq
  ) page
  WHERE bytes_before < ${LANE_BYTES} ORDER BY seq`;

/** The next deliveries of these lanes, in order, bounded in rows and bytes. */
export async function nextPage(database: Database, request: PageRequest): Promise<readonly WaitingDelivery[]> {
  const { rows } = await database.withClient((client) =>
    // Prepared once a connection: planning it costs more than running it.
    client.query<Row>({ name: 'hetao-page', text: PAGE_SQL, values: [request.group, request.lanes, request.except] }),
  );
  return rows.map((row) => toDelivery(row, request.service));
}

function toDelivery(row: Row, service: string): WaitingDelivery {
  const { id, type, topic, payload, occurred_at: time } = row;
  const traceparent = row.traceparent ?? undefined;
  const event: RawEvent = { id, type, source: `hetao/${service}`, subject: row.key, topic, time, payload, traceparent };
  return { seq: row.seq, lane: row.lane, event };
}

/** Names a delivery of a group. */
export interface DeliveryKey {
  readonly seq: string;
  readonly lane: number;
}

const ACKNOWLEDGE_SQL = `
  DELETE FROM outbox_deliveries d USING unnest($2::smallint[], $3::bigint[]) AS done(lane, seq)
  WHERE d.consumer_group = $1 AND d.lane = done.lane AND d.seq = done.seq`;

/** Forgets deliveries that are settled. */
export async function acknowledge(database: Database, group: string, done: readonly DeliveryKey[]): Promise<void> {
  const values = [group, done.map((delivery) => delivery.lane), done.map((delivery) => delivery.seq)];
  await database.withClient((client) => client.query({ name: 'hetao-acknowledge', text: ACKNOWLEDGE_SQL, values }));
}
