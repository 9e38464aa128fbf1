import type { Subscription, Consumer, ConsumeOptions, ConsumerHealth } from '../transport.js';
import { defaultRetryPolicy } from '../transport.js';
import { Dispatcher } from '../consumer/dispatcher.js';
import { Obstacle } from '../consumer/patience.js';
import { DeadLetterReplay } from '../consumer/replay.js';
import { Interrupted, within } from '../consumer/waiting.js';
import type { Logger } from '../logger.js';
import { Lanes } from './lanes.js';
import type { EmbeddedSource } from './source.js';
import { SourceReader } from './source-reader.js';

export interface EmbeddedConsumerSettings {
  readonly lanes: number;
  readonly pollMs: number;
  readonly drainWithinMs: number;
  readonly stuckAfterMs: number;
  readonly logger: Logger;
  readonly onCrash: (error: Error) => void;
  readonly onStopped: (consumer: EmbeddedConsumer) => void;
}

/** One group in this process: it reads every source, with as many lanes as it has been given. */
export class EmbeddedConsumer implements Consumer {
  readonly group: string;
  readonly #topics: readonly string[];
  readonly #settings: EmbeddedConsumerSettings;
  readonly #stopping = new AbortController();
  readonly #obstacle = new Obstacle();
  readonly #readers = new Map<EmbeddedSource, SourceReader>();
  readonly #lanes: Lanes;
  readonly #replay: DeadLetterReplay;
  #crash: Error | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: ConsumeOptions, settings: EmbeddedConsumerSettings) {
    const { group, uow, clock, policy = defaultRetryPolicy, database } = options;
    const { logger } = settings;
    const subscriptions = new Map(options.subscriptions.map((subscription) => [subscription.event.type, subscription]));
    const scope = { group, system: 'embedded', uow, clock, policy, logger, obstacle: this.#obstacle, subscriptions };
    this.group = group;
    this.#topics = topicsOf(options.subscriptions);
    this.#settings = settings;
    this.#lanes = new Lanes({
      count: settings.lanes,
      dispatcher: new Dispatcher(scope),
      signal: this.#stopping.signal,
      onHungry: () => this.#ring(),
      onCrash: (error) => this.#crashed(error),
    });
    this.#replay = new DeadLetterReplay(database, scope, this.#stopping.signal);
  }

  /** Starts reading a source; resolves when the group is registered with it. */
  async attach(source: EmbeddedSource): Promise<void> {
    if (this.#readers.has(source) || this.#stopping.signal.aborted) return;
    const { logger, pollMs, drainWithinMs } = this.#settings;
    const reader = new SourceReader({
      source,
      group: this.group,
      topics: this.#topics,
      lanes: this.#lanes,
      pollMs,
      drainWithinMs,
      patience: { signal: this.#stopping.signal, logger, obstacle: this.#obstacle },
      onCrash: (error) => this.#crashed(error),
    });
    this.#readers.set(source, reader);
    try {
      await reader.start();
    } catch (error) {
      // Stopped before it began; otherwise the caller must know.
      if (!(error instanceof Interrupted)) throw error;
    }
  }

  /** Stops reading a source whose service stops. */
  async detach(source: EmbeddedSource): Promise<void> {
    const reader = this.#readers.get(source);
    if (reader === undefined) return;
    await reader.detach();
    this.#readers.delete(source);
  }

  /** Something was committed. */
  wake(topics: ReadonlySet<string>): void {
    if (this.#topics.some((topic) => topics.has(topic))) this.#ring();
  }

  start(): void {
    this.#replay.start((error) => this.#crashed(error));
  }

  health(): ConsumerHealth {
    const readers = [...this.#readers.values()];
    const lag = readers.reduce((sum, reader) => sum + reader.underWay, 0);
    const trouble = this.#trouble(readers);
    return { ready: trouble === undefined, detail: trouble ?? `reading ${readers.length} outboxes`, lag };
  }

  #trouble(readers: readonly SourceReader[]): string | undefined {
    if (this.#crash) return `crashed: ${this.#crash.message}`;
    if (this.#stopping.signal.aborted) return 'stopped';
    if (this.#obstacle.reason !== undefined) return `waiting for the database: ${this.#obstacle.reason}`;
    if (readers.some((reader) => !reader.isReading)) return 'registering with an outbox';
    const busyMs = performance.now() - (this.#lanes.busySince ?? Infinity);
    return busyMs > this.#settings.stuckAfterMs
      ? `one event has been handled for ${Math.round(busyMs / 1000)} s`
      : undefined;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    const { drainWithinMs, logger, onStopped } = this.#settings;
    const idle = Promise.all([this.#lanes.idle(), this.#replay.ended()]);
    if (!(await within(drainWithinMs, idle))) {
      logger.warn(
        { group: this.group, drainWithinMs },
        'Handlers still run; their events come again, their effects once',
      );
    }
    // Whatever still runs has had its time.
    await Promise.all([...this.#readers.values()].map((reader) => reader.end()));
    onStopped(this);
  }

  #ring(): void {
    for (const reader of this.#readers.values()) reader.ring();
  }

  #crashed(cause: unknown): void {
    if (this.#crash) return;
    this.#crash = cause instanceof Error ? cause : new Error(String(cause));
    this.#stopping.abort();
    this.#settings.onCrash(this.#crash);
  }
}

function topicsOf(subscriptions: readonly Subscription[]): string[] {
  return [...new Set(subscriptions.map((subscription) => subscription.event.topic.name))];
}
