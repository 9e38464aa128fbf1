import { Inject, Injectable } from '@nestjs/common';
import { unwrap, type Clock, type DomainError } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { IsolationLadder } from '../isolation/isolation.ladder.js';
import { progressOf, step, type JobCommand, type JobState } from './job.js';
import { JobDesk } from './job.desk.js';
import { JobEnd } from './job-end.use-cases.js';
import type { Job } from './job.record.js';

const STRANDED_MS = 15 * 60_000;

/** Where jobs run, and when. */
@Injectable()
export class Surroundings {
  readonly ladder: IsolationLadder;
  readonly clock: Clock;

  constructor(ladder: IsolationLadder, @Inject(CLOCK) clock: Clock) {
    this.ladder = ladder;
    this.clock = clock;
  }
}

/** Takes jobs from the queue, one after the other, and brings each to its end. */
@Injectable()
export class RunJobs {
  readonly #uow: UnitOfWork;
  readonly #desk: JobDesk;
  readonly #end: JobEnd;
  readonly #around: Surroundings;

  constructor(uow: UnitOfWork, desk: JobDesk, end: JobEnd, around: Surroundings) {
    this.#uow = uow;
    this.#desk = desk;
    this.#end = end;
    this.#around = around;
  }

  /** One turn: a job, if there is one. @returns whether there was. */
  async execute(): Promise<boolean> {
    const job = await this.#uow.run(async (tx) => {
      const queued = await this.#desk.jobs.takeQueued(tx);
      return queued && this.#save(tx, queued, 'prepare');
    });
    if (!job) return false;
    const level = await this.#around.ladder.stand(job.floor);
    if (!level.ok) await this.#end.fail(job, 'isolation_lost', level.error);
    else {
      const running = await this.#uow.run(async (tx) => {
        const now = await this.#desk.jobs.load(tx, job.id);
        return now?.state === 'preparing' ? this.#save(tx, { ...now, level: level.value }, 'run') : null;
      });
      if (running) await this.#end.run(running, level.value);
    }
    return true;
  }

  /** Jobs whose process ended under them: the house failed, so they cost nothing. */
  async clearStranded(): Promise<void> {
    const before = new Date(this.#around.clock.now().getTime() - STRANDED_MS);
    const stranded = await this.#uow.run((tx) => this.#desk.jobs.stranded(tx, before));
    for (const job of stranded)
      await this.#end.fail(job, job.state === 'preparing' ? 'prepare_failed' : 'failed', STRANDED);
  }

  async #save(tx: Tx, job: Job, command: JobCommand): Promise<Job> {
    const state: JobState = unwrap(step(job.state, command));
    const next = { ...job, state, progress: progressOf(state), changedAt: this.#around.clock.now() };
    await this.#desk.jobs.save(tx, next);
    return next;
  }
}

const STRANDED: Pick<DomainError, 'code' | 'detail'> = {
  code: 'WORKER_FAILED',
  detail: 'The process that ran it ended.',
};
