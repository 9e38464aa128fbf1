import { Injectable } from '@nestjs/common';
import type { DomainError } from '@hetao/kernel';
import { documentHash } from '@hetao/proofs';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import type { DatasetVersion } from '../enclave/enclave.js';
import type { ReceiptFacts } from '../receipt/receipt.writer.js';
import { progressOf, type JobFailure, type JobState } from './job.js';
import { JobBooks } from './job.books.js';
import { JobDesk } from './job.desk.js';
import type { Job, JobResult } from './job.record.js';
import { JobRunner, type JobGround, type JobOutcome } from './job.runner.js';

const FAILURES: Readonly<Record<string, JobFailure>> = {
  QUERY_TIMED_OUT: 'timed_out',
  QUERY_OUT_OF_MEMORY: 'oom_killed',
  QUERIES_USED_UP: 'budget_exceeded',
};
const WITHHELD: JobResult = { outcome: 'fail', columns: [], rows: [], findings: [], suggestions: [] };

/** Runs a job that stands on its rung, and closes it: ledger, account and receipt in one transaction with its end. */
@Injectable()
export class JobEnd {
  readonly #uow: UnitOfWork;
  readonly #desk: JobDesk;
  readonly #runner: JobRunner;
  readonly #books: JobBooks;

  constructor(uow: UnitOfWork, desk: JobDesk, runner: JobRunner, books: JobBooks) {
    this.#uow = uow;
    this.#desk = desk;
    this.#runner = runner;
    this.#books = books;
  }

  async run(job: Job, level: IsolationLevel): Promise<void> {
    const ground = await this.#uow.run(async (tx) => this.#books.groundOf(tx, job, level));
    const outcome = await this.#runner.run(job, ground);
    await this.#uow.run(async (tx) => {
      const now = await this.#desk.jobs.load(tx, job.id);
      if (now === null) return;
      // Somebody called it off meanwhile: what ran until then is owed, and nothing is shown.
      const ended =
        now.state === 'cancelled' ? { ...now, used: outcome.used } : await this.#closed(tx, now, { outcome, ground });
      const settled = await this.#desk.closeAccount(tx, ended, this.#books.now());
      await this.#desk.jobs.save(tx, settled);
      if (!job.isDryRun && settled.money === 'settled')
        await this.#books.receipts.write(tx, certified(settled, ground.version), this.#books.now());
    });
  }

  /** Ends a job that never ran. */
  async fail(job: Job, state: JobFailure, { code, detail }: Pick<DomainError, 'code' | 'detail'>): Promise<void> {
    await this.#uow.run(async (tx) => {
      const failed = {
        ...job,
        state,
        reason: `${code}: ${detail}`,
        progress: progressOf(state),
        changedAt: this.#books.now(),
      };
      await this.#desk.jobs.save(tx, await this.#desk.closeAccount(tx, failed, this.#books.now()));
    });
  }

  async #closed(tx: Tx, job: Job, { outcome, ground }: { outcome: JobOutcome; ground: JobGround }): Promise<Job> {
    const ended = (state: JobState, reason: string | null, result: JobResult | null): Job => ({
      ...{
        ...job,
        state,
        reason,
        result,
        used: outcome.used,
        progress: progressOf(state),
        changedAt: this.#books.now(),
      },
    });
    if (!outcome.result.ok) {
      const { code, detail } = outcome.result.error;
      return ended(FAILURES[code] ?? 'failed', `${code}: ${detail}`, null);
    }
    const { result, sets } = outcome.result.value;
    // What was refused was asked as well: without a count, refusals would be free probes.
    if (job.isDryRun) return ended('done', null, result);
    const entered = await this.#books.enter(tx, job, { sets, ground });
    if (entered.ok) return ended('done', null, result);
    const { code, detail } = entered.error;
    const state = FAILURES[code];
    return state ? ended(state, `${code}: ${detail}`, null) : ended('done', `${code}: ${detail}`, WITHHELD);
  }
}

/** What a job's receipt says. */
function certified(job: Job, { id: versionId, contentHash }: DatasetVersion): ReceiptFacts {
  const { id: useId, enclaveId, agreementId, buyerId, custodianId, codeHash, level } = job;
  return {
    ...{ useId, enclaveId, versionId, contentHash, agreementId, buyerId, custodianId, codeHash, level },
    outcome: {
      legal_basis: { ...job.basis },
      state: job.state,
      used: { ...(job.used ?? {}) },
      result_hash: job.result === null ? null : documentHash(job.result),
    },
  };
}
