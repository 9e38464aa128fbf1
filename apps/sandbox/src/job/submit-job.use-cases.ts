import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { documentHash } from '@hetao/proofs';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { ComputeAccess, type OpenedEnclave } from '../access/compute.access.js';
import { floorFor, needsApproval, progressOf, type JobKind, type JobState } from './job.js';
import { jobErrors } from './job.errors.js';
import type { Job } from './job.record.js';
import { JobDesk } from './job.desk.js';
import type { PlannedJob } from './job.planner.js';

/** A job as somebody sends it. */
export interface JobWish {
  readonly enclaveId: string;
  readonly kind: JobKind;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isDryRun: boolean;
}

interface Drafting {
  readonly opened: OpenedEnclave;
  readonly author: string;
  readonly planned: PlannedJob;
}

/** Takes a job in: it may run, it is understood, its compute is set aside. Nothing runs before all three. */
@Injectable()
export class SubmitJob {
  readonly #uow: UnitOfWork;
  readonly #access: ComputeAccess;
  readonly #desk: JobDesk;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, access: ComputeAccess, desk: JobDesk, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#access = access;
    this.#desk = desk;
    this.#clock = clock;
  }

  /** @returns the errors of access, gate and reservation; JOB_DRY_RUN_MISSING for what has not run on the twin. */
  execute(wish: JobWish, caller: CallerIdentity): Promise<Result<Job, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const opened = await this.#access.open(tx, wish.enclaveId, caller);
      if (!opened.ok) return opened;
      const planned = await this.#desk.planner.plan(wish.kind, wish.body, opened.value.version.tables);
      if (!planned.ok) return planned;
      const licensed = await this.#mayRun(tx, wish, opened.value);
      if (!licensed.ok) return licensed;
      const job = await this.#draft(tx, wish, {
        ...{ opened: opened.value, author: caller.subject, planned: planned.value },
      });
      if (!wish.isDryRun && !(await this.#desk.jobs.hasDryRun(tx, job.agreementId, job.codeHash))) {
        return err(jobErrors.JOB_DRY_RUN_MISSING('This job has not ended well on the twin under this agreement.'));
      }
      const reserved = await this.#desk.reserve(tx, job, opened.value.grant.terms);
      if (!reserved.ok) return reserved;
      await this.#desk.jobs.insert(tx, job);
      return ok(job);
    });
  }

  /** Code of one's own runs where the terms say so; where they do not, templates of the custodian's alone. */
  async #mayRun(
    tx: Tx,
    { kind, body }: JobWish,
    { enclave, grant }: OpenedEnclave,
  ): Promise<Result<null, DomainError>> {
    if (kind !== 'code' || grant.terms.ownCode) return ok(null);
    const isTemplate = await this.#desk.jobs.isApproved(tx, enclave.id, null, documentHash({ kind, body }));
    return isTemplate
      ? ok(null)
      : err(jobErrors.JOB_CODE_NOT_LICENSED(`${grant.agreementId} runs templates of the custodian’s only.`));
  }

  async #draft(tx: Tx, wish: JobWish, { opened, author, planned }: Drafting): Promise<Job> {
    const { enclave, version, grant } = opened;
    const { kind, body, isDryRun } = wish;
    const codeHash = documentHash({ kind, body });
    const approved = await this.#desk.jobs.isApproved(tx, enclave.id, grant.agreementId, codeHash);
    const state: JobState = needsApproval(kind, isDryRun, approved) ? 'awaiting_approval' : 'queued';
    const at = this.#clock.now();
    const { legalBasis, place, releaseId } = grant;
    return {
      ...{ id: newId('job'), enclaveId: enclave.id, versionId: version.id, agreementId: grant.agreementId },
      ...{ buyerId: grant.buyerId, custodianId: enclave.custodianId, author, kind, body, codeHash, isDryRun, state },
      // The twin holds nobody: it may run anywhere.
      ...{
        reason: null,
        floor: floorFor(kind, isDryRun ? 'L0' : grant.floor),
        level: null,
        basis: { ...legalBasis, place, releaseId },
      },
      ...{ meters: grant.meters, reserved: this.#desk.estimate(planned, isDryRun), used: null, money: 'reserved' },
      ...{ progress: progressOf(state), result: null, submittedAt: at, changedAt: at, version: 1 },
    };
  }
}
