import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '@hetao/persistence';
import { DATABASE, LOGGER, SERVICE_CONFIG } from '@hetao/runtime';
import type { ContractsConfig } from '../contracts.config.js';
import { SweepDeadlines, type SweepReport } from './sweep.use-cases.js';

const LOCK = 'hetao.contracts.sweep';

/**
 * Runs the sweep again and again, never twice at once: within a process the next one is set only when the last is
 * through, and among processes an advisory lock lets one work while the others skip their turn.
 */
@Injectable()
export class SweepTimer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #sweep: SweepDeadlines;
  readonly #database: Database;
  readonly #intervalMs: number;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;

  constructor(
    sweep: SweepDeadlines,
    @Inject(DATABASE) database: Database,
    @Inject(SERVICE_CONFIG) config: ContractsConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#sweep = sweep;
    this.#database = database;
    this.#intervalMs = config.SWEEP_INTERVAL_MS;
    this.#logger = logger;
  }

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  /** Lets the sweep in hand finish, before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#turn().finally(() => this.#schedule());
    }, this.#intervalMs).unref();
  }

  /** Never rejects: a database that is away now may be back at the next turn. */
  async #turn(): Promise<void> {
    try {
      const report = await this.#alone(() => this.#sweep.execute());
      if (this.#failing) this.#logger.info('The sweep of deadlines works again');
      this.#failing = false;
      if (report !== undefined) this.#tell(report);
    } catch (error) {
      // Told once, not every second, for as long as the database is away or waits for its migrations.
      if (!this.#failing) this.#logger.warn({ err: error }, 'The sweep of deadlines failed; it is tried at every turn');
      this.#failing = true;
    }
  }

  async #alone<T>(work: () => Promise<T>): Promise<T | undefined> {
    return this.#database.withClient(async (client) => {
      const { rows } = await client.query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
        [LOCK],
      );
      if (!rows[0]?.locked) return undefined;
      try {
        return await work();
      } finally {
        await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [LOCK]);
      }
    });
  }

  #tell({ requestsExpired, agreementsAdvanced, failures, finished }: SweepReport): void {
    for (const { id, error } of failures) this.#logger.error({ err: error, id }, 'A deadline could not be acted on');
    if (requestsExpired + agreementsAdvanced === 0) return;
    this.#logger.info({ requestsExpired, agreementsAdvanced, finished }, 'Deadlines were acted on');
  }
}
