import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { receiptDay } from '../storage/batch-no.js';
import { noDimensions, type RolledUse, rollUp } from '../storage/rollup.js';
import { RollupRepository } from '../storage/rollup.repository.js';
import { notesOf } from './batch-notes.codec.js';
import { type Dimensions, dimensionsOf } from './dimensions.codec.js';
import type { KeyedEvent } from './key.ledger.js';
import type { Counted, Submission } from './submission.types.js';
import { USAGE_SINKS, type AcceptedUsage, type UsageSink } from './usage.sink.js';
import { type StoredEvent, UsageRecordRepository } from './usage-record.repository.js';

/** A submission with what became of its events. */
export interface DecidedBatch {
  readonly batchNo: number;
  readonly submission: Submission;
  readonly counted: Counted;
}

type Accepted = AcceptedUsage & StoredEvent & RolledUse;

/** Writes what was decided: raw events, rollups, whatever else is kept, and the sums of each request. */
@Injectable()
export class StoreUsage {
  constructor(
    private readonly records: UsageRecordRepository,
    private readonly rollups: RollupRepository,
    @Inject(USAGE_SINKS) private readonly sinks: readonly UsageSink[],
  ) {}

  /** @param events those that were accepted, of all batches. */
  async execute(tx: Tx, batches: readonly DecidedBatch[], events: readonly KeyedEvent[]): Promise<void> {
    const dimensions = new Map<string, string>();
    const accepted = events.flatMap((event) => acceptedOf(event, dimensions));
    await this.#insert(tx, batches, accepted);
    await this.records.recordBatches(
      tx,
      batches.map(({ submission, batchNo, counted: { counts, outcomes } }) => {
        return { batchNo, submission, counts, notes: submission.place ? notesOf(outcomes) : null };
      }),
    );
    for (const { submission, counted } of batches) await submission.together?.(tx, counted);
    if (accepted.length === 0) return;
    await this.rollups.nameDimensions(tx, dimensions);
    for (const sink of this.sinks) await sink.counted(tx, accepted);
    // Last, because others wait for these rows until we commit: the current hour of a busy agreement is hot.
    await this.rollups.add(tx, rollUp(accepted));
  }

  /** By the day of receipt; around midnight there may be two. */
  async #insert(tx: Tx, batches: readonly DecidedBatch[], accepted: readonly Accepted[]): Promise<void> {
    const days = new Map(batches.map(({ batchNo, submission }) => [batchNo, receiptDay(submission.receivedAtMs)]));
    const distinct = [...new Set(days.values())];
    for (const day of distinct) {
      const ofDay = distinct.length === 1 ? accepted : accepted.filter((one) => days.get(one.batchNo) === day);
      if (ofDay.length > 0) await this.records.insertEvents(tx, day, ofDay);
    }
  }
}

/** @param named collects what the hashes of dimensions stand for. */
function acceptedOf(keyed: KeyedEvent, named: Map<string, string>): Accepted[] {
  const { event, agreement, side, sourceNo, batchNo } = keyed;
  // An accepted event was admitted, and the agreement of every admitted event is numbered.
  if (!agreement) return [];
  const { agreementNo, recordSide } = agreement;
  const isBilled = side === recordSide;
  const dims: Dimensions | undefined = isBilled ? dimensionsOf(event, agreement.dimensions) : undefined;
  if (dims) named.set(dims.hash, dims.json);
  return [
    {
      batchNo,
      sourceNo,
      agreementNo,
      event,
      agreementId: event.agreementId,
      side,
      isBilled,
      dimsHash: dims?.hash ?? noDimensions,
      timeMs: event.timeMs,
      quantities: event.quantities,
    },
  ];
}
