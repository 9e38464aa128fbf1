import type { Database } from '@hetao/persistence';
import type { RawEvent } from '../consumer/raw-event.js';

/** A delivery that waits, with its event. */
export interface WaitingDelivery {
  readonly seq: string;
  readonly lane: number;
  readonly sizeBytes: number;
  readonly event: RawEvent;
}

export interface Page {
  readonly deliveries: readonly WaitingDelivery[];
  /** False when more is waiting behind this page. */
  readonly complete: boolean;
}

export interface PageRequest {
  readonly group: string;
  /** The service that publishes: becomes the events' source. */
  readonly service: string;
  /** Deliveries that are being handled. */
  readonly except: readonly string[];
  /** How many lanes there are, and which of them take nothing more. */
  readonly lanes: number;
  readonly fullLanes: readonly number[];
}

const PAGE_ROWS = 256;
const PAGE_BYTES = 4 * 1024 * 1024;

interface Row {
  readonly seq: string;
  readonly lane: number;
  readonly size_bytes: number;
  readonly page_rows: string;
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
const PAGE_SQL = `
  SELECT * FROM (
    SELECT o.seq, o.id, o.type, o.topic, o.key, o.data::text AS payload, o.size_bytes, o.traceparent, o.occurred_at,
           d.lane, count(*) OVER () AS page_rows,
           sum(o.size_bytes) OVER (ORDER BY d.seq) - o.size_bytes AS bytes_before
    FROM (
      SELECT seq, lane FROM outbox_deliveries
      WHERE consumer_group = $1 AND seq <> ALL ($2::bigint[]) AND lane % $3::integer <> ALL ($4::integer[])
      ORDER BY seq LIMIT ${PAGE_ROWS}
    ) d JOIN outbox o ON o.seq = d.seq
  ) page
  WHERE bytes_before < ${PAGE_BYTES} ORDER BY seq`;

/** The next deliveries of a group, in order, bounded in rows and bytes. */
export async function nextPage(database: Database, request: PageRequest): Promise<Page> {
  const params = [request.group, request.except, request.lanes, request.fullLanes];
  const { rows } = await database.withClient((client) => client.query<Row>(PAGE_SQL, params));
  const found = Number(rows[0]?.page_rows ?? 0);
  return {
    deliveries: rows.map((row) => toDelivery(row, request.service)),
    complete: found < PAGE_ROWS && rows.length === found,
  };
}

function toDelivery(row: Row, service: string): WaitingDelivery {
  const { id, type, topic, payload, occurred_at: time } = row;
  const traceparent = row.traceparent ?? undefined;
  const event: RawEvent = { id, type, source: `hetao/${service}`, subject: row.key, topic, time, payload, traceparent };
  return { seq: row.seq, lane: row.lane, sizeBytes: row.size_bytes, event };
}

/** Forgets deliveries that are settled. */
export async function acknowledge(database: Database, group: string, seqs: readonly string[]): Promise<void> {
  const sql = 'DELETE FROM outbox_deliveries WHERE consumer_group = $1 AND seq = ANY ($2::bigint[])';
  await database.withClient((client) => client.query(sql, [group, seqs]));
}
