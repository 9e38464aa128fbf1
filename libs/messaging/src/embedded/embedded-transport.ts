import type { Database, OutboxWriter } from '@hetao/persistence';
import { silentLogger, type Logger } from '../logger.js';
import { Janitor, type Retention } from '../outbox/retention.js';
import type { ConsumeOptions, Consumer, RunningRelay, Transport } from '../transport.js';
import { EmbeddedConsumer } from './embedded-consumer.js';
import { EmbeddedSource } from './source.js';

export interface EmbeddedTransportOptions {
  readonly logger?: Logger;
  /** A consumer or the hold on a database failed beyond repair: the process should end. Default: throws it as uncaught. */
  readonly onCrash?: (error: Error) => void;
  /** How many events one consumer handles at once, 1 to 16. Default 4. */
  readonly lanes?: number;
  /** Looks at least this often, should a wake-up ever be lost. Default 1 s. */
  readonly pollMs?: number;
  /** How long `stop` waits for running handlers. Default 15 s. */
  readonly drainWithinMs?: number;
  /** A consumer that handles one event for longer is not ready. Default 5 min. */
  readonly stuckAfterMs?: number;
  /** How long to wait for a predecessor process to let go of a database. Default 3 s. */
  readonly ownershipWaitMs?: number;
  readonly retention?: Retention;
}

/**
 * Carries events inside one process. The outbox tables of the services are the durable log; every group has one row per
 * event it has not finished, and those rows, not a position in the log, say what is left to do.
 */
export function createEmbeddedTransport(options: EmbeddedTransportOptions = {}): Transport {
  return new EmbeddedTransport(options);
}

function throwUncaught(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}

class EmbeddedTransport implements Transport {
  readonly kind = 'embedded';
  readonly #options: EmbeddedTransportOptions;
  readonly #logger: Logger;
  readonly #onCrash: (error: Error) => void;
  readonly #sources = new Map<Database, EmbeddedSource>();
  readonly #consumers = new Set<EmbeddedConsumer>();
  readonly #janitors = new Set<Janitor>();

  constructor(options: EmbeddedTransportOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger;
    this.#onCrash = options.onCrash ?? throwUncaught;
  }

  outboxFor(service: string, database: Database): OutboxWriter {
    return this.#sourceOf(service, database);
  }

  #sourceOf(service: string, database: Database): EmbeddedSource {
    const known = this.#sources.get(database);
    if (known) return known;
    const source = new EmbeddedSource({
      service,
      database,
      logger: this.#logger,
      ownershipWaitMs: this.#options.ownershipWaitMs ?? 3_000,
      onTaken: this.#onCrash,
      onOpened: (opened) => this.#attachAll(opened),
      onCommitted: (topics) => this.#consumers.forEach((consumer) => consumer.wake(topics)),
    });
    this.#sources.set(database, source);
    return source;
  }

  /** A service that starts after its readers: they begin to read it as soon as it is open. */
  #attachAll(source: EmbeddedSource): void {
    for (const consumer of this.#consumers) this.#attach(consumer, source);
  }

  #attach(consumer: EmbeddedConsumer, source: EmbeddedSource): void {
    consumer.attach(source).catch((error: unknown) => {
      this.#onCrash(error instanceof Error ? error : new Error(String(error)));
    });
  }

  async startRelay(service: string, database: Database): Promise<RunningRelay> {
    const source = this.#sourceOf(service, database);
    await source.open();
    const janitor = new Janitor({ database, logger: this.#logger, keeps: 'delivered', ...this.#options.retention });
    this.#janitors.add(janitor);
    janitor.start();
    return {
      health: () =>
        source.isHeld
          ? { ready: true, detail: 'events are handed over inside this process' }
          : { ready: false, detail: 'the connection that keeps other processes out is lost; taking it again' },
      stop: async () => {
        this.#janitors.delete(janitor);
        this.#sources.delete(database);
        await Promise.all([...this.#consumers].map((consumer) => consumer.detach(source)));
        await janitor.stop();
        await source.close();
      },
    };
  }

  async consume(options: ConsumeOptions): Promise<Consumer> {
    if ([...this.#consumers].some((consumer) => consumer.group === options.group)) {
      throw new Error(`Group "${options.group}" is consumed already. In one process a group has one consumer.`);
    }
    const { lanes = 4, pollMs = 1_000, drainWithinMs = 15_000, stuckAfterMs = 300_000 } = this.#options;
    const consumer = new EmbeddedConsumer(options, {
      lanes,
      pollMs,
      drainWithinMs,
      stuckAfterMs,
      logger: this.#logger,
      onCrash: this.#onCrash,
      onStopped: (stopped) => this.#consumers.delete(stopped),
    });
    this.#consumers.add(consumer);
    const open = [...this.#sources.values()].filter((source) => source.isOpen);
    await Promise.all(open.map((source) => consumer.attach(source)));
    consumer.start();
    return consumer;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await Promise.all([...this.#janitors].map((janitor) => janitor.stop()));
    await Promise.all([...this.#sources.values()].map((source) => source.close()));
    this.#sources.clear();
  }
}
