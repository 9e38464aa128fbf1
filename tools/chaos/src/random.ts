/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number in [from, to]. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.next() * 100 < share;
  }

  /** One of the entries; undefined of an empty list. */
  pick<T>(entries: readonly T[]): T | undefined {
    return entries[Math.floor(this.next() * entries.length)];
  }

  shuffled<T>(entries: readonly T[]): T[] {
    const list = [...entries];
    for (let at = list.length - 1; at > 0; at -= 1) {
      const other = this.between(0, at);
      [list[at], list[other]] = [list[other] as T, list[at] as T];
    }
    return list;
  }
}
