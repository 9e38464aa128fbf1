import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, SERVICE_CONFIG, type OnServiceOpen } from '@hetao/runtime';
import type { AttestationConfig } from '../attestation.config.js';
import { SealLog } from './seal-log.use-cases.js';

/** Seals again and again; the next turn is set only when the last is through. Nothing waits longer than the interval. */
@Injectable()
export class SealTimer implements OnServiceOpen, BeforeApplicationShutdown {
  readonly #seal: SealLog;
  readonly #intervalMs: number;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;

  constructor(seal: SealLog, @Inject(SERVICE_CONFIG) config: AttestationConfig, @Inject(LOGGER) logger: Logger) {
    this.#seal = seal;
    this.#intervalMs = config.ATTESTATION_SEAL_INTERVAL_MS;
    this.#logger = logger;
  }

  /** A service whose log does not fit its own checkpoint must not open: it would sign a fork. */
  async onServiceOpen(): Promise<void> {
    await this.#seal.open();
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

  /** Never rejects: entries wait, durable, until the database is back. */
  async #turn(): Promise<void> {
    try {
      await this.#seal.execute();
      if (this.#failing) this.#logger.info('Sealing the log works again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#logger.error({ err: error }, 'Sealing the log failed; it is tried at every turn');
      this.#failing = true;
    }
  }
}
