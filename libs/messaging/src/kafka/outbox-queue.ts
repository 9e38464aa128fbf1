import type { Database } from '@hetao/persistence';
import type pg from 'pg';
import { advisoryKey } from '../outbox/advisory-keys.js';

/** An outbox row on its way to the broker. */
export interface OutboxRow {
  readonly seq: string;
  readonly id: string;
  readonly type: string;
  readonly topic: string;
  readonly key: string;
  readonly data: string;
  readonly traceparent: string | null;
  readonly occurred_at: Date;
}

export interface BatchBounds {
  readonly rows: number;
  readonly bytes: number;
}

/** What became of a batch: rows that the broker has, and rows that it will never take. */
export interface SendResult {
  readonly sent: readonly string[];
  readonly refused: readonly { readonly seq: string; readonly reason: string }[];
}

/** Headers and framing of a record, on top of its data. */
const RECORD_OVERHEAD_BYTES = 512;

// All rows that are not published, lowest number first; no position is remembered. See embedded/deliveries.ts for why.
const NEXT_SQL = `
  SELECT seq, id, type, topic, key, data, traceparent, occurred_at FROM (
    SELECT *, sum(bytes) OVER (ORDER BY seq) - bytes AS bytes_before FROM (
      SELECT seq, id, type, topic, key, data::text AS data, traceparent, occurred_at,
             size_bytes + octet_length(key) + ${RECORD_OVERHEAD_BYTES} AS bytes
      FROM outbox WHERE published_at IS NULL AND refused_at IS NULL ORDER BY seq LIMIT $1
    ) waiting
  ) batch
  WHERE bytes_before = 0 OR bytes_before + bytes <= $2 ORDER BY seq`;

/**
 * Lends the next unpublished rows to `send` and notes what became of them, all in one transaction that also holds the
 * service's relay lock. So of several processes one at a time relays, a leader that loses its database connection loses
 * the lead with it, and a row is noted as published only after the broker has acknowledged it. A crash in between sends
 * rows again, in the same order; the consumers' inboxes know them.
 *
 * @returns how many rows were settled, or undefined when another process has the lead
 */
export async function relayBatch(
  database: Database,
  bounds: BatchBounds,
  send: (rows: readonly OutboxRow[]) => Promise<SendResult>,
): Promise<number | undefined> {
  return database.withClient(async (client) => {
    await client.query('BEGIN');
    try {
      const settled = await settleBatch(client, database.schema, bounds, send);
      await client.query('COMMIT');
      return settled;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });
}

async function settleBatch(
  client: pg.ClientBase,
  schema: string,
  bounds: BatchBounds,
  send: (rows: readonly OutboxRow[]) => Promise<SendResult>,
): Promise<number | undefined> {
  const key = advisoryKey('outbox-relay', schema).toString();
  const lead = await client.query<{ leads: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS leads', [key]);
  if (lead.rows[0]?.leads !== true) return undefined;
  const { rows } = await client.query<OutboxRow>({
    // Prepared once a connection: planning it costs more than running it.
    name: 'hetao-outbox-batch',
    text: NEXT_SQL,
    values: [bounds.rows, bounds.bytes],
  });
  if (rows.length === 0) return 0;
  const { sent, refused } = await send(rows);
  await client.query('UPDATE outbox SET published_at = clock_timestamp() WHERE seq = ANY ($1::bigint[])', [sent]);
  if (refused.length > 0) {
    await client.query(
      `UPDATE outbox SET refused_at = clock_timestamp(), refusal = fault.reason
       FROM unnest($1::bigint[], $2::text[]) AS fault(seq, reason) WHERE outbox.seq = fault.seq`,
      [refused.map((row) => row.seq), refused.map((row) => row.reason)],
    );
  }
  return rows.length;
}

/** An event that no broker would take. */
export interface RefusedEvent {
  readonly id: string;
  readonly type: string;
  readonly topic: string;
  readonly key: string;
  readonly reason: string;
  readonly refusedAt: Date;
}

/** Events of this service that the broker refused, oldest first, at most 200. */
export async function refusedEvents(database: Database): Promise<readonly RefusedEvent[]> {
  const { rows } = await database.withClient((client) =>
    client.query<RefusedEvent>(
      `SELECT id, type, topic, key, refusal AS reason, refused_at AS "refusedAt"
       FROM outbox WHERE refused_at IS NOT NULL ORDER BY seq LIMIT 200`,
    ),
  );
  return rows;
}

/** Lets the relay try a refused event again, after the broker's limit was raised. Returns false when there is none such. */
export async function resendRefused(database: Database, id: string): Promise<boolean> {
  const sql = 'UPDATE outbox SET refused_at = NULL, refusal = NULL WHERE id = $1 AND refused_at IS NOT NULL';
  const { rowCount } = await database.withClient((client) => client.query(sql, [id]));
  return rowCount === 1;
}
