import type { Dispatcher } from '../consumer/dispatcher.js';
import type { RawEvent } from '../consumer/raw-event.js';
import { Interrupted } from '../consumer/waiting.js';
import { LANES } from '../outbox/advisory-keys.js';

export interface LaneItem {
  /** Who brought it. */
  readonly reader: object;
  readonly event: RawEvent;
  /** Called when the event is handled or parked. */
  readonly settle: () => void;
  /** Called when it is given back untouched. */
  readonly giveBack: () => void;
}

export interface LanesOptions {
  /** How many are worked off side by side, 1 to 16. */
  readonly count: number;
  readonly dispatcher: Dispatcher;
  /** Ends the work: what is being handled is finished, what waits is left. */
  readonly signal: AbortSignal;
  /** A worker has taken the last thing that waited for it. */
  readonly onHungry: () => void;
  /** A fault of the program: the consumer cannot go on. */
  readonly onCrash: (error: unknown) => void;
}

/** Most events of one transaction. */
const MAX_BATCH = 250;

interface Worker {
  /** The lanes it serves: those that leave its number when divided by the number of workers. */
  readonly lanes: readonly number[];
  queue: LaneItem[];
  running: Promise<void> | undefined;
  runningSince: number | undefined;
}

/**
 * A fixed number of workers with a queue each, worked off in order. An event's lane follows from its topic and key and a
 * lane has one worker, so events of one key stay in order, and a key that has to wait holds up only its worker. A queue is
 * filled again when it is empty: what a page holds is what bounds the memory.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #workers: readonly Worker[];

  constructor(options: LanesOptions) {
    const { count } = options;
    if (!Number.isInteger(count) || count < 1 || count > LANES) {
      throw new RangeError(`lanes must be a whole number from 1 to ${LANES}, not ${count}.`);
    }
    this.#options = options;
    const all = Array.from({ length: LANES }, (_, lane) => lane);
    this.#workers = Array.from({ length: count }, (_, number) => ({
      lanes: all.filter((lane) => lane % count === number),
      queue: [],
      running: undefined,
      runningSince: undefined,
    }));
  }

  /** The lanes whose workers have nothing waiting. */
  hungry(): number[] {
    return this.#workers.flatMap((worker) => (worker.queue.length === 0 ? worker.lanes : []));
  }

  /** Since when the handling that has run longest is running (ms since 1970). */
  get busySince(): number | undefined {
    const started = this.#workers.flatMap((worker) => worker.runningSince ?? []);
    return started.length === 0 ? undefined : Math.min(...started);
  }

  push(lane: number, item: LaneItem): void {
    const worker = this.#workers[lane % this.#workers.length];
    if (worker === undefined) throw new RangeError(`There is no lane ${lane}.`);
    worker.queue.push(item);
    worker.running ??= this.#run(worker);
  }

  /** Gives back what this reader brought and nobody has begun to handle. */
  giveBack(reader: object): void {
    for (const worker of this.#workers) {
      const back = worker.queue.filter((item) => item.reader === reader);
      worker.queue = worker.queue.filter((item) => item.reader !== reader);
      for (const item of back) item.giveBack();
    }
  }

  /** Resolves when no handler runs any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#workers.flatMap((worker) => worker.running ?? []));
  }

  async #run(worker: Worker): Promise<void> {
    const { signal, onCrash } = this.#options;
    try {
      // All of a page is in the queue before the first event of it is looked at: then a batch is as large as can be.
      await Promise.resolve();
      while (worker.queue.length > 0 && !signal.aborted) await this.#next(worker);
    } catch (error) {
      if (!(error instanceof Interrupted)) onCrash(error);
    } finally {
      worker.running = undefined;
      worker.runningSince = undefined;
    }
  }

  async #next(worker: Worker): Promise<void> {
    const { dispatcher, signal, onHungry } = this.#options;
    const waiting = worker.queue.slice(0, MAX_BATCH).map((item) => item.event);
    const items = worker.queue.splice(0, dispatcher.portion(waiting, MAX_BATCH));
    // The next page is fetched while these are handled.
    if (worker.queue.length === 0) onHungry();
    worker.runningSince = performance.now();
    await dispatcher.dispatch(
      items.map((item) => item.event),
      signal,
    );
    worker.runningSince = undefined;
    for (const item of items) item.settle();
  }
}
