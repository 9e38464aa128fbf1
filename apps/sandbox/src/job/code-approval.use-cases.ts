import { Inject, Injectable } from '@nestjs/common';
import { err, ok, unwrap, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { accessErrors } from '../access/access.errors.js';
import { EnclaveRepository } from '../enclave/enclave.repository.js';
import type { CodeApproval } from './code-approval.js';
import { CodeApprovals } from './code-approval.repository.js';
import { progressOf, step } from './job.js';
import { JobDesk } from './job.desk.js';

/** What a custodian lets run: code by its hash, for one agreement or, as a template, for every agreement on the enclave. */
export type ApprovalWish = Pick<CodeApproval, 'codeHash' | 'name' | 'agreementId'>;

/** The rows that approvals are about. */
@Injectable()
export class ApprovalRows {
  readonly approvals: CodeApprovals;
  readonly enclaves: EnclaveRepository;

  constructor(approvals: CodeApprovals, enclaves: EnclaveRepository) {
    this.approvals = approvals;
    this.enclaves = enclaves;
  }
}

/** The custodian's word on code. Whoever keeps the data gives it, and nobody else. */
@Injectable()
export class ApproveCode {
  readonly #uow: UnitOfWork;
  readonly #rows: ApprovalRows;
  readonly #desk: JobDesk;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, rows: ApprovalRows, desk: JobDesk, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#rows = rows;
    this.#desk = desk;
    this.#clock = clock;
  }

  /** Jobs that waited for this code are queued. @returns ENCLAVE_UNKNOWN for one that is somebody else's. */
  approve(enclaveId: string, wish: ApprovalWish, caller: CallerIdentity): Promise<Result<CodeApproval, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const own = await this.#own(tx, enclaveId, caller);
      if (!own.ok) return own;
      const at = this.#clock.now();
      const approval: CodeApproval = { ...wish, approvedBy: caller.subject, approvedAt: at, withdrawnAt: null };
      await this.#rows.approvals.save(tx, enclaveId, approval);
      for (const job of await this.#rows.approvals.jobs(tx, { enclaveId, ...wish }, 'awaiting_approval')) {
        const state = unwrap(step(job.state, 'queue'));
        await this.#desk.jobs.save(tx, { ...job, state, progress: progressOf(state), changedAt: at });
      }
      return ok(approval);
    });
  }

  /** From now on it does not run; what is queued of it is called off, and costs nothing. @returns ENCLAVE_UNKNOWN. */
  withdraw(enclaveId: string, codeHash: string, caller: CallerIdentity): Promise<Result<null, DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const own = await this.#own(tx, enclaveId, caller);
      if (!own.ok) return own;
      const at = this.#clock.now();
      await this.#rows.approvals.withdraw(tx, { enclaveId, codeHash, at });
      for (const job of await this.#rows.approvals.jobs(tx, { enclaveId, codeHash, agreementId: null }, 'queued')) {
        const state = unwrap(step(job.state, 'fail', 'rejected'));
        const reason = 'CODE_APPROVAL_WITHDRAWN: The custodian has withdrawn the approval of this code.';
        const rejected = { ...job, state, reason, progress: progressOf(state), changedAt: at };
        await this.#desk.jobs.save(tx, await this.#desk.closeAccount(tx, rejected, at));
      }
      return ok(null);
    });
  }

  /** All that were ever given on an enclave, newest first. @returns ENCLAVE_UNKNOWN. */
  list(enclaveId: string, caller: CallerIdentity): Promise<Result<readonly CodeApproval[], DomainError>> {
    return this.#uow.runResult(async (tx) => {
      const own = await this.#own(tx, enclaveId, caller);
      return own.ok ? ok(await this.#rows.approvals.list(tx, enclaveId)) : own;
    });
  }

  async #own(tx: Tx, id: string, caller: CallerIdentity): Promise<Result<null, DomainError>> {
    const enclave = await this.#rows.enclaves.find(tx, id);
    if (enclave?.custodianId === caller.organisationId) return ok(null);
    return err(accessErrors.ENCLAVE_UNKNOWN(`There is no enclave ${id} of yours.`));
  }
}
