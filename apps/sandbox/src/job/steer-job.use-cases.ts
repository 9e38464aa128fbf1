import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { progressOf, step } from './job.js';
import { JobDesk } from './job.desk.js';
import { jobErrors } from './job.errors.js';
import type { Job } from './job.record.js';
import { JobRunner } from './job.runner.js';

/** Calls jobs off. */
@Injectable()
export class SteerJob {
  readonly #uow: UnitOfWork;
  readonly #desk: JobDesk;
  readonly #runner: JobRunner;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, desk: JobDesk, runner: JobRunner, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#desk = desk;
    this.#runner = runner;
    this.#clock = clock;
  }

  /** Called off before it ran, a job costs nothing; while it runs, what it used. @returns JOB_UNKNOWN, JOB_CANNOT_NOW. */
  cancel(id: string, caller: CallerIdentity): Promise<Result<Job, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const job = await this.#desk.jobs.load(tx, id);
      if (job?.buyerId !== caller.organisationId) return err(jobErrors.JOB_UNKNOWN(`There is no job ${id} of yours.`));
      const state = step(job.state, 'cancel');
      if (!state.ok) return state;
      const at = this.#clock.now();
      const cancelled: Job = { ...job, state: state.value, progress: progressOf(state.value), changedAt: at };
      const isRunning = job.state === 'running' || job.state === 'evidence';
      const saved = isRunning ? cancelled : await this.#desk.closeAccount(tx, cancelled, at);
      await this.#desk.jobs.save(tx, saved);
      tx.onCommitted(() => this.#runner.stop(id));
      return ok(saved);
    });
  }
}
