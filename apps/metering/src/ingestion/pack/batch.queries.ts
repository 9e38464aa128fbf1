import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import { DATABASE } from '@hetao/runtime';
import { type BatchNote, outcomesFrom } from '../batch-notes.codec.js';
import type { Receipt } from '../submission.types.js';

interface BatchRow {
  readonly batch_id: string;
  readonly sender_id: string;
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly notes: BatchNote[] | null;
}

/** A batch that was counted. */
export interface BatchView extends Receipt {
  readonly batchId: string;
  readonly senderId: string;
}

const COLUMNS = 'batch_id, sender_id, received, accepted, duplicates, conflicts, rejected, notes';

/** Batches as they were counted. */
@Injectable()
export class BatchQueries {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** Those of the batches that are counted; of one that came without a log no outcomes are kept. */
  async find(batchIds: readonly string[]): Promise<readonly BatchView[]> {
    const { rows } = await this.database.withClient((client) =>
      client.query<BatchRow>(`SELECT ${COLUMNS} FROM ingestion_batches WHERE batch_id = ANY ($1)`, [batchIds]),
    );
    return rows.map(toView);
  }

  /** The packs of one request, in their order; at most as many as the largest request has. */
  async ofRequest(batchId: string): Promise<readonly BatchView[]> {
    const parts = Array.from({ length: MOST_PARTS }, (_, at) => (at === 0 ? batchId : `${batchId}.${at}`));
    const found = new Map((await this.find(parts)).map((view) => [view.batchId, view]));
    return parts.flatMap((part) => found.get(part) ?? []);
  }
}

/** A request of 8 MB makes ten packs or so. */
const MOST_PARTS = 32;

function toView(row: BatchRow): BatchView {
  const { received, accepted, duplicates, conflicts, rejected, notes } = row;
  // Each readable event was accepted or left a note.
  const readable = notes === null ? 0 : accepted + notes.length;
  return {
    batchId: row.batch_id,
    senderId: row.sender_id,
    counts: { received, accepted, duplicates, conflicts, rejected },
    outcomes: outcomesFrom(notes ?? [], readable),
  };
}
