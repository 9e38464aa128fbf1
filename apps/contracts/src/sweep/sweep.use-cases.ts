import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { CLOCK } from '@hetao/runtime';
import { AdvanceAgreement } from '../agreement/advance-agreement.use-cases.js';
import { ExpireRequest } from '../negotiation/negotiation.use-cases.js';
import { DueQueries, type DueItem, type DuePosition } from './sweep.queries.js';

/** What one sweep did. */
export interface SweepReport {
  readonly requestsExpired: number;
  readonly agreementsAdvanced: number;
  /** What could not be done, and why; the next sweep tries again. */
  readonly failures: readonly { readonly id: string; readonly error: unknown }[];
  /** False when the sweep stopped at its bound with more to do. */
  readonly finished: boolean;
}

type FindDue = (now: Date, after: DuePosition, limit: number) => Promise<DueItem[]>;

const BATCH = 100;
/** A sweep is one of many: the rest waits for the next. */
const MAX_BATCHES = 50;

/**
 * Does what time alone brings about: open requests expire, concluded agreements come into force, agreements expire or
 * lapse. Each item is decided anew in a transaction of its own, so sweeps may overlap, stop anywhere and be repeated,
 * and one item that fails holds up no other.
 */
@Injectable()
export class SweepDeadlines {
  readonly #due: DueQueries;
  readonly #expire: ExpireRequest;
  readonly #advance: AdvanceAgreement;
  readonly #clock: Clock;

  constructor(due: DueQueries, expire: ExpireRequest, advance: AdvanceAgreement, @Inject(CLOCK) clock: Clock) {
    this.#due = due;
    this.#expire = expire;
    this.#advance = advance;
    this.#clock = clock;
  }

  async execute(): Promise<SweepReport> {
    const requests = await this.#sweep(this.#due.requests.bind(this.#due), (id) => this.#expire.execute(id));
    const agreements = await this.#sweep(this.#due.agreements.bind(this.#due), (id) => this.#advance.execute(id));
    return {
      requestsExpired: requests.done,
      agreementsAdvanced: agreements.done,
      failures: [...requests.failures, ...agreements.failures],
      finished: requests.finished && agreements.finished,
    };
  }

  async #sweep(find: FindDue, act: (id: string) => Promise<boolean>) {
    const now = this.#clock.now();
    const failures: { id: string; error: unknown }[] = [];
    let done = 0;
    let after: DuePosition = null;
    for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
      const items: DueItem[] = await find(now, after, BATCH);
      for (const { id } of items) {
        try {
          if (await act(id)) done += 1;
        } catch (error) {
          failures.push({ id, error });
        }
      }
      after = items.at(-1) ?? after;
      if (items.length < BATCH) return { done, failures, finished: true };
    }
    return { done, failures, finished: false };
  }
}
