import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import { QuotaExhaustedV1 } from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { QuotaBook } from '../quota/quota.js';
import { QuotaRepository } from '../quota/quota.repository.js';
import { sumByWindow } from '../window/usage-window.js';
import { type BatchCounts, type EventKey, IngestionRepository } from './ingestion.repository.js';
import { type Candidate, decideOutcomes, type Outcome, type Refusal } from './outcome.js';
import type { UsageEvent } from './usage-event.js';
import { usageEventErrors } from './usage-event.errors.js';

/** Readable events of one request, judged but not yet compared with what was counted before. */
export interface JudgedBatch {
  readonly batchId: string;
  readonly senderId: string;
  readonly receivedAt: Date;
  /** How many events of the request could not be read; they are rejected already. */
  readonly unreadable: number;
  readonly events: readonly { readonly event: UsageEvent; readonly refusal: Refusal | undefined }[];
  readonly quotaAgreementIds: readonly string[];
}

/** What became of the readable events, in their order, and the sums of the whole request. */
export interface CountedBatch {
  readonly outcomes: readonly Outcome[];
  readonly counts: BatchCounts;
}

/** Most sources one sender may use: a source names a system, and each costs a row for ever. */
export const maxSourcesPerSender = 1_000;

/** Counts what is new in a batch: keys, quotas, raw events and totals change together or not at all. */
@Injectable()
export class CountUsage {
  constructor(
    private readonly ledger: IngestionRepository,
    private readonly quotas: QuotaRepository,
  ) {}

  async execute(tx: Tx, batch: JudgedBatch): Promise<CountedBatch> {
    const batchNo = await this.ledger.nextBatchNo(tx);
    const candidates = await this.#candidates(tx, batch);
    const claims = distinctKeys(candidates.filter((one) => one.refusal === undefined));
    const claimed = await this.ledger.claimKeys(tx, batchNo, claims);
    const counted = await this.#countedBefore(tx, batchNo, candidates, claimed);
    // The quota rows come after the keys in every transaction: one global order of locks.
    const quotas = new QuotaBook(await this.quotas.lock(tx, batch.quotaAgreementIds));
    const outcomes = decideOutcomes(candidates, counted, quotas);
    const accepted = candidates.filter((_, at) => outcomes[at]?.status === 'accepted');
    const isQuotaShort = outcomes.some((one, at) => one.status === 'rejected' && !candidates[at]?.refusal);
    if (isQuotaShort) await this.#settleClaims(tx, batchNo, { claims, counted, accepted });
    await this.ledger.insertEvents(tx, batchNo, accepted);
    await this.#saveQuotas(tx, quotas, batch.receivedAt);
    const counts = countsOf(outcomes, batch.unreadable);
    await this.ledger.recordBatch(tx, { ...batch, batchNo }, counts);
    // Last, because others wait for these rows until we commit: the current hour of a busy agreement is hot.
    await this.ledger.addTotals(tx, sumByWindow(accepted.map((one) => one.event)));
    return { outcomes, counts };
  }

  async #candidates(tx: Tx, batch: JudgedBatch): Promise<readonly KeyedCandidate[]> {
    const numbers = await this.#sourceNumbers(tx, batch);
    return batch.events.map(({ event, refusal }) => {
      const sourceNo = numbers.get(event.source);
      const unnumbered = sourceNo === undefined && refusal === undefined;
      return {
        event,
        sourceNo: sourceNo ?? NO_SOURCE,
        eventId: event.id,
        key: `${sourceNo ?? NO_SOURCE} ${event.id}`,
        payloadHash: hashOf(event.payload),
        refusal: unnumbered ? tooManySources(event) : refusal,
      };
    });
  }

  async #sourceNumbers(tx: Tx, { senderId, events }: JudgedBatch): Promise<ReadonlyMap<string, number>> {
    const known = await this.ledger.sources(tx, senderId, [...new Set(events.map(({ event }) => event.source))]);
    const admitted = events.filter(({ refusal }) => refusal === undefined).map(({ event }) => event.source);
    const missing = [...new Set(admitted)].filter((source) => !known.has(source));
    if (missing.length === 0) return known;
    const room = maxSourcesPerSender - (await this.ledger.countSources(tx, senderId));
    const added = await this.ledger.addSources(tx, senderId, missing.slice(0, Math.max(room, 0)));
    return new Map([...known, ...added]);
  }

  /** In steady state every key is new, nothing is refused, and there is nothing to look up. */
  async #countedBefore(
    tx: Tx,
    batchNo: string,
    candidates: readonly KeyedCandidate[],
    claimed: number,
  ): Promise<ReadonlyMap<string, string>> {
    const keys = distinctKeys(candidates);
    if (keys.length === claimed) return new Map();
    const rows = await this.ledger.countedBefore(tx, batchNo, keys);
    return new Map(rows.map((row) => [`${row.sourceNo} ${row.eventId}`, row.payloadHash]));
  }

  /** A key whose event the quota refused is free again, or belongs to the later event that took its place. */
  async #settleClaims(tx: Tx, batchNo: string, { claims, counted, accepted }: Claims): Promise<void> {
    const kept = new Map(accepted.map((one) => [one.key, one]));
    const mine = claims.filter((claim) => !counted.has(claim.key));
    const wrong = mine.filter((claim) => kept.get(claim.key)?.payloadHash !== claim.payloadHash);
    await this.ledger.releaseKeys(tx, wrong);
    await this.ledger.claimKeys(
      tx,
      batchNo,
      wrong.map((claim) => kept.get(claim.key)).filter((one) => one !== undefined),
    );
  }

  async #saveQuotas(tx: Tx, quotas: QuotaBook, receivedAt: Date): Promise<void> {
    await this.quotas.save(tx, quotas.changed());
    for (const quota of quotas.newlyExhausted()) {
      tx.append(QuotaExhaustedV1, {
        agreementId: quota.agreementId,
        meter: quota.meter,
        limit: quota.limit.toString(),
        used: quota.used.toString(),
        exhaustedAt: receivedAt.toISOString(),
      });
    }
  }
}

function countsOf(outcomes: readonly Outcome[], unreadable: number): BatchCounts {
  const count = (status: Outcome['status']) => outcomes.filter((one) => one.status === status).length;
  return {
    received: outcomes.length + unreadable,
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    conflicts: count('conflict'),
    rejected: count('rejected') + unreadable,
  };
}

type KeyedCandidate = Candidate & EventKey;

interface Claims {
  readonly claims: readonly KeyedCandidate[];
  readonly counted: ReadonlyMap<string, string>;
  readonly accepted: readonly KeyedCandidate[];
}

/** Stands for a source that was never numbered: no event of it can have been counted. */
const NO_SOURCE = 0;

/** The first candidate of each key. */
function distinctKeys(candidates: readonly KeyedCandidate[]): readonly KeyedCandidate[] {
  const first = new Map<string, KeyedCandidate>();
  for (const candidate of candidates) if (!first.has(candidate.key)) first.set(candidate.key, candidate);
  return [...first.values()];
}

/** 128 bits of SHA-256 in the form of a UUID, which PostgreSQL stores in 16 bytes. */
function hashOf(payload: string): string {
  const hex = hash('sha256', payload, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function tooManySources(event: UsageEvent): Refusal {
  return usageEventErrors.USAGE_SOURCES_EXHAUSTED(
    `Source ${event.source} would be more than the ${maxSourcesPerSender} sources a sender may use.`,
    { pointer: '/source' },
  );
}
