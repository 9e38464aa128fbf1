import type { UsageToSend } from './usage.js';

/** What metering should have counted: a plain sum in memory, without anything clever. */
export class Model {
  readonly #sums = new Map<string, { quantity: bigint; events: number }>();
  readonly #events = new Map<string, UsageToSend>();

  /** An event is counted once, whatever comes under its id later. */
  count(event: UsageToSend): void {
    const key = `${event.source} ${event.id}`;
    if (this.#events.has(key)) return;
    this.#events.set(key, event);
    const hour = new Date(Math.floor(event.timeMs / 3_600_000) * 3_600_000).toISOString();
    for (const [meter, quantity] of Object.entries(event.meters)) {
      const sum = this.#sums.get(`${event.agreementId} ${hour} ${meter}`) ?? { quantity: 0n, events: 0 };
      this.#sums.set(`${event.agreementId} ${hour} ${meter}`, {
        quantity: sum.quantity + BigInt(quantity),
        events: sum.events + 1,
      });
    }
  }

  /** All that was used of a meter. */
  sum(meter: string): bigint {
    return [...this.#sums].reduce((sum, [key, { quantity }]) => (key.endsWith(` ${meter}`) ? sum + quantity : sum), 0n);
  }

  get events(): number {
    return this.#events.size;
  }

  /** `agreement hour meter` → `quantity events`, sorted. */
  totals(): readonly string[] {
    return [...this.#sums].map(([key, { quantity, events }]) => `${key} ${quantity} ${events}`).sort();
  }
}
