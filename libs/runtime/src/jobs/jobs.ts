import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Database } from '@hetao/persistence';
import type { OnServiceOpen } from '../service/opening.js';
import { DATABASE, LOGGER } from '../service/tokens.js';

/** Work that is done again and again. */
export interface Job {
  /** Names it in logs and in the lock, so it is unique over all services: `customs: expiry of releases`. */
  readonly name: string;
  /** Pause between the end of one turn and the next, in ms. */
  readonly intervalMs: number;
  /** One turn. It is bounded by itself: a batch, and the rest at the next turn. */
  readonly work: () => Promise<unknown>;
  /** Several processes: one does the turn, the others pass theirs over. Without it, turns must bear each other. */
  readonly alone?: boolean;
  /** The first turn does not wait for the interval. */
  readonly atOnce?: boolean;
}

/** How a job stands in this process. */
export interface JobStanding extends Pick<Job, 'name' | 'intervalMs'> {
  /** End of its last turn. */
  readonly lastAt: Date | undefined;
  /** Why that turn failed. */
  readonly fault: string | undefined;
}

/**
 * Does jobs again and again: never one twice at once in a process, never before the tables are there, and none is cut
 * off by a stop. A turn that fails is told once, not at every turn, and is tried again.
 */
@Injectable()
export class Jobs implements OnServiceOpen, BeforeApplicationShutdown {
  readonly #database: Database;
  readonly #logger: Logger;
  readonly #loops: Loop[] = [];
  #open = false;

  constructor(@Inject(DATABASE) database: Database, @Inject(LOGGER) logger: Logger) {
    this.#database = database;
    this.#logger = logger;
  }

  /** Begins a job; called before the service opens, it begins when it does. */
  every(job: Job): void {
    const loop = new Loop(job, (work) => (job.alone === true ? this.#alone(job.name, work) : work()), this.#logger);
    this.#loops.push(loop);
    if (this.#open) loop.begin();
  }

  /** Every job, in the order in which they were begun. */
  standing(): readonly JobStanding[] {
    return this.#loops.map((loop) => loop.standing);
  }

  onServiceOpen(): Promise<void> {
    this.#open = true;
    for (const loop of this.#loops) loop.begin();
    return Promise.resolve();
  }

  /** Lets the turns in hand finish, before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#loops.map((loop) => loop.stop()));
  }

  async #alone(name: string, work: () => Promise<unknown>): Promise<void> {
    await this.#database.withClient(async (client) => {
      const lock = [`hetao job ${name}`];
      const { rows } = await client.query<{ locked: boolean }>(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked',
        lock,
      );
      if (rows[0]?.locked !== true) return;
      try {
        await work();
      } finally {
        await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', lock);
      }
    });
  }
}

class Loop {
  readonly #job: Job;
  readonly #run: (work: () => Promise<unknown>) => Promise<unknown>;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #lastAt: Date | undefined;
  #fault: string | undefined;

  constructor(job: Job, run: (work: () => Promise<unknown>) => Promise<unknown>, logger: Logger) {
    this.#job = job;
    this.#run = run;
    this.#logger = logger;
  }

  get standing(): JobStanding {
    const { name, intervalMs } = this.#job;
    return { name, intervalMs, lastAt: this.#lastAt, fault: this.#fault };
  }

  begin(): void {
    this.#schedule(this.#job.atOnce === true ? 0 : this.#job.intervalMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#turn().finally(() => this.#schedule(this.#job.intervalMs));
    }, delayMs).unref();
  }

  /** Never rejects: a database that is away now may be back at the next turn. */
  async #turn(): Promise<void> {
    const { name: job } = this.#job;
    try {
      await this.#run(() => this.#job.work());
      if (this.#fault !== undefined) this.#logger.info({ job }, 'The job works again');
      this.#fault = undefined;
    } catch (error) {
      if (this.#fault === undefined)
        this.#logger.warn({ err: error, job }, 'The job failed; it is tried at every turn');
      this.#fault = error instanceof Error ? error.message : String(error);
    }
    this.#lastAt = new Date();
  }
}
