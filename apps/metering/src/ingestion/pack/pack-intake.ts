import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainException } from '@hetao/kernel';
import type { OnServiceOpen } from '@hetao/runtime';
import {
  type IntakeReceipt,
  joinReceipts,
  pendingReceipt,
  type Receipt,
  type Submission,
} from '../submission.types.js';
import { usageBodyErrors } from '../usage-event.errors.js';
import { BatchQueries } from './batch.queries.js';
import { PackCounter } from './pack-counter.js';
import { encodePacks } from './pack-format.js';
import { SentPacks } from './sent-packs.register.js';
import { UsageLog } from './usage.log.js';

/** Most bytes that wait for the broker: beyond it a sender is asked to come back later. */
const MAX_IN_FLIGHT_BYTES = 64 * 1024 * 1024;
/** How long an answer waits for the counting; what takes longer is answered as received. */
const WAIT_MS = 2_000;
/** A pack that another process counts is found by asking. */
const ASK_EVERY_MS = 100;

/** Puts usage into the log, and answers when it is durable there; usually it is counted by then. */
@Injectable()
export class PackIntake implements OnServiceOpen {
  readonly #waiting = new Map<string, (receipt: Receipt | undefined) => void>();
  #inFlightBytes = 0;
  #asking = false;

  constructor(
    private readonly log: UsageLog,
    private readonly counter: PackCounter,
    private readonly batches: BatchQueries,
    private readonly sent: SentPacks,
  ) {}

  async onServiceOpen(): Promise<void> {
    await this.log.open(async (packs, offsets) => {
      const counted = await this.counter.execute(packs, offsets);
      for (const one of counted) this.#waiting.get(one.batchId)?.(one.counted);
    });
  }

  /** Whether usage goes through a log here. */
  get isOpen(): boolean {
    return this.log.isOpen;
  }

  /** @throws DomainException USAGE_BACKLOG_FULL. */
  assertRoom(): void {
    if (this.#inFlightBytes < MAX_IN_FLIGHT_BYTES) return;
    throw new DomainException(
      usageBodyErrors.USAGE_BACKLOG_FULL(`${this.#inFlightBytes} bytes of usage wait for the log to confirm them.`, {
        meta: { retry_after_seconds: 1 },
      }),
    );
  }

  /**
   * Makes the submission durable in the log.
   *
   * @returns what became of its events, as far as they were counted meanwhile.
   * @throws DomainException BROKER_UNAVAILABLE: it may be in the log all the same, and sending it again is safe.
   */
  async submit(submission: Submission): Promise<IntakeReceipt> {
    const packs = encodePacks(submission);
    const bytes = packs.reduce((sum, { value }) => sum + value.length, 0);
    for (const pack of packs) this.sent.remember(pack);
    const receipts = packs.map(({ submission: { batchId } }) => this.#receipt(batchId));
    this.#inFlightBytes += bytes;
    try {
      await Promise.all(packs.map(({ value }) => this.log.append(submission.sender.senderId, value)));
    } catch (error) {
      for (const { submission: part } of packs) this.#waiting.get(part.batchId)?.(undefined);
      throw error;
    } finally {
      this.#inFlightBytes -= bytes;
    }
    const settled = await Promise.all(receipts);
    return joinReceipts(
      packs.map(({ submission: { events, unreadable } }, at) => {
        const receipt = settled[at];
        return receipt ? { ...receipt, pending: 0 } : pendingReceipt(events.length, unreadable);
      }),
    );
  }

  #receipt(batchId: string): Promise<Receipt | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(undefined), WAIT_MS);
      const settle = (receipt: Receipt | undefined): void => {
        clearTimeout(timer);
        this.#waiting.delete(batchId);
        this.sent.forget(batchId);
        resolve(receipt);
      };
      this.#waiting.set(batchId, settle);
      void this.#ask();
    });
  }

  /** While answers wait: asks the database for those whose packs another process counted. */
  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    while (this.#waiting.size > 0) {
      await pause(ASK_EVERY_MS, undefined, { ref: false });
      // A database that is away now is asked again; whoever waits is told after a while that it is not counted yet.
      const found = await this.batches.find([...this.#waiting.keys()]).catch(() => []);
      for (const one of found) this.#waiting.get(one.batchId)?.(one);
    }
    this.#asking = false;
  }
}
