import type { Dispatcher } from '../consumer/dispatcher.js';
import type { RawEvent } from '../consumer/raw-event.js';
import { Interrupted } from '../consumer/waiting.js';

export interface LaneItem {
  /** Who brought it. */
  readonly reader: object;
  readonly event: RawEvent;
  readonly sizeBytes: number;
  /** Called when the event is handled or parked. */
  readonly settle: () => void;
  /** Called when it is given back untouched. */
  readonly giveBack: () => void;
}

export interface LanesOptions {
  readonly count: number;
  readonly dispatcher: Dispatcher;
  /** Ends the work: what is being handled is finished, what waits is left. */
  readonly signal: AbortSignal;
  /** A lane that was full takes more. */
  readonly onSpace: () => void;
  /** A fault of the program: the consumer cannot go on. */
  readonly onCrash: (error: unknown) => void;
}

/** Most events of one batch, and of one lane's queue: what bounds the memory of a consumer. */
const MAX_BATCH = 250;
const LANE_EVENTS = 250;
const LANE_BYTES = 4 * 1024 * 1024;

interface Lane {
  readonly queue: LaneItem[];
  bytes: number;
  running: Promise<void> | undefined;
  runningSince: number | undefined;
}

/**
 * A fixed number of queues that are worked off side by side, each in order. An event's lane follows from its topic and
 * key, so events of one key stay in order and a key that has to wait holds up only its own lane.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #lanes: readonly Lane[];

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#lanes = Array.from({ length: options.count }, () => ({
      queue: [],
      bytes: 0,
      running: undefined,
      runningSince: undefined,
    }));
  }

  /** The lanes that take nothing more for now. */
  full(): number[] {
    return this.#lanes.flatMap((lane, index) => (isFull(lane) ? [index] : []));
  }

  /** Since when the handling that has run longest is running (ms since 1970). */
  get busySince(): number | undefined {
    const started = this.#lanes.flatMap((lane) => lane.runningSince ?? []);
    return started.length === 0 ? undefined : Math.min(...started);
  }

  push(index: number, item: LaneItem): void {
    const lane = this.#lanes[index % this.#lanes.length];
    if (lane === undefined) throw new RangeError(`There is no lane ${index}.`);
    lane.queue.push(item);
    lane.bytes += item.sizeBytes;
    lane.running ??= this.#run(lane);
  }

  /** Gives back what this reader brought and nobody has begun to handle. */
  giveBack(reader: object): void {
    for (const lane of this.#lanes) {
      const back = lane.queue.filter((item) => item.reader === reader);
      const kept = lane.queue.filter((item) => item.reader !== reader);
      lane.queue.splice(0, lane.queue.length, ...kept);
      lane.bytes = kept.reduce((sum, item) => sum + item.sizeBytes, 0);
      for (const item of back) item.giveBack();
    }
  }

  /** Resolves when no handler runs any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#lanes.flatMap((lane) => lane.running ?? []));
  }

  async #run(lane: Lane): Promise<void> {
    const { signal, onCrash } = this.#options;
    try {
      while (lane.queue.length > 0 && !signal.aborted) await this.#next(lane);
    } catch (error) {
      if (!(error instanceof Interrupted)) onCrash(error);
    } finally {
      lane.running = undefined;
      lane.runningSince = undefined;
    }
  }

  async #next(lane: Lane): Promise<void> {
    const { dispatcher, signal, onSpace } = this.#options;
    const wasFull = isFull(lane);
    const waiting = lane.queue.map((item) => item.event);
    const items = lane.queue.splice(0, dispatcher.portion(waiting, MAX_BATCH));
    for (const item of items) lane.bytes -= item.sizeBytes;
    lane.runningSince = Date.now();
    await dispatcher.dispatch(
      items.map((item) => item.event),
      signal,
    );
    lane.runningSince = undefined;
    for (const item of items) item.settle();
    if (wasFull && !isFull(lane)) onSpace();
  }
}

function isFull(lane: Lane): boolean {
  return lane.queue.length >= LANE_EVENTS || lane.bytes >= LANE_BYTES;
}
