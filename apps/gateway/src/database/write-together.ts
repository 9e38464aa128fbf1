/** Bounds one statement. */
const MOST_AT_ONCE = 500;

interface Waiting<T> {
  readonly item: T;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Many small writes in few transactions: while one is under way, what comes meanwhile waits and goes together in the next.
 * A single write waits for nothing, and each caller hears of his own once it is kept.
 */
export class WriteTogether<T> {
  readonly #write: (items: readonly T[]) => Promise<void>;
  #waiting: Waiting<T>[] = [];
  #isWriting = false;

  /** `write` keeps all of the items or none. */
  constructor(write: (items: readonly T[]) => Promise<void>) {
    this.#write = write;
  }

  /** Resolves when the item is kept; rejects with what kept it from being so. */
  add(item: T): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ item, done, failed });
      if (!this.#isWriting) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, MOST_AT_ONCE);
      this.#waiting = this.#waiting.slice(MOST_AT_ONCE);
      await this.#put(batch);
    }
    this.#isWriting = false;
  }

  async #put(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.#write(batch.map(({ item }) => item));
    } catch (error) {
      // Nobody is to suffer for what is wrong with another's.
      if (batch.length > 1) for (const one of batch) await this.#put([one]);
      else batch[0]?.failed(error);
      return;
    }
    for (const { done } of batch) done();
  }
}
