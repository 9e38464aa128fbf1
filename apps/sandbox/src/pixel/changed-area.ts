/** What the picture's changes look like: work, something to look at, or pixels that carry code. */
export type AreaVerdict = 'calm' | 'suspect' | 'coded';

/** Shares of the screen, 0 to 1, averaged over so many seconds. */
export interface AreaRule {
  readonly seconds: number;
  readonly share: number;
  readonly verdict: Exclude<AreaVerdict, 'calm'>;
}

/**
 * Somebody at work changes 1 to 4 % of the screen a second, block codes all of it. The size in bytes does not tell them
 * apart, the area over time does. The last two rules are for a patient sender who shows a code now and then only.
 */
export const areaRules: readonly AreaRule[] = [
  { seconds: 10, share: 0.6, verdict: 'coded' },
  { seconds: 60, share: 0.3, verdict: 'coded' },
  { seconds: 5, share: 0.6, verdict: 'suspect' },
  { seconds: 60, share: 0.2, verdict: 'suspect' },
];

const LONGEST_S = 60;

/**
 * Watches how much of the picture changes, second by second. Within a second the changed tiles are counted once, however
 * often they change: a slower code is as much a code.
 */
export class ChangedArea {
  readonly #tiles: number;
  readonly #rules: readonly AreaRule[];
  /** Of the last seconds, by second modulo their number: which second it is, and the tiles that changed in it. */
  readonly #seconds: { second: number; changed: Set<number> }[];

  /** `tiles`: how many tiles the whole screen has. */
  constructor(tiles: number, rules: readonly AreaRule[] = areaRules) {
    this.#tiles = tiles;
    this.#rules = rules;
    this.#seconds = Array.from({ length: LONGEST_S }, () => ({ second: -Infinity, changed: new Set<number>() }));
  }

  /** These tiles of the source's picture changed at `atMs`. Our own watermark is no change of the source. */
  observe(changed: Iterable<number>, atMs: number): AreaVerdict {
    const second = Math.floor(atMs / 1000);
    const slot = this.#seconds[second % LONGEST_S];
    if (slot === undefined) return 'calm';
    if (slot.second !== second) {
      slot.second = second;
      slot.changed.clear();
    }
    for (const tile of changed) slot.changed.add(tile);
    return this.verdict(atMs);
  }

  verdict(atMs: number): AreaVerdict {
    return this.#rules.find((rule) => this.share(rule.seconds, atMs) > rule.share)?.verdict ?? 'calm';
  }

  /** Average share of the screen that changed a second, over so many seconds up to now. */
  share(seconds: number, atMs: number): number {
    const now = Math.floor(atMs / 1000);
    let sum = 0;
    for (const { second, changed } of this.#seconds) if (second > now - seconds && second <= now) sum += changed.size;
    return sum / (seconds * this.#tiles);
  }

  /** After a thaw: what was seen before was judged by two people. */
  forget(): void {
    for (const slot of this.#seconds) slot.second = -Infinity;
  }
}
