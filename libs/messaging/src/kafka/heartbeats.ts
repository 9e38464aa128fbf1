import { isRebalance } from './kafka-client.js';

/**
 * Keeps the membership alive while a handler works. kafkajs beats only between batches, so a handler that takes longer than
 * the session would be thrown out, its partition handed on, and it would come back to a group that has forgotten it.
 */
export class Heartbeats {
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #error: Error | undefined;
  #beating = false;

  constructor(beat: () => Promise<void>, everyMs: number) {
    // kafkajs drops a beat that comes before its interval is over; at half of it none is skipped for long.
    this.#timer = setInterval(() => void this.#beat(beat), everyMs / 2);
  }

  /** Aborts when the group has moved on without us. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Hands the reason to kafkajs, which joins again. */
  throwIfLost(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  async #beat(beat: () => Promise<void>): Promise<void> {
    if (this.#beating || this.#lost.signal.aborted) return;
    this.#beating = true;
    try {
      await beat();
    } catch (error) {
      // Other failures are a broker that is away for a moment: the next beat, or the commit, will tell.
      if (error instanceof Error && isRebalance(error)) {
        this.#error = error;
        this.#lost.abort();
      }
    } finally {
      this.#beating = false;
    }
  }
}
