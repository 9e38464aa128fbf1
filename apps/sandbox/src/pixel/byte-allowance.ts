/** So much at once, and so much again with time: a token bucket. */
export interface AllowanceRule {
  readonly bytesPerSecond: number;
  readonly burstBytes: number;
}

/**
 * What one session may show in bytes. The encoder's own rate is no control: asked for 400 kbit/s it was seen to emit seven
 * times that on hostile pictures. So the bytes are counted after it, and what has no allowance is not sent.
 * The first rule keeps any 60 s within 60 × 48 kB + 1 MB, the second any hour within 150 MB.
 */
export const sessionAllowance: readonly AllowanceRule[] = [
  { bytesPerSecond: 48_000, burstBytes: 1_000_000 },
  { bytesPerSecond: 25_000, burstBytes: 60_000_000 },
];

/**
 * Counts bytes against all rules at once. It counts in thousandths of a byte, so that a millisecond's refill is a whole
 * number and no rounding ever gives a byte away.
 */
export class ByteAllowance {
  readonly #rules: readonly AllowanceRule[];
  readonly #levels: number[];
  #atMs: number;

  /** Starts full at `atMs`, a time in ms that never runs backwards. */
  constructor(rules: readonly AllowanceRule[], atMs: number) {
    this.#rules = rules;
    this.#levels = rules.map(({ burstBytes }) => burstBytes * 1000);
    this.#atMs = Math.floor(atMs);
  }

  /** Takes `bytes` from every rule, or nothing from any. @returns whether they may be sent. */
  spend(bytes: number, atMs: number): boolean {
    this.#refill(atMs);
    const cost = bytes * 1000;
    if (this.#levels.some((level) => level < cost)) return false;
    for (const index of this.#levels.keys()) this.#levels[index] = (this.#levels[index] ?? 0) - cost;
    return true;
  }

  /** How many bytes could be sent now. */
  available(atMs: number): number {
    this.#refill(atMs);
    return Math.floor(Math.min(...this.#levels) / 1000);
  }

  #refill(atMs: number): void {
    // A clock that is set back earns nothing; one that is between two milliseconds has earned the first.
    const now = Math.max(this.#atMs, Math.floor(atMs));
    const passedMs = now - this.#atMs;
    this.#atMs = now;
    for (const [index, { bytesPerSecond, burstBytes }] of this.#rules.entries()) {
      const refilled = (this.#levels[index] ?? 0) + passedMs * bytesPerSecond;
      this.#levels[index] = Math.min(refilled, burstBytes * 1000);
    }
  }
}
