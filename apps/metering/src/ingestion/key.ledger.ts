import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import type { Tx } from '@hetao/persistence';
import { receiptDay } from '../storage/batch-no.js';
import type { Side } from '../storage/rollup.js';
import { AgreementRepository, type MeteredAgreement } from './agreement.repository.js';
import { type ClaimMode, ClaimKeys } from './claim-keys.use-cases.js';
import { type EventKey, KeyRepository } from './key.repository.js';
import type { Candidate, Refusal } from './outcome.js';
import { SourceNumbers } from './source.register.js';
import type { Submission } from './submission.types.js';
import type { UsageEvent } from './usage-event.js';

/** An event with everything by which it is stored. */
export interface KeyedEvent extends Candidate, EventKey {
  /** Undefined for events that are refused. */
  readonly agreement: MeteredAgreement | undefined;
  readonly side: Side;
}

/** Keys that this transaction has claimed. */
export interface Claim {
  /** All events, submission after submission. */
  readonly events: readonly KeyedEvent[];
  /** One a submission. */
  readonly batchNos: readonly number[];
  /** What other batches counted: payload hashes by key. */
  readonly counted: ReadonlyMap<string, string>;
  /** The first event of each key that was wanted. */
  readonly wanted: readonly KeyedEvent[];
}

/** Gives events their identity, and makes sure that each identity is counted by one transaction alone. */
@Injectable()
export class KeyLedger {
  constructor(
    private readonly claims: ClaimKeys,
    private readonly keys: KeyRepository,
    private readonly names: SourceNumbers,
    private readonly agreements: AgreementRepository,
  ) {}

  /** How to claim at the n-th attempt, from 0. */
  mode(attempt: number): ClaimMode {
    return this.claims.mode(attempt);
  }

  /**
   * @param refusals one an event, submission after submission.
   * @throws KeysTaken unless the mode is `insert`.
   */
  async claim(
    tx: Tx,
    submissions: readonly Submission[],
    refusals: readonly (Refusal | undefined)[],
    mode: ClaimMode,
  ): Promise<Claim> {
    const days = submissions.map(({ receivedAtMs }) => receiptDay(receivedAtMs));
    const batchNos = await this.keys.nextBatchNos(tx, days);
    const events = await this.#keyed(tx, submissions, refusals, batchNos);
    const wanted = distinct(events.filter((one) => one.refusal === undefined));
    const asked = events.filter((one) => one.refusal !== undefined && one.sourceNo !== NO_SOURCE);
    const counted = await this.claims.execute(tx, { wanted, asked, batchNos }, mode);
    return {
      events,
      batchNos,
      wanted,
      counted: new Map(counted.map(({ sourceNo, eventId, payloadHash }) => [`${sourceNo} ${eventId}`, payloadHash])),
    };
  }

  /** A key whose event the quota refused is free again, or belongs to the later event that took its place. */
  async settle(tx: Tx, { wanted, counted }: Claim, accepted: readonly KeyedEvent[]): Promise<void> {
    const kept = new Map(accepted.map((one) => [one.key, one]));
    const mine = wanted.filter((one) => !counted.has(one.key));
    const wrong = mine.filter((one) => kept.get(one.key) !== one);
    await this.keys.release(tx, wrong);
    await this.keys.insert(
      tx,
      wrong.map((one) => kept.get(one.key)).filter((one) => one !== undefined),
    );
  }

  async #keyed(
    tx: Tx,
    submissions: readonly Submission[],
    refusals: readonly (Refusal | undefined)[],
    batchNos: readonly number[],
  ): Promise<readonly KeyedEvent[]> {
    const numbers = await this.names.of(tx, submissions, refusals);
    const agreements = await this.agreements.numbered(tx, admittedAgreements(submissions, refusals));
    const keyed: KeyedEvent[] = [];
    submissions.forEach(({ sender, events }, index) => {
      const batchNo = batchNos[index] ?? 0;
      const side = sender.isSystem ? 'gateway' : 'merchant';
      for (const event of events) {
        const sourceNo = numbers.find(sender.senderId, event.source) ?? NO_SOURCE;
        const refusal = refusals[keyed.length] ?? (sourceNo === NO_SOURCE ? numbers.refuse(event) : undefined);
        const agreement = refusal ? undefined : agreements.get(event.agreementId);
        keyed.push(keyedEvent(event, { sourceNo, batchNo, refusal, agreement, side }));
      }
    });
    return keyed;
  }
}

/** Stands for a source that was never numbered: no event of it can have been counted. */
const NO_SOURCE = 0;

function keyedEvent(
  event: UsageEvent,
  rest: Pick<KeyedEvent, 'sourceNo' | 'batchNo' | 'refusal' | 'agreement' | 'side'>,
): KeyedEvent {
  const { sourceNo, batchNo, refusal, agreement, side } = rest;
  return {
    event,
    key: `${sourceNo} ${event.id}`,
    // 128 bits of SHA-256: PostgreSQL keeps them in the 16 bytes of a UUID.
    payloadHash: hash('sha256', event.payload, 'hex').slice(0, 32),
    refusal,
    takesQuota: agreement?.recordSide === side,
    sourceNo,
    eventId: event.id,
    batchNo,
    agreement,
    side,
  };
}

function admittedAgreements(
  submissions: readonly Submission[],
  refusals: readonly (Refusal | undefined)[],
): readonly string[] {
  const ids = new Set<string>();
  let at = 0;
  for (const { events } of submissions) {
    for (const { agreementId } of events) {
      if (refusals[at] === undefined) ids.add(agreementId);
      at += 1;
    }
  }
  return [...ids];
}

/** The first event of each key. */
function distinct(events: readonly KeyedEvent[]): readonly KeyedEvent[] {
  const first = new Map<string, KeyedEvent>();
  for (const event of events) if (!first.has(event.key)) first.set(event.key, event);
  return [...first.values()];
}
