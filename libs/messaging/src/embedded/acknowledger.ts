import type { Database } from '@hetao/persistence';
import { patiently, type Patience } from '../consumer/patience.js';
import { Interrupted } from '../consumer/waiting.js';
import { untraced } from '../tracing.js';
import { acknowledge, type DeliveryKey } from './deliveries.js';

export interface AcknowledgerOptions {
  readonly database: Database;
  readonly group: string;
  readonly patience: Patience;
  /** The delivery is gone: it need not be kept out of the next page any more. */
  readonly onForgotten: (seq: string) => void;
  readonly onCrash: (error: unknown) => void;
}

/**
 * Deletes settled deliveries, many with one statement: while one deletion is under way the next ones gather. A delivery
 * that is settled but not yet deleted comes again after a crash, and the inbox knows it.
 */
export class Acknowledger {
  readonly #options: AcknowledgerOptions;
  #gathered: DeliveryKey[] = [];
  #flushing: Promise<void> | undefined;

  constructor(options: AcknowledgerOptions) {
    this.#options = options;
  }

  push(delivery: DeliveryKey): void {
    this.#gathered.push(delivery);
    this.#flushing ??= untraced(() => this.#flush());
  }

  /** Resolves when everything that was pushed is deleted. */
  async settled(): Promise<void> {
    await this.#flushing;
  }

  async #flush(): Promise<void> {
    const { database, group, patience, onForgotten, onCrash } = this.#options;
    try {
      while (this.#gathered.length > 0) {
        const done = this.#gathered;
        this.#gathered = [];
        await patiently(() => acknowledge(database, group, done), patience);
        for (const { seq } of done) onForgotten(seq);
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) onCrash(error);
    } finally {
      this.#flushing = undefined;
    }
  }
}
