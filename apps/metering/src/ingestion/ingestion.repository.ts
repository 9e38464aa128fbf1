import { finished } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '@hetao/persistence';
import type { WindowTotal } from '../window/usage-window.js';
import { formatInstant } from '../window/instant.js';
import type { UsageEvent } from './usage-event.js';

/** How a request ended: the completeness equation is received = accepted + duplicates + conflicts + rejected. */
export interface BatchCounts {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
}

/** The identity of an event and of what it says. */
export interface EventKey {
  readonly sourceNo: number;
  readonly eventId: string;
  /** First 128 bits of a SHA-256, as a UUID. */
  readonly payloadHash: string;
}

/** An accepted event as it is stored. */
export interface StoredEvent {
  readonly sourceNo: number;
  readonly event: UsageEvent;
}

/** Hand-written SQL of the hot path: set-based, a fixed number of statements a batch, keys always in one order. */
@Injectable()
export class IngestionRepository {
  async nextBatchNo(tx: Tx): Promise<string> {
    const rows = await tx.query<{ no: string }>("SELECT nextval('ingestion_batch_no') AS no");
    return rows[0]?.no ?? '';
  }

  /** Numbers of those of the sender's sources that are known. */
  async sources(tx: Tx, senderId: string, sources: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ source: string; source_no: number }>(
      'SELECT source, source_no FROM usage_sources WHERE sender_id = $1 AND source = ANY($2)',
      [senderId, sources],
    );
    return new Map(rows.map((row) => [row.source, row.source_no]));
  }

  async countSources(tx: Tx, senderId: string): Promise<number> {
    const rows = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM usage_sources WHERE sender_id = $1',
      [senderId],
    );
    return rows[0]?.count ?? 0;
  }

  /** Numbers new sources. Another batch may be numbering the same ones: it is waited for, and its numbers are used. */
  async addSources(tx: Tx, senderId: string, sources: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const sorted = [...sources].sort();
    await tx.execute(
      'INSERT INTO usage_sources (sender_id, source) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING',
      [senderId, sorted],
    );
    return this.sources(tx, senderId, sorted);
  }

  /**
   * Claims the keys that nobody claimed before; returns how many of them these were. A key that another open
   * transaction claims is waited for, so that of two concurrent copies exactly one is counted.
   */
  async claimKeys(tx: Tx, batchNo: string, keys: readonly EventKey[]): Promise<number> {
    if (keys.length === 0) return 0;
    const sorted = [...keys].sort(inLockOrder);
    return tx.execute(
      `INSERT INTO usage_keys (source_no, event_id, payload_hash, batch_no)
       SELECT k.*, $4 FROM unnest($1::int[], $2::text[], $3::uuid[]) AS k ON CONFLICT DO NOTHING`,
      [...columnsOf(sorted), batchNo],
    );
  }

  /** Of the keys, those that other batches have counted, with the hash of what was counted. */
  async countedBefore(tx: Tx, batchNo: string, keys: readonly EventKey[]): Promise<readonly EventKey[]> {
    if (keys.length === 0) return [];
    return tx.query<EventKey>(
      `SELECT u.source_no AS "sourceNo", u.event_id AS "eventId", u.payload_hash AS "payloadHash"
         FROM unnest($1::int[], $2::text[]) AS k (source_no, event_id)
         JOIN usage_keys u USING (source_no, event_id) WHERE u.batch_no <> $3`,
      [keys.map((key) => key.sourceNo), keys.map((key) => key.eventId), batchNo],
    );
  }

  /** Gives claimed keys back: their events were not counted, so their ids stay free. */
  async releaseKeys(tx: Tx, keys: readonly EventKey[]): Promise<void> {
    if (keys.length === 0) return;
    await tx.execute(
      `DELETE FROM usage_keys u USING unnest($1::int[], $2::text[]) AS k (source_no, event_id)
        WHERE u.source_no = k.source_no AND u.event_id = k.event_id`,
      [keys.map((key) => key.sourceNo), keys.map((key) => key.eventId)],
    );
  }

  async recordBatch(
    tx: Tx,
    batch: { readonly batchNo: string; readonly batchId: string; readonly senderId: string; readonly receivedAt: Date },
    counts: BatchCounts,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO ingestion_batches (batch_no, batch_id, sender_id, received_at, received, accepted, duplicates,
                                      conflicts, rejected)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[batch.batchNo, batch.batchId, batch.senderId, batch.receivedAt],
        ...[counts.received, counts.accepted, counts.duplicates, counts.conflicts, counts.rejected],
      ],
    );
  }

  /** Stores accepted events by COPY, at half of what INSERT costs the server. */
  async insertEvents(tx: Tx, batchNo: string, events: readonly StoredEvent[]): Promise<void> {
    if (events.length === 0) return;
    const columns = 'batch_no, source_no, event_id, agreement_id, event_time, data';
    const stream = tx.client.query(copyFrom(`COPY usage_events (${columns}) FROM STDIN`));
    stream.end(events.map((one) => copyLine(batchNo, one)).join(''));
    await finished(stream);
  }

  /** Adds what a batch sums to. The totals come in lock order. */
  async addTotals(tx: Tx, totals: readonly WindowTotal[]): Promise<void> {
    if (totals.length === 0) return;
    await tx.execute(
      `INSERT INTO usage_totals AS t (agreement_id, window_start, meter, quantity, events)
       SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::numeric[], $5::bigint[])
       ON CONFLICT (agreement_id, window_start, meter)
       DO UPDATE SET quantity = t.quantity + EXCLUDED.quantity, events = t.events + EXCLUDED.events`,
      [
        totals.map((total) => total.agreementId),
        totals.map((total) => formatInstant(total.windowStartMs)),
        totals.map((total) => total.meter),
        totals.map((total) => total.quantity.toString()),
        totals.map((total) => total.events),
      ],
    );
  }
}

/**
 * A row in COPY's text format. Backslashes alone need escaping: ids hold no control characters, and canonical JSON
 * writes them as escapes.
 */
function copyLine(batchNo: string, { sourceNo, event }: StoredEvent): string {
  const time = formatInstant(event.timeMs);
  const fields = [batchNo, sourceNo, event.id, event.agreementId, time, event.data].join('\t');
  return `${fields.includes('\\') ? fields.replaceAll('\\', '\\\\') : fields}\n`;
}

function columnsOf(keys: readonly EventKey[]): [number[], string[], string[]] {
  return [keys.map((key) => key.sourceNo), keys.map((key) => key.eventId), keys.map((key) => key.payloadHash)];
}

/** Every batch claims in this order, so two that share keys never wait for each other in a circle. */
function inLockOrder(a: EventKey, b: EventKey): number {
  if (a.sourceNo !== b.sourceNo) return a.sourceNo - b.sourceNo;
  return a.eventId < b.eventId ? -1 : 1;
}
