import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '@hetao/kernel';
import { CLOCK, LOGGER, SERVICE_CONFIG } from '@hetao/runtime';
import type { CustomsConfig } from '../customs.config.js';
import type { Reader } from '../shared/reader.js';
import { ReleaseQueries } from './release.queries.js';
import { ChangeRelease } from './release.use-cases.js';

const BATCH = 100;
const BY_ITSELF: Reader = { subject: 'customs', organisationId: '', personas: [], via: 'system' };

/** What the timer looks at and speaks to. */
@Injectable()
export class ExpiryTools {
  readonly clock: Clock;
  readonly logger: Logger;

  constructor(@Inject(CLOCK) clock: Clock, @Inject(LOGGER) logger: Logger) {
    this.clock = clock;
    this.logger = logger;
  }
}

/**
 * Marks releases whose time is over, again and again. It only keeps the books: deliveries are refused by the dates
 * themselves. Several processes may do it at once, for a release expires once and the second finds nothing to change.
 */
@Injectable()
export class ExpiryTimer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #releases: ReleaseQueries;
  readonly #change: ChangeRelease;
  readonly #intervalMs: number;
  readonly #tools: ExpiryTools;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    releases: ReleaseQueries,
    change: ChangeRelease,
    @Inject(SERVICE_CONFIG) config: CustomsConfig,
    tools: ExpiryTools,
  ) {
    this.#releases = releases;
    this.#change = change;
    this.#intervalMs = config.EXPIRY_INTERVAL_MS;
    this.#tools = tools;
  }

  onApplicationBootstrap(): void {
    this.#schedule();
  }

  /** Lets the turn in hand finish, before the database closes. */
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
      for (const id of await this.#releases.overdue(this.#tools.clock.now(), BATCH)) {
        const outcome = await this.#change.execute(id, 'expire', 'The time of the release is over.', BY_ITSELF);
        if (!outcome.ok)
          this.#tools.logger.warn({ release: id, code: outcome.error.code }, 'A release could not expire');
      }
    } catch (error) {
      this.#tools.logger.warn({ err: error }, 'Looking for expired releases failed; it is tried at every turn');
    }
  }
}
