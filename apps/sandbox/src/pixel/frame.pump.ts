import { ByteAllowance, sessionAllowance } from './byte-allowance.js';
import { burnMarks, type Marks } from './burnt-marks.js';
import { ChangedArea, type AreaVerdict } from './changed-area.js';
import { encodeFrame, frameHeadBytes, frameTileBytes, type FrameTile } from './frame.codec.js';
import { encodeJpeg } from './jpeg.codec.js';
import type { PixelSource } from './pixel-source.js';
import { everyTile, takeChanges, tileRectangle, tilesUnder, type TileGrid } from './tiles.js';

/** What the pump is connected to. */
export interface PumpParts {
  readonly grid: TileGrid;
  readonly source: PixelSource;
  /** The marks of this moment; asked before every frame. */
  readonly marks: (atMs: number) => Marks;
  /** Writes a frame down. Only what this has resolved for is shown. */
  readonly record: (frame: Buffer, atMs: number) => Promise<void>;
  readonly show: (frame: Buffer) => void;
  /** Whether the viewer can take a frame now; what it cannot take waits. */
  readonly canShow: () => boolean;
  /** Told when the alarm changes its mind, and how much of the screen changed in the last 5 s. */
  readonly onVerdict: (verdict: AreaVerdict, share: number) => void;
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds that never run backwards, counted as the clock on the wall. */
  readonly now: () => number;
}

export const framesPerSecond = { normal: 10, throttled: 1 } as const;
/** A WebSocket's own head: 14 bytes at most (RFC 6455 5.2). */
export const MESSAGE_HEAD_BYTES = 14;
const ALARM_SECONDS = 5;

/**
 * Takes pictures of a source, at most so many a second and only when there is news; marks, encodes, pays for, records and
 * shows the tiles that changed, those that wait longest first. What cannot be paid for now stays to be shown later, as it
 * looks then.
 */
export class FramePump {
  readonly #parts: PumpParts;
  readonly #allowance: ByteAllowance;
  readonly #area: ChangedArea;
  readonly #shown: Uint32Array;
  /** Tiles still to be shown, in the order they fell due. */
  readonly #due = new Set<number>();
  #marks: Marks | undefined;
  #sequence = 0;
  #input = 0;
  #verdict: AreaVerdict = 'calm';
  #begun = false;
  #news = true;
  #running = false;
  #lastTurnMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: PumpParts, rules = sessionAllowance) {
    this.#parts = parts;
    this.#allowance = new ByteAllowance(rules, parts.now());
    this.#area = new ChangedArea(parts.grid.count);
    this.#shown = new Uint32Array(parts.grid.width * parts.grid.height);
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Begins to show, all of the screen first: to a viewer that is new or has come back. */
  run(): void {
    for (const tile of everyTile(this.#parts.grid)) this.#due.add(tile);
    this.#running = true;
    this.#schedule();
  }

  /** Shows nothing more, once the turn in hand is over. */
  async pause(): Promise<void> {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#turn;
  }

  /** The source has news. `input`: the number of the last input it heard of. */
  wake(input = this.#input): void {
    this.#input = input;
    this.#news = true;
    this.#schedule();
  }

  /** Looks at the alarm again: a picture that stands still calms down without another one. */
  review(): void {
    const atMs = this.#parts.now();
    this.#judge(this.#area.verdict(atMs), atMs);
  }

  /** Two people looked at what the alarm saw. */
  absolve(): void {
    this.#area.forget();
    this.#verdict = 'calm';
  }

  /** Whether bytes that are no frame may be sent now; they are paid from the same purse. */
  pay(bytes: number): boolean {
    return this.#allowance.spend(bytes + MESSAGE_HEAD_BYTES, this.#parts.now());
  }

  #schedule(): void {
    if (!this.#running || this.#timer !== undefined) return;
    const rate = this.#verdict === 'calm' ? framesPerSecond.normal : framesPerSecond.throttled;
    const waitMs = Math.max(0, this.#lastTurnMs + 1000 / rate - this.#parts.now());
    this.#timer = setTimeout(() => {
      this.#turn = this.#takeTurn().catch((error: unknown) => this.#parts.onFailure(error));
    }, waitMs);
  }

  async #takeTurn(): Promise<void> {
    try {
      const atMs = this.#parts.now();
      this.#lastTurnMs = atMs;
      if (this.#news) await this.#look(atMs);
      this.#renewMarks(atMs);
      if (this.#running && this.#parts.canShow()) await this.#showDue(atMs);
    } finally {
      this.#timer = undefined;
    }
    if (this.#news || this.#due.size > 0) this.#schedule();
  }

  async #look(atMs: number): Promise<void> {
    this.#news = false;
    const { pixels, dirty } = await this.#parts.source.capture();
    const changed = takeChanges(this.#parts.grid, this.#shown, pixels, dirty);
    for (const tile of changed) this.#due.add(tile);
    // The first picture is no change of anything.
    if (this.#begun) this.#judge(this.#area.observe(changed, atMs), atMs);
    this.#begun = true;
  }

  #judge(verdict: AreaVerdict, atMs: number): void {
    if (verdict === this.#verdict) return;
    this.#verdict = verdict;
    this.#parts.onVerdict(verdict, this.#area.share(ALARM_SECONDS, atMs));
  }

  #renewMarks(atMs: number): void {
    const marks = this.#parts.marks(atMs);
    if (marks !== this.#marks) for (const tile of everyTile(this.#parts.grid)) this.#due.add(tile);
    this.#marks = marks;
  }

  async #showDue(atMs: number): Promise<void> {
    const input = this.#input;
    const tiles = this.#affordable(atMs);
    if (tiles.length === 0) return;
    this.#sequence += 1;
    const frame = encodeFrame({ sequence: this.#sequence, atMs, input, tiles });
    await this.#parts.record(frame, atMs);
    this.#parts.show(frame);
  }

  /** As many of the due tiles as the allowance bears; the one somebody writes in goes first. */
  #affordable(atMs: number): FrameTile[] {
    const { grid } = this.#parts;
    const tiles: FrameTile[] = [];
    let cost = frameHeadBytes + MESSAGE_HEAD_BYTES;
    for (const index of this.#inOrder()) {
      const { width, height } = tileRectangle(grid, index);
      const rgba = burnMarks(grid, this.#shown, index, this.#marks as Marks);
      const tile = { index, jpeg: encodeJpeg({ width, height, rgba }) };
      if (!this.#allowance.spend(cost + frameTileBytes(tile), atMs)) break;
      cost = 0;
      tiles.push(tile);
      this.#due.delete(index);
    }
    return tiles;
  }

  #inOrder(): readonly number[] {
    const caret = this.#parts.source.caret();
    const written = caret === null ? [] : tilesUnder(this.#parts.grid, { ...caret, width: 1 });
    return [...new Set([...written.filter((tile) => this.#due.has(tile)), ...this.#due])];
  }
}
