/** Counts what was handled, and how long after its commit, until a round is complete. */
export class Progress {
  readonly #committedAt = new Map<number, number>();
  readonly #latenciesMs: number[] = [];
  #handled = 0;
  #wanted = Infinity;
  #done: (() => void) | undefined;

  committed(n: number): void {
    this.#committedAt.set(n, performance.now());
  }

  handled(numbers: readonly number[]): void {
    const now = performance.now();
    for (const n of numbers) {
      const from = this.#committedAt.get(n);
      // Over raw Kafka the consumer may have a record before its producer has the answer.
      this.#latenciesMs.push(from === undefined ? 0 : now - from);
    }
    this.#handled += numbers.length;
    if (this.#handled >= this.#wanted) this.#done?.();
  }

  /** Runs a round of `count` events; returns their latencies when the last one is handled. */
  async round(count: number, produce: () => Promise<void>): Promise<readonly number[]> {
    this.#committedAt.clear();
    this.#latenciesMs.length = 0;
    this.#handled = 0;
    this.#wanted = count;
    const complete = new Promise<void>((resolve) => (this.#done = resolve));
    await produce();
    await withinBound(complete, () => `Only ${this.#handled} of ${count} events were handled: the figure is void.`);
    return [...this.#latenciesMs];
  }
}

const ROUND_WITHIN_MS = 180_000;

async function withinBound(work: Promise<void>, complaint: () => string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(complaint())), ROUND_WITHIN_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
