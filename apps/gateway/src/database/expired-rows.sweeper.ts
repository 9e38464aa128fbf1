import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE, LOGGER, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';

const EVERY_MS = 10 * 60_000;
/** A long outage leaves many rows; small steps keep each transaction short. */
const STEP = 1_000;
const MAX_STEPS = 100;

/** Deletes what has expired. Nothing relies on it: expired rows are no longer believed wherever they are read. */
@Injectable()
export class ExpiredRowsSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #config: GatewayConfig;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#database = database;
    this.#clock = clock;
    this.#config = config;
    this.#logger = logger;
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'Expired rows could not be deleted; the next round tries again');
      });
    }, EVERY_MS);
    this.#timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Returns how many rows went. */
  async sweep(): Promise<number> {
    const now = this.#clock.now();
    const idle = new Date(now.getTime() - this.#config.SESSION_IDLE_MINUTES * 60_000);
    const hourAgo = new Date(now.getTime() - 3_600_000);
    const deleted = [
      await this.#delete('sessions', 'last_seen_at < $1', idle),
      await this.#delete('sign_in_failures', 'last_failure_at < $1', hourAgo),
      await this.#delete('setup_links', 'expires_at < $1', now),
      // The provider inside lives by the machine's clock.
      await this.#delete('oidc_records', 'expires_at < least($1, now())', now),
    ];
    return deleted.reduce((sum, count) => sum + count, 0);
  }

  async #delete(table: string, condition: string, at: Date): Promise<number> {
    const sql = `DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${STEP})`;
    let total = 0;
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const result = await this.#database.withClient((client) => client.query(sql, [at]));
      total += result.rowCount ?? 0;
      if ((result.rowCount ?? 0) < STEP) break;
    }
    return total;
  }
}
