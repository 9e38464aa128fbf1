import { finished } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '@hetao/persistence';
import { partitionName } from '../storage/batch-no.js';
import { CopyRows } from '../storage/copy-rows.codec.js';
import { type Prepared, runPrepared } from '../storage/prepared.statement.js';
import { formatInstant } from '../window/instant.js';
import type { BatchCounts, Submission } from './submission.types.js';
import type { UsageEvent } from './usage-event.js';

/** An accepted event as it is stored. */
export interface StoredEvent {
  readonly batchNo: number;
  readonly sourceNo: number;
  readonly agreementNo: number;
  readonly event: UsageEvent;
}

/** A submission that was counted. */
export interface CountedSubmission {
  readonly batchNo: number;
  readonly submission: Submission;
  readonly counts: BatchCounts;
  /** JSON: what became of its events, where the sender will ask for it later. */
  readonly notes: string | null;
}

/** Raw events and the requests they came with. */
@Injectable()
export class UsageRecordRepository {
  /** Stores accepted events of one day of receipt. */
  async insertEvents(tx: Tx, day: number, events: readonly StoredEvent[]): Promise<void> {
    const columns = 'batch_no, event_time, source_no, agreement_no, event_id, data';
    // Straight into the partition: finding it for each row would cost as much as a column.
    const stream = tx.client.query(copyFrom(`COPY ${partitionName(day)} (${columns}) FROM STDIN (FORMAT binary)`));
    stream.end(copyRows(events));
    await finished(stream);
  }

  async recordBatches(tx: Tx, batches: readonly CountedSubmission[]): Promise<void> {
    const column = <T>(read: (batch: CountedSubmission) => T): T[] => batches.map(read);
    await runPrepared(tx, RECORD_BATCHES, [
      column((one) => one.batchNo),
      column(({ submission }) => submission.batchId),
      column(({ submission }) => submission.sender.senderId),
      column(({ submission }) => formatInstant(submission.receivedAtMs)),
      column(({ counts }) => counts.received),
      column(({ counts }) => counts.accepted),
      column(({ counts }) => counts.duplicates),
      column(({ counts }) => counts.conflicts),
      column(({ counts }) => counts.rejected),
      column(({ submission }) => submission.place?.partition ?? NO_LOG),
      column(({ submission }) => submission.place?.offset.toString() ?? null),
      column((one) => one.notes),
    ]);
  }
}

/** Stands for "came without a log" in place of a partition. */
const NO_LOG = -1;

const RECORD_BATCHES: Prepared = {
  name: 'metering-record-batches',
  text: `INSERT INTO ingestion_batches (batch_no, batch_id, sender_id, received_at, received, accepted, duplicates,
                                        conflicts, rejected, log_partition, log_offset, notes)
         SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::int[], $7::int[],
                              $8::int[], $9::int[], $10::int[], $11::bigint[], $12::json[])`,
};

function copyRows(events: readonly StoredEvent[]): Buffer {
  const rows = new CopyRows();
  for (const { batchNo: no, sourceNo, agreementNo, event } of events) {
    rows.row(6);
    rows.int64(no);
    rows.instant(event.timeMs);
    rows.int32(sourceNo);
    rows.int32(agreementNo);
    rows.text(event.id);
    rows.text(event.data);
  }
  return rows.finish();
}
