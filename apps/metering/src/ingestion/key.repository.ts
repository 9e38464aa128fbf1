import { finished } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '@hetao/persistence';
import { batchNo } from '../storage/batch-no.js';
import { CopyRows } from '../storage/copy-rows.codec.js';
import { type Prepared, runPrepared } from '../storage/prepared.statement.js';

/** The identity of an event and of what it says. */
export interface EventKey {
  readonly sourceNo: number;
  readonly eventId: string;
  /** First 128 bits of a SHA-256 in hexadecimal. */
  readonly payloadHash: string;
  readonly batchNo: number;
}

/** The memory of what was counted: one narrow row an event, found by source and id whatever the event's time is. */
@Injectable()
export class KeyRepository {
  /** A number for each batch, by its day of receipt. */
  async nextBatchNos(tx: Tx, days: readonly number[]): Promise<readonly number[]> {
    const rows = await runPrepared<{ no: string }>(tx, NEXT_BATCH_NOS, [days.length]);
    return days.map((day, at) => batchNo(day, Number(rows[at]?.no)));
  }

  /**
   * Claims keys by COPY, at half of what INSERT costs the server. The keys come in lock order.
   *
   * @throws the unique violation of the first key that was claimed before, which ends the (sub)transaction.
   */
  async copy(tx: Tx, keys: readonly EventKey[]): Promise<void> {
    const stream = tx.client.query(
      copyFrom('COPY usage_keys (source_no, event_id, payload_hash, batch_no) FROM STDIN (FORMAT binary)'),
    );
    const rows = new CopyRows();
    for (const { sourceNo, eventId, payloadHash, batchNo: no } of keys) {
      rows.row(4);
      rows.int32(sourceNo);
      rows.text(eventId);
      rows.uuid(payloadHash);
      rows.int64(no);
    }
    stream.end(rows.finish());
    await finished(stream);
  }

  /**
   * Claims the keys that nobody claimed before; returns how many of them these were. A key that another open
   * transaction claims is waited for, so that of two concurrent copies exactly one is counted.
   */
  async insert(tx: Tx, keys: readonly EventKey[]): Promise<number> {
    if (keys.length === 0) return 0;
    return tx.execute(
      `INSERT INTO usage_keys (source_no, event_id, payload_hash, batch_no)
       SELECT * FROM unnest($1::int[], $2::text[], $3::uuid[], $4::bigint[]) ON CONFLICT DO NOTHING`,
      [...namesOf(keys), keys.map((key) => key.payloadHash), keys.map((key) => key.batchNo)],
    );
  }

  /** Of the keys, those that batches other than the given ones have counted, with the hash of what was counted. */
  async counted(tx: Tx, keys: readonly Name[], except: readonly number[]): Promise<readonly EventKey[]> {
    if (keys.length === 0) return [];
    return tx.query<EventKey>(
      `SELECT u.source_no AS "sourceNo", u.event_id AS "eventId", replace(u.payload_hash::text, '-', '') AS "payloadHash"
         FROM unnest($1::int[], $2::text[]) AS k (source_no, event_id)
         JOIN usage_keys u USING (source_no, event_id) WHERE u.batch_no <> ALL ($3)`,
      [...namesOf(keys), except],
    );
  }

  /** Gives claimed keys back: their events were not counted, so their ids stay free. */
  async release(tx: Tx, keys: readonly Name[]): Promise<void> {
    if (keys.length === 0) return;
    await tx.execute(
      `DELETE FROM usage_keys u USING unnest($1::int[], $2::text[]) AS k (source_no, event_id)
        WHERE u.source_no = k.source_no AND u.event_id = k.event_id`,
      namesOf(keys),
    );
  }
}

const NEXT_BATCH_NOS: Prepared = {
  name: 'metering-next-batch-nos',
  text: "SELECT nextval('ingestion_batch_no') AS no FROM generate_series(1, $1)",
};

type Name = Pick<EventKey, 'sourceNo' | 'eventId'>;

function namesOf(keys: readonly Name[]): [number[], string[]] {
  return [keys.map((key) => key.sourceNo), keys.map((key) => key.eventId)];
}

/** Every batch claims in this order, so two that share keys never wait for each other in a circle. */
export function inLockOrder(a: Name, b: Name): number {
  if (a.sourceNo !== b.sourceNo) return a.sourceNo - b.sourceNo;
  return a.eventId < b.eventId ? -1 : 1;
}
