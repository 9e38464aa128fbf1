import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '@hetao/kernel';
import { CLOCK, LOGGER } from '@hetao/runtime';
import { customsItself } from '../shared/reader.js';
import { ReleaseQueries } from './release.queries.js';
import { ChangeRelease } from './release.use-cases.js';

const BATCH = 100;

/**
 * Closes the book on releases whose time is over. Deliveries are refused by the dates themselves. Several processes may
 * do it at once, for a release expires once and the second finds nothing to change.
 */
@Injectable()
export class ExpireReleases {
  readonly #releases: ReleaseQueries;
  readonly #change: ChangeRelease;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(
    releases: ReleaseQueries,
    change: ChangeRelease,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#releases = releases;
    this.#change = change;
    this.#clock = clock;
    this.#logger = logger;
  }

  async execute(): Promise<void> {
    const deed = { command: 'expire', reason: 'The time of the release is over.', by: customsItself } as const;
    for (const id of await this.#releases.overdue(this.#clock.now(), BATCH)) {
      const outcome = await this.#change.execute(id, deed);
      if (!outcome.ok) this.#logger.warn({ release: id, code: outcome.error.code }, 'A release could not expire');
    }
  }
}
