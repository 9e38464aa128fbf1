import type { UsageIngestionReport } from './generated/types.gen.js';
import { isProblem, type HetaoProblem } from './problem.js';
import { usageEvent, type Usage, type UsageEvent } from './usage-event.js';

/** Where batches wait that could not be sent, oldest first. On disk it is `spillTo(folder)` of `@hetao/client/node`. */
export interface Spill {
  put(events: readonly UsageEvent[]): Promise<void>;
  /** The oldest batch; it stays until it is dropped. */
  oldest(): Promise<{ readonly name: string; readonly events: readonly UsageEvent[] } | undefined>;
  drop(name: string): Promise<void>;
}

export interface UsageOptions {
  /** URI reference of the system that measures, as in `/crawlers/7`. */
  readonly source: string;
  /** Events of one request. Default 500, at most 5000. */
  readonly maxEvents?: number;
  /** Longest time an event waits for others, in ms. Default 1000. */
  readonly maxWaitMs?: number;
  /** Events that are held while the exchange is away. Default 50 000. */
  readonly maxHeld?: number;
  /** Where those go that cannot be sent; without one they wait in memory, and are lost with the process. */
  readonly spill?: Spill;
  /** What the exchange said of a batch: counted, counted before, or refused, event by event. */
  readonly onReport?: (report: UsageIngestionReport, events: readonly UsageEvent[]) => void;
  /** A batch that the exchange will not take however often it is asked, and why. */
  readonly onRefused?: (problem: HetaoProblem, events: readonly UsageEvent[]) => void;
  /** Why nothing could be sent or spilled just now; it is tried again by itself. */
  readonly onTrouble?: (error: unknown) => void;
}

type Send = (events: readonly UsageEvent[]) => Promise<UsageIngestionReport>;

const LONGEST_PAUSE_MS = 60_000;

/**
 * Collects usage and reports it in batches. An event is let go when the exchange answered for it, and not before: what was
 * sent twice is counted once, by its id.
 */
export class UsageBatcher {
  readonly #send: Send;
  readonly #options: UsageOptions & {
    readonly maxEvents: number;
    readonly maxWaitMs: number;
    readonly maxHeld: number;
  };
  readonly #held: UsageEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  #failures = 0;

  constructor(send: Send, options: UsageOptions) {
    this.#send = send;
    this.#options = { maxEvents: 500, maxWaitMs: 1_000, maxHeld: 50_000, ...options };
  }

  /** Events in memory that the exchange has not answered for. */
  get held(): number {
    return this.#held.length;
  }

  /**
   * Takes what was used; it is sent soon.
   *
   * @throws RangeError when the exchange has been away for so long that no more can be held
   */
  add(usage: Usage): void {
    if (this.#held.length >= this.#options.maxHeld) {
      throw new RangeError(`${this.#held.length} events wait for an exchange that does not answer; no more are held.`);
    }
    this.#held.push(usageEvent(usage, this.#options.source));
    if (this.#held.length >= this.#options.maxEvents && this.#failures === 0) void this.flush();
    else this.#wake(this.#options.maxWaitMs);
  }

  /** Sends what is held and what was spilled, as far as the exchange takes it now; says in `held` what remains. */
  flush(): Promise<void> {
    this.#sending ??= this.#drain()
      .catch((error: unknown) => void this.#failed(error))
      .finally(() => {
        this.#sending = undefined;
        if (this.#held.length > 0 || this.#failures > 0) this.#wake(this.#pauseMs());
      });
    return this.#sending;
  }

  /**
   * Sends or spills the rest, and ends.
   *
   * @throws Error when events remain that were neither sent nor spilled; they are lost with the process
   */
  async close(): Promise<void> {
    // What is under way may have begun before the last event came.
    await this.#sending;
    await this.flush();
    clearTimeout(this.#timer);
    if (this.#held.length > 0) throw new Error(`${this.#held.length} usage events could not be sent.`);
  }

  async #drain(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { spill, maxEvents } = this.#options;
    for (let waiting = await spill?.oldest(); waiting !== undefined; waiting = await spill?.oldest()) {
      if (!(await this.#deliver(waiting.events))) return this.#spillHeld();
      await spill?.drop(waiting.name);
    }
    while (this.#held.length > 0) {
      const batch = this.#held.slice(0, maxEvents);
      if (!(await this.#deliver(batch))) return this.#spillHeld();
      this.#held.splice(0, batch.length);
    }
  }

  /** Sends one batch. @returns false when it must be sent again */
  async #deliver(events: readonly UsageEvent[]): Promise<boolean> {
    try {
      const report = await this.#send(events);
      this.#failures = 0;
      this.#options.onReport?.(report, events);
      return true;
    } catch (error) {
      if (!isProblem(error) || error.status === 429 || error.status >= 500) return this.#failed(error);
      this.#options.onRefused?.(error, events);
      return true;
    }
  }

  #failed(error: unknown): false {
    this.#failures += 1;
    this.#options.onTrouble?.(error);
    return false;
  }

  async #spillHeld(): Promise<void> {
    const { spill, maxEvents } = this.#options;
    if (spill === undefined) return;
    while (this.#held.length > 0) {
      const batch = this.#held.slice(0, maxEvents);
      await spill.put(batch);
      this.#held.splice(0, batch.length);
    }
  }

  #pauseMs(): number {
    return Math.min(this.#options.maxWaitMs * 2 ** this.#failures, LONGEST_PAUSE_MS);
  }

  #wake(afterMs: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), afterMs);
  }
}
