import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '@hetao/persistence';
import { DATABASE, LOGGER } from '@hetao/runtime';
import type { GatewayConfig } from './gateway.config.js';
import { SeedAccounts } from './identity/seed-accounts.use-cases.js';
import { SetupLinks } from './identity/setup-link.use-cases.js';

const MIGRATION_POLL_MS = 2_000;

/** What has to be in the database before the first person comes: the seeds of a demonstration, or a way in. */
@Injectable()
export class GatewayOpening implements OnApplicationShutdown {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #seeds: SeedAccounts;
  readonly #links: SetupLinks;
  readonly #stopped = new AbortController();

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(LOGGER) logger: Logger,
    seeds: SeedAccounts,
    links: SetupLinks,
  ) {
    this.#database = database;
    this.#logger = logger;
    this.#seeds = seeds;
    this.#links = links;
  }

  onApplicationShutdown(): void {
    this.#stopped.abort();
  }

  /** At once where the tables are there; else (MIGRATE=off) as soon as whoever migrates has made them. */
  async prepare(config: GatewayConfig): Promise<void> {
    if ((await this.#database.pendingMigrations()).length === 0) return this.#open(config);
    void this.#openWhenMigrated(config).catch((error: unknown) => {
      this.#logger.error({ err: error }, 'The gateway could not write its first accounts');
    });
  }

  async #openWhenMigrated(config: GatewayConfig): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      // The signal ends the pause with a rejection; then there is nothing left to wait for.
      await pause(MIGRATION_POLL_MS, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#stopped.signal.aborted) return;
      const pending = await this.#database.pendingMigrations().catch(() => undefined);
      if (pending?.length === 0) return this.#open(config);
    }
  }

  async #open(config: GatewayConfig): Promise<void> {
    await this.#seeds.execute(config.SEED_ACCOUNTS ?? []);
    const token = await this.#links.create();
    if (token === undefined) return;
    const url = `${config.PUBLIC_URL}/setup?token=${token}`;
    this.#logger.warn(`Nobody can operate this exchange yet. Open this link within 30 minutes to make the first operator: ${url}`);
  }
}
