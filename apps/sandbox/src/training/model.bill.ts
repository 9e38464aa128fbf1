import { Inject, Injectable } from '@nestjs/common';
import { err, newId, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { AccessError } from '../access/access.errors.js';
import { ComputeAccess, type OpenedEnclave } from '../access/compute.access.js';
import type { SandboxConfig } from '../sandbox.config.js';
import type { UsageError } from '../usage/usage.errors.js';
import { ComputeLedger, type ComputeUse } from '../usage/usage.ledger.js';
import { mostOfAssessment, owed } from './training-account.js';
import { modelIdOf, outputIdOf, type Model } from './model.js';
import type { TrainingRun, TrainingUse } from './training-run.js';
import { trainingErrors, type TrainingError } from './training.errors.js';

export type ModelBillError = AccessError | UsageError | TrainingError;
type Whole = Pick<TrainingRun, 'id' | 'plan' | 'data' | 'author' | 'organisationId'>;
/** Who is billed for what becomes of a model. */
type Billed = Pick<ComputeUse, 'agreementId' | 'enclaveId' | 'meters'>;

/**
 * What a model costs after its training, each under an id of its own, so that each counts once: judging it under the model's,
 * its way out under its output's, every question under the question's.
 */
@Injectable()
export class ModelBill {
  constructor(
    private readonly access: ComputeAccess,
    private readonly ledger: ComputeLedger,
    @Inject(SERVICE_CONFIG) private readonly config: SandboxConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sets aside what judging a model takes. Tried again after a crash, it is set aside once. @returns who is billed. */
  async reserveAssessment(tx: Tx, run: Whole): Promise<Result<OpenedEnclave, AccessError | UsageError>> {
    const { author: subject, organisationId } = run;
    const opened = await this.access.open(tx, run.data.enclaveId, { subject, organisationId });
    if (!opened.ok) return opened;
    const use = this.#use(modelIdOf(run.id), billedBy(opened.value));
    const held = await this.ledger.reserve(tx, use, this.#mostOf(run), opened.value.grant.terms);
    return held.ok ? opened : held;
  }

  settleAssessment(tx: Tx, run: Whole, opened: OpenedEnclave, used: TrainingUse): Promise<void> {
    return this.ledger.settle(tx, this.#use(modelIdOf(run.id), billedBy(opened)), owed(used, this.#mostOf(run)));
  }

  /** A model on its way out is an output like a table; it is counted when it has left. */
  async reserveRelease(tx: Tx, model: Model): Promise<Result<unknown, AccessError | UsageError>> {
    const opened = await this.#openFor(tx, model);
    if (!opened.ok) return opened;
    const use = this.#use(outputIdOf(model.id), billedBy(opened.value));
    return this.ledger.reserve(tx, use, { output_files: 1 }, opened.value.grant.terms);
  }

  settleRelease(tx: Tx, model: Model): Promise<void> {
    return this.ledger.settle(tx, this.#use(outputIdOf(model.id), model), { output_files: 1 });
  }

  refundRelease(tx: Tx, model: Model): Promise<void> {
    return this.ledger.refund(tx, outputIdOf(model.id), this.clock.now());
  }

  /**
   * Counts rows put to a model while its agreement is in force.
   *
   * @returns what access answers, MODEL_QUERIES_USED_UP.
   */
  async countRows(tx: Tx, model: Model, rows: number): Promise<Result<unknown, ModelBillError>> {
    const opened = await this.#openFor(tx, model);
    if (!opened.ok) return opened;
    const use = this.#use(newId('ask'), billedBy(opened.value));
    const held = await this.ledger.reserve(tx, use, { predictions: rows }, opened.value.grant.terms);
    if (!held.ok) return err(trainingErrors.MODEL_QUERIES_USED_UP(held.error.detail));
    await this.ledger.settle(tx, use, { predictions: rows });
    return held;
  }

  /** A model goes by the licence of who trained it, whoever of the organisation asks: its people, or a program of theirs. */
  #openFor(tx: Tx, { enclaveId, researcher, organisationId }: Model): Promise<Result<OpenedEnclave, AccessError>> {
    return this.access.open(tx, enclaveId, { subject: researcher, organisationId });
  }

  #mostOf({ plan, data }: Whole) {
    return mostOfAssessment(plan, data, this.config.SANDBOX_WORKER_MEMORY_MIB);
  }

  #use(useId: string, { agreementId, enclaveId, meters }: Billed): ComputeUse {
    return { useId, agreementId, enclaveId, meters, at: this.clock.now() };
  }
}

function billedBy({ enclave, grant: { agreementId, meters } }: OpenedEnclave): Billed {
  return { enclaveId: enclave.id, agreementId, meters };
}
