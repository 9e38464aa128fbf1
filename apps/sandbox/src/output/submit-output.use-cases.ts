import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { sha256Hex } from '@hetao/proofs';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { ComputeAccess } from '../access/compute.access.js';
import { JobRepository } from '../job/job.repository.js';
import { ComputeLedger } from '../usage/usage.ledger.js';
import { checkFile, scanFile, toCsv } from './output-check.js';
import { outputErrors } from './output.errors.js';
import { OutputRepository, type OutputRequest } from './output.repository.js';

/** The rows that a request is made of. */
@Injectable()
export class OutputRows {
  readonly outputs: OutputRepository;
  readonly jobs: JobRepository;
  readonly ledger: ComputeLedger;

  constructor(outputs: OutputRepository, jobs: JobRepository, ledger: ComputeLedger) {
    this.outputs = outputs;
    this.jobs = jobs;
    this.ledger = ledger;
  }
}

/** Takes a result that passed the gate to the reviewers: scanned and checked before anybody sees it. */
@Injectable()
export class SubmitOutput {
  readonly #uow: UnitOfWork;
  readonly #access: ComputeAccess;
  readonly #rows: OutputRows;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, access: ComputeAccess, rows: OutputRows, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#access = access;
    this.#rows = rows;
    this.#clock = clock;
  }

  /** @returns OUTPUT_SOURCE_MISSING, the errors of access, COMPUTE_ALLOWANCE_USED_UP. */
  execute(
    wish: { readonly jobId: string; readonly title: string },
    caller: CallerIdentity,
  ): Promise<Result<OutputRequest, DomainError>> {
    return this.#uow.runResult(async (tx): Promise<Result<OutputRequest, DomainError>> => {
      const job = await this.#rows.jobs.find(tx, wish.jobId);
      const result =
        job?.buyerId === caller.organisationId && !job.isDryRun && job.state === 'done' ? job.result : null;
      if (!job || !result || result.rows.length === 0) {
        return err(outputErrors.OUTPUT_SOURCE_MISSING(`Job ${wish.jobId} has no result of yours that may leave.`));
      }
      const opened = await this.#access.open(tx, job.enclaveId, caller);
      if (!opened.ok) return opened;
      const content = new TextEncoder().encode(toCsv(result.columns, result.rows));
      const file = { fileName: `${job.id}.csv`, mediaType: 'text/csv', content };
      const gate = {
        name: 'disclosure',
        verdict: result.outcome,
        detail: `${result.findings.length} findings of the gate.`,
      };
      const scan = scanFile(file);
      const at = this.#clock.now();
      const { id: jobId, enclaveId, agreementId, buyerId, custodianId } = job;
      const output: OutputRequest = {
        ...{
          id: newId('out'),
          enclaveId,
          jobId,
          agreementId,
          buyerId,
          custodianId,
          author: caller.subject,
          title: wish.title,
        },
        ...{
          state: scan.verdict === 'fail' ? 'blocked_by_scan' : 'auto_checked',
          exception: null,
          releaseRecord: null,
        },
        ...{ fileName: file.fileName, mediaType: file.mediaType, contentHash: sha256Hex(content) },
        ...{ checks: [scan, ...checkFile(file), gate], createdAt: at, changedAt: at },
      };
      const { meters, terms } = opened.value.grant;
      const use = { useId: output.id, agreementId, enclaveId, meters, at };
      const reserved = await this.#rows.ledger.reserve(tx, use, { output_files: 1 }, terms);
      if (!reserved.ok) return reserved;
      await this.#rows.outputs.insert(tx, output, content);
      return ok(output);
    });
  }
}
