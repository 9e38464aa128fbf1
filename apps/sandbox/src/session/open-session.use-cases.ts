import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { LOGGER, type CallerIdentity } from '@hetao/runtime';
import { HouseSessions } from './session-house.use-cases.js';
import { LiveSessions } from './live-sessions.register.js';
import { sessionErrors } from './session.errors.js';
import { PixelSessions } from './session.use-cases.js';
import type { PixelSession } from './session.js';

/** Starts an approved session: takes it out of the list, provides its screen and its recording, and says that it is ready. */
@Injectable()
export class OpenSession {
  readonly #sessions: PixelSessions;
  readonly #house: HouseSessions;
  readonly #live: LiveSessions;
  readonly #logger: Logger;

  constructor(sessions: PixelSessions, house: HouseSessions, live: LiveSessions, @Inject(LOGGER) logger: Logger) {
    this.#sessions = sessions;
    this.#house = house;
    this.#live = live;
    this.#logger = logger;
  }

  /** @returns what provisioning refuses, and SESSION_NOT_PROVIDED when its screen or its recording cannot be had. */
  async execute(id: string, by: CallerIdentity): Promise<Result<PixelSession, DomainError>> {
    const provisioned = await this.#sessions.provision(id, by, this.#live.holder);
    if (!provisioned.ok) return provisioned;
    try {
      await this.#live.open(provisioned.value);
    } catch (error) {
      this.#logger.error({ err: error, session: id }, 'A session could not be provided');
      await this.#house.step(id, 'fail', 'its screen or its recording could not be had');
      return err(sessionErrors.SESSION_NOT_PROVIDED(`${id} has failed; nothing was shown.`));
    }
    const status = await this.#house.step(id, 'ready', 'screen and recording stand');
    return ok({ ...provisioned.value, status });
  }
}
