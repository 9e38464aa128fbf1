import { setTimeout as pause } from 'node:timers/promises';
import type { Redelivery } from '../redelivery.js';
import type { Harm, Strike } from './fault-plan.js';
import type { PlatformWorld } from './world.js';

const LOOK_EVERY_MS = 10;
/** Trades that stand still because of the last strike would otherwise keep the next one away. */
const LONGEST_WAIT_MS = 4_000;

/** Carries out a plan: each strike when the trades have come as far as it says. */
export class Nemesis {
  readonly #recovering: Promise<unknown>[] = [];

  constructor(
    private readonly world: PlatformWorld,
    private readonly redelivery: Redelivery,
    private readonly stepsDone: () => number,
  ) {}

  /** Resolves when the last harm is over: every process may run, every line is quick. */
  async run(plan: readonly Strike[]): Promise<void> {
    for (const { afterSteps, laterMs, harm, redelivers } of plan) {
      const deadline = Date.now() + LONGEST_WAIT_MS;
      while (this.stepsDone() < afterSteps && Date.now() < deadline) await pause(LOOK_EVERY_MS);
      await pause(laterMs);
      if (redelivers) await this.redelivery.again();
      const striking = this.#strike(harm);
      // It is awaited at the end: what fails until then must not end the whole campaign before it has cleared up.
      striking.catch(() => undefined);
      this.#recovering.push(striking);
    }
    await Promise.all(this.#recovering);
  }

  async #strike(harm: Harm): Promise<void> {
    const { world } = this;
    switch (harm.kind) {
      case 'kill':
        await world.kill(harm.service);
        await pause(harm.forMs);
        return world.giveBack(harm.service);
      case 'freeze':
        world.service(harm.service).signal('SIGSTOP');
        await pause(harm.forMs);
        world.service(harm.service).signal('SIGCONT');
        return;
      case 'reset':
        world.line(harm.line).reset();
        return;
      case 'slow':
        world.line(harm.line).slow(harm.delayMs);
        await pause(harm.forMs);
        return world.line(harm.line).slow(0);
      case 'crash-database':
        return this.#oneAfterTheOther(() => world.crashDatabase());
      case 'fill-disk':
        return this.#oneAfterTheOther(() => world.fillDisk(harm.forMs));
      case 'jump-clock':
        await world.putClock(harm.service, harm.byMs);
        await pause(harm.forMs);
        return world.putClock(harm.service, 0);
      case 'kill-broker':
        return this.#oneAfterTheOther(async () => {
          await world.killBroker();
          await pause(harm.forMs);
          await world.restartBroker();
        });
    }
  }

  #restarting: Promise<void> = Promise.resolve();

  /** A server that is coming up cannot be brought down a second time from here. */
  #oneAfterTheOther(work: () => Promise<void>): Promise<void> {
    this.#restarting = this.#restarting.then(work);
    return this.#restarting;
  }
}
