import { patiently, type Patience } from '../consumer/patience.js';
import { Doorbell, Interrupted, within } from '../consumer/waiting.js';
import { untraced } from '../tracing.js';
import { Acknowledger } from './acknowledger.js';
import { nextPage, type WaitingDelivery } from './deliveries.js';
import type { Lanes } from './lanes.js';
import type { EmbeddedSource } from './source.js';

export interface SourceReaderOptions {
  readonly source: EmbeddedSource;
  readonly group: string;
  readonly topics: readonly string[];
  readonly lanes: Lanes;
  readonly pollMs: number;
  /** Its signal ends reading. */
  readonly patience: Patience;
  readonly drainWithinMs: number;
  readonly onCrash: (error: unknown) => void;
}

/** Brings one group the deliveries of one service. */
export class SourceReader {
  readonly #options: SourceReaderOptions;
  readonly #bell = new Doorbell();
  readonly #detaching = new AbortController();
  readonly #abandoning = new AbortController();
  readonly #emptied = Promise.withResolvers<void>();
  readonly #reading: Patience;
  /** Lane by number. */
  readonly #underWay = new Map<string, number>();
  readonly #acknowledger: Acknowledger;
  #running: Promise<void> | undefined;

  constructor(options: SourceReaderOptions) {
    this.#options = options;
    const { source, group, patience, onCrash } = options;
    this.#reading = { ...patience, signal: AbortSignal.any([patience.signal, this.#detaching.signal]) };
    this.#acknowledger = new Acknowledger({
      database: source.database,
      group,
      patience: { ...patience, signal: this.#abandoning.signal },
      onForgotten: (seq) => this.#forgotten(seq),
      onCrash,
    });
  }

  /** Registers the group with the source, then reads until stopped. */
  async start(): Promise<void> {
    const { source, group, topics } = this.#options;
    await patiently(() => source.register(group, topics), this.#reading);
    this.#running = untraced(() => this.#read());
  }

  get isReading(): boolean {
    return this.#running !== undefined;
  }

  /** Deliveries that this reader has taken and not yet acknowledged. */
  get underWay(): number {
    return this.#underWay.size;
  }

  ring(): void {
    this.#bell.ring();
  }

  /** Stops reading and gives back what nobody has begun to handle; waits, within the bound, for what somebody has. */
  async detach(): Promise<void> {
    this.#detaching.abort();
    await this.#running;
    this.#options.lanes.giveBack(this);
    if (this.#underWay.size > 0) await within(this.#options.drainWithinMs, this.#emptied.promise);
    this.#abandoning.abort();
  }

  /**
   * Acknowledges what was handled, when all handling has ended or was given up. What is not acknowledged within the
   * bound comes again, and the inbox knows it.
   */
  async end(): Promise<void> {
    this.#detaching.abort();
    await this.#running;
    await within(this.#options.drainWithinMs, this.#acknowledger.settled());
    this.#abandoning.abort();
  }

  #forgotten(seq: string): void {
    this.#underWay.delete(seq);
    if (this.#underWay.size === 0 && this.#detaching.signal.aborted) this.#emptied.resolve();
  }

  async #read(): Promise<void> {
    const { pollMs, onCrash } = this.#options;
    const { signal } = this.#reading;
    try {
      while (!signal.aborted) {
        await this.#takePage();
        await this.#bell.wait(pollMs, signal);
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) onCrash(error);
    }
  }

  /** Fetches for the lanes that have nothing waiting. Afterwards they have, or there is nothing for them. */
  async #takePage(): Promise<void> {
    const { source, group, lanes } = this.#options;
    const hungry = lanes.hungry();
    if (hungry.length === 0) return;
    const except = [...this.#underWay].flatMap(([seq, lane]) => (hungry.includes(lane) ? [seq] : []));
    const request = { group, service: source.service, lanes: hungry, except };
    const page = await patiently(() => nextPage(source.database, request), this.#reading);
    for (const delivery of page) this.#take(delivery);
  }

  #take({ seq, lane, event }: WaitingDelivery): void {
    this.#underWay.set(seq, lane);
    this.#options.lanes.push(lane, {
      reader: this,
      event,
      settle: () => this.#acknowledger.push({ seq, lane }),
      giveBack: () => this.#forgotten(seq),
    });
  }
}
