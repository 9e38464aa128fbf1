import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, SERVICE_CONFIG, type OnServiceOpen } from '@hetao/runtime';
import type { GatewayConfig } from './gateway.config.js';
import { SeedAccounts } from './identity/seed-accounts.use-cases.js';
import { SetupLinks } from './identity/setup-link.use-cases.js';

/** What has to be in the database before the first person comes: the seeds of a demonstration, or a way in. */
@Injectable()
export class GatewayOpening implements OnServiceOpen {
  readonly #config: GatewayConfig;
  readonly #logger: Logger;
  readonly #seeds: SeedAccounts;
  readonly #links: SetupLinks;

  constructor(
    @Inject(SERVICE_CONFIG) config: GatewayConfig,
    @Inject(LOGGER) logger: Logger,
    seeds: SeedAccounts,
    links: SetupLinks,
  ) {
    this.#config = config;
    this.#logger = logger;
    this.#seeds = seeds;
    this.#links = links;
  }

  async onServiceOpen(): Promise<void> {
    await this.#seeds.execute(this.#config.SEED_ACCOUNTS ?? []);
    const token = await this.#links.create();
    if (token === undefined) return;
    const url = `${this.#config.PUBLIC_URL}/setup?token=${token}`;
    this.#logger.warn(
      `Nobody can operate this exchange yet. Open this link within 30 minutes to make the first operator: ${url}`,
    );
  }
}
