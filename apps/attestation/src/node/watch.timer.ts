import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '@hetao/kernel';
import { CLOCK, Jobs, LOGGER } from '@hetao/runtime';
import type { Peer } from './node.keys.js';
import { WatchPeer } from './watch-peer.use-cases.js';

/** Looks at the other node again and again. */
@Injectable()
export class WatchTimer {
  readonly #watch: WatchPeer;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(jobs: Jobs, watch: WatchPeer, @Inject(CLOCK) clock: Clock, @Inject(LOGGER) logger: Logger) {
    this.#watch = watch;
    this.#clock = clock;
    this.#logger = logger;
    if (watch.duty === undefined) return;
    const { peer, intervalMs } = watch.duty;
    // At once: a log that was restored from an old copy is to learn of it before it signs much.
    jobs.every({ name: 'attestation: other node', intervalMs, atOnce: true, work: () => this.#look(peer) });
  }

  async #look(peer: Peer): Promise<void> {
    const { raised } = await this.#watch.execute(peer, this.#clock.now());
    for (const alarm of raised) this.#logger.fatal({ alarm }, 'A log contradicts itself');
  }
}
