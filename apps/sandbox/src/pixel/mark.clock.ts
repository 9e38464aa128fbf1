import { markDeltas, markPayload, type MarkPattern } from './invisible-mark.js';
import type { Marks } from './burnt-marks.js';
import { paintLettering } from './visible-mark.painter.js';
import type { TileGrid } from './tiles.js';

/** Who is looking; goes into the visible mark. */
export interface Viewer {
  readonly name: string;
  readonly organisation: string;
  readonly session: string;
}

export const EPOCH_MINUTES = 10;
const MINUTE_MS = 60_000;

/**
 * The marks of every moment: the lettering says the minute, the invisible one changes its epoch every ten minutes.
 * `epochAt` names the epoch of a stretch, counted from the session's beginning.
 */
export class MarkClock {
  readonly #grid: TileGrid;
  readonly #pattern: MarkPattern;
  readonly #viewer: Viewer;
  readonly #startMs: number;
  readonly #epochs: readonly number[];
  #current: { readonly minute: number; readonly epoch: number; readonly marks: Marks } | undefined;

  constructor(
    grid: TileGrid,
    pattern: MarkPattern,
    viewer: Viewer,
    { startMs, epochs }: { startMs: number; epochs: readonly number[] },
  ) {
    this.#grid = grid;
    this.#pattern = pattern;
    this.#viewer = viewer;
    this.#startMs = startMs;
    this.#epochs = epochs;
  }

  at(atMs: number): Marks {
    const minute = Math.floor(atMs / MINUTE_MS);
    const stretch = Math.floor((atMs - this.#startMs) / (EPOCH_MINUTES * MINUTE_MS));
    // Their number is the session's longest time; past it nothing is shown any more.
    const epoch = this.#epochs[Math.min(Math.max(stretch, 0), this.#epochs.length - 1)] ?? 0;
    const before = this.#current;
    if (before?.minute === minute && before.epoch === epoch) return before.marks;
    const text = new Date(minute * MINUTE_MS).toISOString().slice(0, 16).replace('T', ' ');
    const marks = {
      lettering:
        before?.minute === minute
          ? before.marks.lettering
          : paintLettering({ ...this.#viewer, minute: `${text}Z` }, this.#grid),
      deltas: markDeltas(this.#pattern, markPayload(epoch)),
    };
    this.#current = { minute, epoch, marks };
    return marks;
  }
}
