import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { AreaVerdict } from '../pixel/changed-area.js';
import { FramePump } from '../pixel/frame.pump.js';
import type { MarkClock } from '../pixel/mark.clock.js';
import type { Caret, PixelSource, ViewerInput } from '../pixel/pixel-source.js';
import type { TileGrid } from '../pixel/tiles.js';
import type { SignedCheckpoint } from '../recording/checkpoint.signature.js';
import type { RecordingWriter } from '../recording/recording.writer.js';
import { InputLog } from './input.log.js';
import { showingStatuses, type SessionStatus } from './session.js';
import { ViewerConnection } from './viewer.connection.js';

/** How long a session waits for its person, and how long it lasts; ms. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly maxMs: number;
}

/** What a running session asks of the house. */
export interface SessionHouse {
  /** Takes the session a step on, in the exchange's own name. @returns where it stands then. */
  step(command: 'connect' | 'lock' | 'throttle' | 'calm' | 'freeze' | 'end', note: string): Promise<SessionStatus>;
  keepCheckpoint(checkpoint: SignedCheckpoint): Promise<void>;
  /** Says that the session lives, and learns where it stands and whether it may go on. */
  renew(): Promise<{ readonly status: SessionStatus; readonly ended: string | null }>;
  /** The last checkpoint is kept: the session is sealed. */
  sealed(): Promise<void>;
}

export interface LiveParts {
  readonly id: string;
  readonly grid: TileGrid;
  readonly source: PixelSource;
  readonly marks: MarkClock;
  readonly recording: RecordingWriter;
  readonly recordingKey: Buffer;
  readonly limits: SessionLimits;
  readonly house: SessionHouse;
  readonly now: () => number;
  readonly logger: Logger;
}

const TICK_MS = 1_000;
const INPUT_LOG_MS = 10_000;
/** A release that is revoked stops what it opened within a second. */
const RENEW_MS = 900;
/** Below the 60 s that are promised, so that a slow disk does not break the promise. */
const CHECKPOINT_MS = 45_000;

/** One session while it runs: its source, its recording, and at most one viewer. */
export class LiveSession {
  readonly #parts: LiveParts;
  readonly #pump: FramePump;
  readonly #input: InputLog;
  readonly #startMs: number;
  #status: SessionStatus = 'ready';
  #viewer: ViewerConnection | undefined;
  #caret: Caret | null = null;
  #lastInputMs: number;
  readonly #last = { input: 0, renew: 0, checkpoint: 0 };
  #timer: NodeJS.Timeout | undefined;
  /** Steps, one after the other. */
  #steps: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#input = new InputLog(parts.recordingKey);
    this.#startMs = parts.now();
    this.#lastInputMs = this.#startMs;
    this.#last = { input: this.#startMs, renew: this.#startMs, checkpoint: this.#startMs };
    this.#pump = new FramePump({
      grid: parts.grid,
      source: parts.source,
      marks: (atMs) => parts.marks.at(atMs),
      record: (content, atMs) => parts.recording.append({ kind: 'frame', atMs, content }),
      show: (frame) => this.#viewer?.show(frame),
      canShow: () => this.#viewer?.canShow() === true,
      onVerdict: (verdict, share) => this.#judge(verdict, share),
      onFailure: (error) => void this.close('recording_failed', error),
      now: parts.now,
    });
  }

  async begin(): Promise<void> {
    await this.#parts.source.start(() => this.#news());
    await this.#keep({ event: 'begin' });
    await this.#checkpoint();
    this.#timer = setInterval(() => this.#inTurn(() => this.#tick()), TICK_MS).unref();
  }

  /** A viewer has come, or come back; who was there before goes. */
  attach(socket: WebSocket): void {
    this.#viewer?.close('takenOver');
    const viewer = new ViewerConnection(socket, {
      onHello: () => this.#inTurn(() => this.#greet(viewer)),
      onInput: (input, number) => this.#take(input, number),
      onClose: () => {
        if (this.#viewer === viewer) this.#viewer = undefined;
      },
      pay: (bytes) => this.#pump.pay(bytes),
      now: this.#parts.now,
    });
    this.#viewer = viewer;
  }

  /** Somebody outside has taken the session a step on. */
  become(status: SessionStatus): void {
    if (status === this.#status || this.#closing !== undefined) return;
    if (this.#status === 'frozen' && status === 'active') this.#pump.absolve();
    if (this.#status === 'idle_locked') this.#lastInputMs = this.#parts.now();
    this.#status = status;
    this.#viewer?.tell({ type: 'status', status });
    if (showingStatuses.has(status)) this.#pump.run();
    else void this.#pump.pause();
    if (status === 'ended' || status === 'terminated') void this.close(status);
  }

  /** Ends what runs, closes the recording and seals the session. Called twice it is done once. */
  close(reason: string, error?: unknown): Promise<void> {
    this.#closing ??= this.#close(reason, error);
    return this.#closing;
  }

  async #close(reason: string, error: unknown): Promise<void> {
    const { id, logger, house, recording, source } = this.#parts;
    if (error !== undefined) logger.error({ err: error, session: id, reason }, 'A session had to end');
    clearInterval(this.#timer);
    const paused = this.#pump.pause();
    this.#viewer?.close(reason === 'service_stopped' ? 'stopped' : 'ended');
    // After a failure of its own turn the pump would wait for itself.
    if (error === undefined) await paused;
    await source.stop();
    if (this.#status !== 'ended' && this.#status !== 'terminated') this.#status = await house.step('end', reason);
    // A recording that broke takes no further word; what it has is closed as it is.
    await this.#keep({ event: 'end', reason }).catch(() => undefined);
    await house.keepCheckpoint(await recording.checkpoint(new Date(this.#parts.now()), true));
    await house.sealed();
  }

  async #greet(viewer: ViewerConnection): Promise<void> {
    if (this.#status === 'ready') this.#status = await this.#parts.house.step('connect', 'a viewer came');
    const { width, height, tile } = this.#parts.grid;
    viewer.tell({ type: 'welcome', session: this.#parts.id, status: this.#status, width, height, tile });
    await this.#keep({ event: 'connected' });
    if (showingStatuses.has(this.#status)) this.#pump.run();
  }

  #take(input: ViewerInput, number: number): void {
    if (!showingStatuses.has(this.#status)) return;
    this.#lastInputMs = this.#parts.now();
    this.#input.add(input);
    this.#parts.source.input(input);
    this.#pump.wake(number);
  }

  #news(): void {
    this.#pump.wake();
    const caret = this.#parts.source.caret();
    if (caret === null || (caret.x === this.#caret?.x && caret.y === this.#caret.y)) return;
    this.#caret = caret;
    this.#viewer?.tell({ type: 'caret', ...caret });
  }

  #judge(verdict: AreaVerdict, share: number): void {
    const command = { calm: 'calm', suspect: 'throttle', coded: 'freeze' } as const;
    const note = `${Math.round(share * 100)} % of the screen changed each second`;
    this.#inTurn(async () => {
      // From suspect to coded there is one step, from coded to calm none: that takes two people.
      if (verdict === 'calm' ? this.#status !== 'throttled' : !showingStatuses.has(this.#status)) return;
      if (verdict === 'suspect' && this.#status === 'throttled') return;
      await this.#keep({ event: 'alarm', verdict, share });
      this.become(await this.#parts.house.step(command[verdict], note));
    });
  }

  async #tick(): Promise<void> {
    if (this.#closing !== undefined) return;
    const now = this.#parts.now();
    this.#viewer?.flush();
    this.#pump.review();
    if (now - this.#startMs >= this.#parts.limits.maxMs) return void this.close('longest_time');
    if (showingStatuses.has(this.#status) && now - this.#lastInputMs >= this.#parts.limits.idleMs) {
      this.become(await this.#parts.house.step('lock', 'nobody did anything'));
    }
    if (this.#isDue('input', now, INPUT_LOG_MS)) await this.#keepInput();
    if (this.#isDue('checkpoint', now, CHECKPOINT_MS)) await this.#checkpoint();
    if (this.#isDue('renew', now, RENEW_MS)) await this.#renew();
  }

  #isDue(what: 'input' | 'renew' | 'checkpoint', now: number, everyMs: number): boolean {
    if (now - this.#last[what] < everyMs) return false;
    this.#last[what] = now;
    return true;
  }

  async #renew(): Promise<void> {
    const { status, ended } = await this.#parts.house.renew();
    if (ended !== null) return void this.close(ended);
    this.become(status);
  }

  async #keepInput(): Promise<void> {
    const summary = this.#input.take();
    if (summary !== undefined) await this.#keep(summary);
  }

  async #checkpoint(): Promise<void> {
    await this.#parts.house.keepCheckpoint(await this.#parts.recording.checkpoint(new Date(this.#parts.now())));
  }

  #keep(event: object): Promise<void> {
    const content = Buffer.from(JSON.stringify(event));
    return this.#parts.recording.append({ kind: 'event', atMs: this.#parts.now(), content });
  }

  /** What cannot be written down or stepped must not go on being shown. */
  #inTurn(work: () => Promise<void>): void {
    this.#steps = this.#steps.then(work).catch((error: unknown) => void this.close('session_failed', error));
  }
}
