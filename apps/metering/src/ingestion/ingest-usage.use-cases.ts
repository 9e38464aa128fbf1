import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@hetao/kernel';
import { CLOCK } from '@hetao/runtime';
import type { UsageSender } from '../entitlement/entitlement.js';
import { CountingQueue } from './counting.queue.js';
import type { EventSlice } from './event-body.js';
import { PackIntake } from './pack/pack-intake.js';
import type { BatchCounts, ItemOutcome } from './submission.types.js';
import { type ReadEvent, readUsageEvent } from './usage-event.js';

/** What became of a request. */
export interface IngestionReport {
  readonly batchId: string;
  readonly counts: BatchCounts;
  /** Events that are durable and not counted yet. */
  readonly pending: number;
  /** One item an event, in the order of the request. */
  readonly items: readonly IngestionItem[];
}

export interface IngestionItem {
  /** The event's own id; null where it could not be read. */
  readonly id: string | null;
  readonly outcome: ItemOutcome;
}

/** So many events are read in one go; then others get their turn. */
const READ_AT_ONCE = 1_000;

/** Takes usage events and answers for each, once everything that was accepted is durable. */
@Injectable()
export class IngestUsage {
  constructor(
    private readonly queue: CountingQueue,
    private readonly packs: PackIntake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainException USAGE_BACKLOG_FULL when too much waits already; then nothing more need be read. */
  assertRoom(): void {
    this.#intake().assertRoom();
  }

  /**
   * Counts what can be counted; broken, refused and repeated events never keep the others from it.
   *
   * @throws DomainException USAGE_BACKLOG_FULL.
   */
  async execute(sender: UsageSender, slices: readonly EventSlice[]): Promise<IngestionReport> {
    const nowMs = this.clock.now().getTime();
    const read: ReadEvent[] = [];
    for (const slice of slices) {
      read.push(readUsageEvent(slice, nowMs));
      if (read.length % READ_AT_ONCE === 0 && read.length < slices.length) await yieldToOthers();
    }
    return this.#count(sender, read);
  }

  async #count(sender: UsageSender, read: readonly ReadEvent[]): Promise<IngestionReport> {
    const batchId = newId('bat');
    const events = read.flatMap((one) => (one.ok ? [one.value] : []));
    const receivedAtMs = this.clock.now().getTime();
    const unreadable = read.length - events.length;
    const submission = { batchId, sender, receivedAtMs, unreadable, events };
    const { outcomes, counts, pending } = await this.#intake().submit(submission);
    return { batchId, counts, pending, items: itemsOf(read, outcomes) };
  }

  /** Through the log where there is one, so that usage is taken while the database is away. */
  #intake(): Pick<PackIntake, 'assertRoom' | 'submit'> {
    return this.packs.isOpen ? this.packs : this.queue;
  }
}

/** Puts the outcomes of the readable events and the faults of the others back into the order of the request. */
export function itemsOf(read: readonly ReadEvent[], outcomes: readonly ItemOutcome[]): readonly IngestionItem[] {
  const remaining = outcomes.values();
  return read.map((one): IngestionItem => {
    if (!one.ok) return { id: one.error.id, outcome: { status: 'rejected', error: one.error.error } };
    // One outcome a readable event, in the same order: the counting never drops one.
    return { id: one.value.id, outcome: remaining.next().value as ItemOutcome };
  });
}
