import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random.js';
import type { Redelivery } from '../redelivery.js';
import type { ChaosWorld } from './world.js';

/** What was done to metering. */
export interface Damage {
  services: number;
  databases: number;
  brokers: number;
}

const LONGEST_WAIT_MS = 2_000;

/** Does harm at random points, one at a time, and lets some work happen in between. */
export class Nemesis {
  readonly damage: Damage = { services: 0, databases: 0, brokers: 0 };

  #comingUp: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly world: ChaosWorld,
    private readonly random: Random,
    private readonly redelivery: Redelivery | undefined,
    private readonly answered: () => number,
  ) {}

  get kills(): number {
    const { services, databases, brokers } = this.damage;
    return services + databases + brokers;
  }

  async run(kills: number, say: (line: string) => void): Promise<void> {
    while (this.kills < kills) {
      await this.#someWork();
      await pause(this.random.between(0, 300));
      if (this.random.percent(50)) await this.redelivery?.again();
      await this.#strike();
      if (this.kills % 20 === 0) say(`${this.kills} kills: ${JSON.stringify(this.damage)}`);
    }
    await this.#revive();
  }

  /** Harm that meets an idle process proves nothing: waits for some answers, though not for ever. */
  async #someWork(): Promise<void> {
    const enough = this.answered() + this.random.between(0, 8);
    const deadline = Date.now() + LONGEST_WAIT_MS;
    while (this.answered() < enough && Date.now() < deadline) await pause(10);
  }

  async #strike(): Promise<void> {
    const dice = this.random.between(1, 100);
    if (dice <= 10) await this.#database();
    else if (dice <= 16 && this.world.broker) await this.#broker();
    else await this.#service();
  }

  /** Others go on while it comes up again; where there is none, it is waited for. */
  async #service(): Promise<void> {
    const victim = this.random.pick(this.world.victims.filter((one) => one.isServing));
    if (victim) {
      await victim.kill();
      this.damage.services += 1;
      this.#comingUp = Promise.all([this.#comingUp, victim.start()]);
    }
    if (!this.world.victims.some((one) => one.isServing)) await this.#comingUp;
  }

  async #database(): Promise<void> {
    this.damage.databases += 1;
    await this.world.crashDatabase();
    // A process may end itself when its database is away for long; in production somebody starts it again.
    await this.#revive();
  }

  async #broker(): Promise<void> {
    this.damage.brokers += 1;
    await this.world.broker?.kill();
    await pause(this.random.between(0, 1_000));
    await this.world.broker?.restart();
    await this.#revive();
  }

  async #revive(): Promise<void> {
    await this.#comingUp;
    for (const victim of this.world.victims) if (!victim.isRunning) await victim.start();
  }
}
