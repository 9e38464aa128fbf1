import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import type { DisclosureError } from '../disclosure/disclosure.errors.js';
import { rulesWith } from '../disclosure/disclosure-rules.js';
import type { PatientSet } from '../disclosure/evidence.js';
import { QueryLedger } from '../disclosure/query-ledger.repository.js';
import { EnclaveRepository } from '../enclave/enclave.repository.js';
import type { IsolationLevel } from '../isolation/isolation-level.js';
import type { Job } from './job.record.js';
import type { JobGround } from './job.runner.js';
import { ReceiptWriter } from '../receipt/receipt.writer.js';

/** The books a job is entered in: what was told of whom, and its receipt. */
@Injectable()
export class JobBooks {
  readonly receipts: ReceiptWriter;
  readonly #ledger: QueryLedger;
  readonly #enclaves: EnclaveRepository;
  readonly #clock: Clock;

  constructor(receipts: ReceiptWriter, ledger: QueryLedger, enclaves: EnclaveRepository, @Inject(CLOCK) clock: Clock) {
    this.receipts = receipts;
    this.#ledger = ledger;
    this.#enclaves = enclaves;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  /** @throws Error when a job names what is not there, which foreign keys keep from happening. */
  async groundOf(tx: Tx, job: Job, level: IsolationLevel): Promise<JobGround> {
    const enclave = await this.#enclaves.find(tx, job.enclaveId);
    const version = await this.#enclaves.version(tx, job.versionId);
    if (!enclave || !version) throw new Error(`Job ${job.id} stands on nothing.`);
    return { enclave, version, level };
  }

  /** Enters whom an answer tells of, before it is shown. */
  enter(
    tx: Tx,
    job: Job,
    { sets, ground }: { readonly sets: readonly PatientSet[]; readonly ground: JobGround },
  ): Promise<Result<string, DisclosureError>> {
    const { minPatients, terms } = ground.enclave;
    const rules = { ...rulesWith(minPatients), queriesPerDay: terms.queriesPerDay };
    // A patient keeps her number from version to version, so that answers on two of them are held against each other.
    const family = `${job.buyerId} ${job.enclaveId}`;
    return this.#ledger.enter(tx, { family, project: job.agreementId, jobId: job.id, sets, at: this.now() }, rules);
  }
}
