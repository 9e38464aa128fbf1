import { Injectable } from '@nestjs/common';
import { ok, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import type { AccessError } from '../access/access.errors.js';
import { ComputeAccess, type OpenedEnclave } from '../access/compute.access.js';
import { PrivacyAccount, type SpenderRef } from '../privacy/privacy-account.use-cases.js';
import type { HeldLedger } from '../privacy/privacy-ledger.repository.js';
import { deltaFor } from '../privacy/privacy-ledger.js';
import type { PrivacyError } from '../privacy/privacy.errors.js';
import { costOf, type TrainingRun } from './training-run.js';

export type BudgetError = PrivacyError | AccessError;
/** As whom a run asks for access. */
type Asker = Pick<CallerIdentity, 'subject' | 'organisationId'>;

/** What training may still cost, asked anew at each step: a licence that rests stops the next round, not the next run. */
@Injectable()
export class TrainingBudget {
  constructor(
    private readonly access: ComputeAccess,
    private readonly account: PrivacyAccount,
  ) {}

  /** Opens the enclave, and the budget its agreement has on the newest version. @returns what access answers. */
  async begin(
    tx: Tx,
    enclaveId: string,
    asker: Asker,
  ): Promise<Result<OpenedEnclave & { ledger: HeldLedger }, BudgetError>> {
    const opened = await this.#open(tx, enclaveId, asker);
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

  /** Sets all that a run will cost aside. @returns PRIVACY_BUDGET_EXHAUSTED. */
  reserve(tx: Tx, run: TrainingRun): Promise<Result<unknown, PrivacyError>> {
    return this.account.reserve(tx, refOf(run), costOf(run.plan));
  }

  /** Charges one release of a run whose author may still compute. @returns ε of the project after it. */
  async charge(tx: Tx, run: TrainingRun): Promise<Result<number, BudgetError>> {
    const opened = await this.#open(tx, run.data.enclaveId, {
      subject: run.author,
      organisationId: run.organisationId,
    });
    return opened.ok ? this.account.charge(tx, refOf(run)) : opened;
  }

  giveBack(tx: Tx, run: TrainingRun): Promise<void> {
    return this.account.giveBack(tx, refOf(run));
  }

  #open(tx: Tx, enclaveId: string, { subject, organisationId }: Asker): Promise<Result<OpenedEnclave, AccessError>> {
    const caller = { subject, organisationId, personas: ['buyer' as const], scopes: [], via: 'session' as const };
    return this.access.open(tx, enclaveId, { ...caller, displayName: '' });
  }
}

function refOf(run: Pick<TrainingRun, 'id' | 'ledgerId' | 'plan'>): SpenderRef {
  const spender = run.plan.mode === 'cut_layer' ? 'cut_release' : 'training_run';
  return { ledgerId: run.ledgerId, spender, spenderId: run.id };
}
