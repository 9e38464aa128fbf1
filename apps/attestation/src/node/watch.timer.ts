import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '@hetao/kernel';
import { CLOCK, LOGGER, type OnServiceOpen } from '@hetao/runtime';
import { NodeKeys, type Peer } from './node.keys.js';
import { WatchPeer } from './watch-peer.use-cases.js';

/** Looks at the other node again and again; the next turn is set only when the last is through. */
@Injectable()
export class WatchTimer implements OnServiceOpen, BeforeApplicationShutdown {
  readonly #watch: WatchPeer;
  readonly #keys: NodeKeys;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;

  constructor(watch: WatchPeer, keys: NodeKeys, @Inject(CLOCK) clock: Clock, @Inject(LOGGER) logger: Logger) {
    this.#watch = watch;
    this.#keys = keys;
    this.#clock = clock;
    this.#logger = logger;
  }

  onServiceOpen(): Promise<void> {
    const { peer } = this.#keys;
    // At once: a log that was restored from an old copy is to learn of it before it signs much.
    if (peer !== undefined) this.#schedule(peer, 0);
    return Promise.resolve();
  }

  /** Lets the look in hand finish, before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(peer: Peer, delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#turn(peer).finally(() => this.#schedule(peer, this.#keys.intervalMs));
    }, delayMs).unref();
  }

  /** Never rejects: a node that is away now may be back at the next turn. */
  async #turn(peer: Peer): Promise<void> {
    try {
      const { raised } = await this.#watch.execute(peer, this.#clock.now());
      for (const alarm of raised) this.#logger.fatal({ alarm }, 'A log contradicts itself');
      if (this.#failing) this.#logger.info('The other node can be watched again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing)
        this.#logger.warn({ err: error }, 'The other node could not be watched; it is tried at every turn');
      this.#failing = true;
    }
  }
}
