import { Injectable } from '@nestjs/common';
import { ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { AccessError } from '../access/access.errors.js';
import { ComputeAccess, type Asker, type OpenedEnclave } from '../access/compute.access.js';
import { PrivacyAccount, type SpenderRef } from '../privacy/privacy-account.use-cases.js';
import type { HeldLedger } from '../privacy/privacy-ledger.repository.js';
import { deltaFor } from '../privacy/privacy-ledger.js';
import type { PrivacyError } from '../privacy/privacy.errors.js';
import type { UsageError } from '../usage/usage.errors.js';
import type { RunGrounds } from './training-account.js';
import { TrainingBill } from './training.bill.js';
import { costOf, type TrainingRun } from './training-run.js';
import type { StoredRun } from './training-run.store.js';

export type BudgetError = PrivacyError | AccessError | UsageError;

/** What training may still cost, asked anew at each step: a licence that rests stops the next round, not the next run. */
@Injectable()
export class TrainingBudget {
  constructor(
    private readonly access: ComputeAccess,
    private readonly account: PrivacyAccount,
    private readonly bill: TrainingBill,
  ) {}

  /** Opens the enclave, and the budget its agreement has on the newest version. @returns what access answers. */
  async begin(
    tx: Tx,
    enclaveId: string,
    asker: Asker,
  ): Promise<Result<OpenedEnclave & { ledger: HeldLedger }, BudgetError>> {
    const opened = await this.access.open(tx, enclaveId, asker);
    if (!opened.ok) return opened;
    const { enclave, version, grant } = opened.value;
    const ledger = await this.account.openOnce(tx, {
      projectId: grant.agreementId,
      datasetVersionId: version.id,
      granteeOrganisationId: asker.organisationId,
      ownerOrganisationId: enclave.custodianId,
      epsilonCap: grant.terms.epsilon,
      delta: deltaFor(version.patients),
    });
    return ok({ ...opened.value, ledger });
  }

  /**
   * Sets aside all that a run will cost, of privacy and of compute.
   *
   * @returns on what grounds it computes; what access answers, PRIVACY_BUDGET_EXHAUSTED, COMPUTE_ALLOWANCE_USED_UP.
   */
  async reserve(tx: Tx, run: TrainingRun): Promise<Result<RunGrounds, BudgetError>> {
    const opened = await this.#openFor(tx, run);
    if (!opened.ok) return opened;
    const privacy = await this.account.reserve(tx, refOf(run), costOf(run.plan));
    return privacy.ok ? this.bill.reserve(tx, run, opened.value) : privacy;
  }

  /** Charges one release of a run whose author may still compute. @returns ε of the project after it. */
  async charge(tx: Tx, run: TrainingRun): Promise<Result<number, BudgetError>> {
    const opened = await this.#openFor(tx, run);
    return opened.ok ? this.account.charge(tx, refOf(run)) : opened;
  }

  /** Closes the accounts of a run that has ended: what it did not use is given back, what it used is billed and certified. */
  async close(tx: Tx, run: StoredRun): Promise<void> {
    await this.account.giveBack(tx, refOf(run));
    await this.bill.settle(tx, run);
  }

  #openFor(tx: Tx, { data, author, organisationId }: TrainingRun): Promise<Result<OpenedEnclave, AccessError>> {
    return this.access.open(tx, data.enclaveId, { subject: author, organisationId });
  }
}

function refOf(run: Pick<TrainingRun, 'id' | 'ledgerId' | 'plan'>): SpenderRef {
  const spender = run.plan.mode === 'cut_layer' ? 'cut_release' : 'training_run';
  return { ledgerId: run.ledgerId, spender, spenderId: run.id };
}
