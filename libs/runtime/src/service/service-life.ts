import { setTimeout as pause } from 'node:timers/promises';
import type { INestMicroservice } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Consumer, Stoppable, Transport } from '@hetao/messaging';
import type { Database, UnitOfWork } from '@hetao/persistence';
import { pruneAnswers } from '../idempotency/idempotency-keys.js';
import { HetaoTransportStrategy } from '../messaging/transport-strategy.js';
import { addMessagingReadings } from '../observe/messaging-readings.js';
import type { ReadinessCheck } from '../observe/readiness.js';
import { listenOn } from './listen.js';
import { runOpeningHooks } from './opening.js';
import type { RuntimeParts } from './runtime.module.js';

/** A service that serves. */
export interface RunningService {
  readonly name: string;
  /** As in `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly database: Database;
  readonly uow: UnitOfWork;
  readonly app: NestFastifyApplication;
  /** Stops gracefully; repeating it waits for the same stop. */
  stop(): Promise<void>;
}

interface LifeParts extends RuntimeParts {
  readonly app: NestFastifyApplication;
}

interface LifeOptions {
  readonly transport: Transport;
  readonly host?: string;
  readonly port?: number;
  readonly shutdownDelayMs?: number;
  readonly shutdownTimeoutMs?: number;
  readonly onFatal?: (error: Error) => void;
}

const MIGRATION_POLL_MS = 2_000;
const PRUNE_EVERY_MS = 10 * 60_000;
const DEFAULT_SHUTDOWN_TIMEOUT_MS = 25_000;

/** The life of one service after it was put together: listen, join, serve, drain, stop. */
export class ServiceLife implements RunningService {
  readonly name: string;
  readonly #parts: LifeParts;
  readonly #options: LifeOptions;
  readonly #strategy: HetaoTransportStrategy;
  readonly #stopped = new AbortController();
  #microservice: INestMicroservice | undefined;
  #relay: Stoppable | undefined;
  #url = '';
  #stopping: Promise<void> | undefined;

  constructor(name: string, parts: LifeParts, options: LifeOptions) {
    this.name = name;
    this.#parts = parts;
    this.#options = options;
    const { database, uow, clock, metrics } = parts;
    this.#strategy = new HetaoTransportStrategy(
      (subscriptions) => options.transport.consume({ group: name, database, uow, subscriptions, clock }),
      metrics.observeHandling,
    );
  }

  get url(): string {
    return this.#url;
  }

  get database(): Database {
    return this.#parts.database;
  }

  get uow(): UnitOfWork {
    return this.#parts.uow;
  }

  get app(): NestFastifyApplication {
    return this.#parts.app;
  }

  get consumer(): Consumer | undefined {
    return this.#strategy.consumer;
  }

  get relayState(): ReadinessCheck {
    return this.#relay === undefined ? { ok: false, detail: 'not started' } : { ok: true, detail: 'running' };
  }

  /** Opens the port. Until {@link join} is done, everything but the probes answers 503. */
  async listen(): Promise<void> {
    const { host = '127.0.0.1', port = 0 } = this.#options;
    this.#url = await listenOn(this.app, host, port);
  }

  /** Joins the consumer group, unless migrations are pending: then joining and opening wait for those by themselves. */
  async join(): Promise<void> {
    const pending = await this.#pendingMigrations();
    if (pending.length === 0) return this.#joinNow();
    this.#parts.logger.warn({ pending }, 'Migrations are pending and MIGRATE=off: not ready until they have run');
    void this.#joinWhenMigrated().catch((error: unknown) => this.#fatal(error));
  }

  /** Starts the relay, runs the opening hooks and lets traffic in. */
  async open(): Promise<void> {
    if (this.#microservice === undefined) return;
    const { readiness, database, metrics } = this.#parts;
    this.#relay = await this.#options.transport.startRelay(this.name, database);
    await runOpeningHooks(this.app);
    addMessagingReadings(metrics, this.#options.transport.kind, this);
    // A stop that came meanwhile has the last word.
    if (this.#stopped.signal.aborted) return this.#relay.stop();
    this.#pruneNowAndThen();
    readiness.enter('running');
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #joinNow(): Promise<void> {
    this.#microservice = this.app.connectMicroservice({ strategy: this.#strategy });
    await this.#microservice.listen();
  }

  async #joinWhenMigrated(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      // The signal ends the pause with a rejection; then there is nothing left to wait for.
      await pause(MIGRATION_POLL_MS, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#stopped.signal.aborted) return;
      const pending = await this.#pendingMigrations().catch(() => undefined);
      if (pending?.length !== 0) continue;
      await this.#joinNow();
      return this.open();
    }
  }

  async #pendingMigrations(): Promise<readonly string[]> {
    const pending = await this.database.pendingMigrations();
    this.#parts.readiness.pendingMigrations(pending);
    return pending;
  }

  #pruneNowAndThen(): void {
    const { clock, logger } = this.#parts;
    const timer = setInterval(() => {
      pruneAnswers(this.database, clock.now()).catch((error: unknown) => {
        logger.warn({ err: error }, 'Old idempotency answers could not be deleted; the next round tries again');
      });
    }, PRUNE_EVERY_MS);
    timer.unref();
    this.#stopped.signal.addEventListener('abort', () => clearInterval(timer));
  }

  /**
   * The order matters: tell the balancers first, then finish requests, then handlers, and only then what both of them
   * write to. Nest closes HTTP and the consumers in this order; its destroy hooks run before.
   */
  async #stop(): Promise<void> {
    const { app, readiness, database, logger } = this.#parts;
    this.#stopped.abort();
    readiness.enter('draining');
    await pause(this.#options.shutdownDelayMs ?? 0);
    readiness.enter('closing');
    const timeoutMs = this.#options.shutdownTimeoutMs ?? DEFAULT_SHUTDOWN_TIMEOUT_MS;
    const force = setTimeout(() => {
      logger.warn({ timeout_ms: timeoutMs }, 'Requests are still running at the end of the grace period; cutting them');
      app.getHttpServer().closeAllConnections();
    }, timeoutMs);
    try {
      await app.close();
    } finally {
      clearTimeout(force);
      // A failure on the way must not keep what comes after it from being closed.
      await this.#relay?.stop().catch((error: unknown) => {
        logger.error({ err: error }, 'The relay did not stop cleanly; what it left is carried on at the next start');
      });
      await database.close();
    }
  }

  #fatal(error: unknown): void {
    const cause = error instanceof Error ? error : new Error(String(error));
    this.#parts.logger.fatal({ err: cause }, 'The service cannot go on');
    this.#options.onFatal?.(cause);
  }
}
