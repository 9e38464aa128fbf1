import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '@hetao/runtime';
import { NextVersion } from '../product/next-version.use-cases.js';
import { SuspendLapsed, UpkeepList } from './upkeep.use-cases.js';

/** What one turn did. */
export interface UpkeepReport {
  readonly suspended: number;
  readonly applied: number;
}

/** One turn: what ran out is suspended, what is due takes its place. One that fails does not hold up the others. */
@Injectable()
export class KeepUp {
  readonly #list: UpkeepList;
  readonly #suspend: SuspendLapsed;
  readonly #versions: NextVersion;
  readonly #logger: Logger;

  constructor(list: UpkeepList, suspend: SuspendLapsed, versions: NextVersion, @Inject(LOGGER) logger: Logger) {
    this.#list = list;
    this.#suspend = suspend;
    this.#versions = versions;
    this.#logger = logger;
  }

  async execute(): Promise<UpkeepReport> {
    const suspended = await this.#each(await this.#list.lapsed(), (id) => this.#suspend.execute(id));
    const applied = await this.#each(await this.#list.due(), async (id) => {
      const outcome = await this.#versions.apply(id);
      return outcome.ok && outcome.value !== null;
    });
    if (suspended + applied > 0) this.#logger.info({ suspended, applied }, 'Listings were kept up');
    return { suspended, applied };
  }

  async #each(ids: readonly string[], work: (id: string) => Promise<boolean>): Promise<number> {
    let done = 0;
    for (const id of ids) {
      try {
        if (await work(id)) done += 1;
      } catch (error) {
        this.#logger.error({ err: error, id }, 'A listing could not be kept up; it is tried at the next turn');
      }
    }
    return done;
  }
}
