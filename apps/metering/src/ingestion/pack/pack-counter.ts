import { Injectable } from '@nestjs/common';
import type { Pack, PackOffsets } from '@hetao/messaging';
import { type Tx, UnitOfWork } from '@hetao/persistence';
import { receiptDay } from '../../storage/batch-no.js';
import { Partitions } from '../../storage/partition.repository.js';
import type { BatchNote } from '../batch-notes.codec.js';
import { KeysTaken } from '../claim-keys.use-cases.js';
import { CountUsage } from '../count-usage.use-cases.js';
import type { Counted, Submission } from '../submission.types.js';
import { PackReader } from './pack-reader.js';

/** A pack that was counted just now. */
export interface CountedPack {
  readonly batchId: string;
  readonly counted: Counted;
}

/** Counts packs out of the log: keys, rollups and the offset of the log change in one transaction. */
@Injectable()
export class PackCounter {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly counting: CountUsage,
    private readonly partitions: Partitions,
    private readonly reader: PackReader,
  ) {}

  /** Returns what was counted; packs that were counted before are not in it. */
  async execute(packs: readonly Pack[], offsets: PackOffsets): Promise<readonly CountedPack[]> {
    const read = new Map(packs.map((pack) => [pack, this.reader.read(pack)]));
    const days = new Set([...read.values()].map(({ receivedAtMs }) => receiptDay(receivedAtMs)));
    for (const day of days) await this.partitions.ensure(day);
    for (let attempt = 0; ; attempt += 1) {
      const mode = this.counting.mode(attempt);
      try {
        return await this.uow.run(async (tx) => {
          const fresh = (await offsets.claim(tx, packs)).flatMap((pack) => read.get(pack) ?? []);
          if (fresh.length === 0) return [];
          const submissions = await renamed(tx, fresh);
          const counted = await this.counting.execute(tx, submissions, mode);
          return counted.map((one, at) => ({ batchId: submissions[at]?.batchId ?? '', counted: one }));
        });
      } catch (error) {
        if (!(error instanceof KeysTaken)) throw error;
      }
    }
  }
}

interface FirstCopy {
  readonly batch_id: string;
  readonly notes: readonly BatchNote[] | null;
}

/**
 * A pack may lie in the log twice: its sender lost the broker's answer and sent it again. What the first copy was refused
 * the second is refused as well, whatever has happened since: its sender was told so, and may have mended it. The rest is
 * counted like any other, and all of it is duplicates; only the id must be another one.
 */
async function renamed(tx: Tx, submissions: readonly Submission[]): Promise<readonly Submission[]> {
  const rows = await tx.query<FirstCopy>('SELECT batch_id, notes FROM ingestion_batches WHERE batch_id = ANY ($1)', [
    submissions.map((one) => one.batchId),
  ]);
  const first = new Map(rows.map((row) => [row.batch_id, row.notes ?? []]));
  return submissions.map((one) => {
    const { batchId, place } = one;
    const notes = first.get(batchId);
    if (notes === undefined) {
      first.set(batchId, []);
      return one;
    }
    return { ...withoutRefused(one, notes), batchId: `${batchId}~${place?.partition}.${place?.offset}` };
  });
}

function withoutRefused(copy: Submission, notes: readonly BatchNote[]): Submission {
  const refused = new Set(notes.flatMap(({ at, status }) => (status === 'rejected' ? [at] : [])));
  if (refused.size === 0) return copy;
  const events = copy.events.filter((_, at) => !refused.has(at));
  return { ...copy, events, unreadable: copy.unreadable + refused.size };
}
