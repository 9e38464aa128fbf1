import { longestText } from '@hetao/pixels';
import { ByteAllowance } from './byte-allowance.js';

export type InputKind = 'key' | 'text' | 'pointer';
/** What becomes of an input: taken, left out, or so many left out that the connection has to go. */
export type InputVerdict = 'taken' | 'dropped' | 'flood';

/** Input goes in by hand, not by machine: a keyboard that is a computer types tables and programs in. */
export const inputLimits = {
  keysPerSecond: 15,
  keysBurst: 40,
  pointersPerSecond: 30,
  pointersBurst: 60,
  textLength: longestText,
  textPerMinute: 600,
  /** So many inputs left out within 10 s are no accident. */
  floodDrops: 400,
} as const;

const MINUTE_MS = 60_000;
const FLOOD_WINDOW_MS = 10_000;

/** Counts one connection's input. The code points of composed text count in any 60 s, keys and pointer by the second. */
export class InputCaps {
  readonly #keys: ByteAllowance;
  readonly #pointers: ByteAllowance;
  /** Of the last minute; at most as many entries as it may have characters. */
  #texts: { readonly atMs: number; readonly length: number }[] = [];
  #drops: { fromMs: number; count: number };

  constructor(atMs: number) {
    const { keysPerSecond, keysBurst, pointersPerSecond, pointersBurst } = inputLimits;
    this.#keys = new ByteAllowance([{ bytesPerSecond: keysPerSecond, burstBytes: keysBurst }], atMs);
    this.#pointers = new ByteAllowance([{ bytesPerSecond: pointersPerSecond, burstBytes: pointersBurst }], atMs);
    this.#drops = { fromMs: atMs, count: 0 };
  }

  /** `length`: code points of a text, 1 for all else. */
  take(kind: InputKind, length: number, atMs: number): InputVerdict {
    return this.#fits(kind, length, atMs) ? 'taken' : this.#drop(atMs);
  }

  #fits(kind: InputKind, length: number, atMs: number): boolean {
    if (kind === 'key') return this.#keys.spend(1, atMs);
    if (kind === 'pointer') return this.#pointers.spend(1, atMs);
    if (length < 1 || length > inputLimits.textLength) return false;
    this.#texts = this.#texts.filter((text) => text.atMs > atMs - MINUTE_MS);
    const recent = this.#texts.reduce((sum, text) => sum + text.length, 0);
    if (recent + length > inputLimits.textPerMinute) return false;
    this.#texts.push({ atMs, length });
    return true;
  }

  #drop(atMs: number): InputVerdict {
    if (atMs - this.#drops.fromMs > FLOOD_WINDOW_MS) this.#drops = { fromMs: atMs, count: 0 };
    this.#drops.count += 1;
    return this.#drops.count > inputLimits.floodDrops ? 'flood' : 'dropped';
  }
}
