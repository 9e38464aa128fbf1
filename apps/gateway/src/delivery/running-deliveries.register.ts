import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { CLOCK, Jobs } from '@hetao/runtime';
import { PermitDelivery } from './permit.use-cases.js';

/** A revoked release or licence stops a delivery within a second; half of it is left for the event to arrive. */
const LOOK_EVERY_MS = 400;

/**
 * The calls under way in this process. What was right when a call began may end while its answer streams, so all of
 * them are looked at again and again, with one question to the database, and cut off when their ground is gone.
 */
@Injectable()
export class RunningDeliveries {
  readonly #running = new Map<string, { readonly agreementId: string; readonly stop: () => void }>();
  readonly #permits: PermitDelivery;
  readonly #clock: Clock;

  constructor(jobs: Jobs, permits: PermitDelivery, @Inject(CLOCK) clock: Clock) {
    this.#permits = permits;
    this.#clock = clock;
    jobs.every({ name: 'gateway: calls under way', intervalMs: LOOK_EVERY_MS, work: () => this.#look() });
  }

  add(callId: string, agreementId: string, stop: () => void): void {
    this.#running.set(callId, { agreementId, stop });
  }

  remove(callId: string): void {
    this.#running.delete(callId);
  }

  async #look(): Promise<void> {
    const agreements = [...new Set([...this.#running.values()].map(({ agreementId }) => agreementId))];
    if (agreements.length === 0) return;
    const over = await this.#permits.over(agreements, this.#clock.now());
    for (const { agreementId, stop } of this.#running.values()) if (over.has(agreementId)) stop();
  }
}
