import { Inject, Injectable } from '@nestjs/common';
import { ok, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { OpenedEnclave } from '../access/compute.access.js';
import { ReceiptWriter, type ReceiptFacts } from '../receipt/receipt.writer.js';
import type { SandboxConfig } from '../sandbox.config.js';
import type { UsageError } from '../usage/usage.errors.js';
import { ComputeLedger } from '../usage/usage.ledger.js';
import { mostOfRun, owed, type RunGrounds } from './training-account.js';
import type { TrainingRun } from './training-run.js';
import type { StoredRun } from './training-run.store.js';

/** The compute of a run: set aside before its first round, billed and certified with its end, once each, under the run's id. */
@Injectable()
export class TrainingBill {
  constructor(
    private readonly ledger: ComputeLedger,
    private readonly receipts: ReceiptWriter,
    @Inject(SERVICE_CONFIG) private readonly config: SandboxConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns on what grounds the run computes; COMPUTE_ALLOWANCE_USED_UP. */
  async reserve(tx: Tx, run: TrainingRun, { version, grant }: OpenedEnclave): Promise<Result<RunGrounds, UsageError>> {
    const { agreementId, meters, legalBasis, place, releaseId } = grant;
    const reserved = mostOfRun(run.plan, run.data, this.config.SANDBOX_WORKER_MEMORY_MIB);
    const grounds: RunGrounds = {
      ...{ agreementId, meters, contentHash: version.contentHash, reserved, level: null },
      basis: { ...legalBasis, place, releaseId },
    };
    const held = await this.ledger.reserve(tx, this.#use(run, grounds), reserved, grant.terms);
    return held.ok ? ok(grounds) : held;
  }

  /** Bills what an ended run used, and certifies it; one that used nothing leaves no trace. */
  async settle(tx: Tx, run: StoredRun): Promise<void> {
    const { grounds } = run;
    if (grounds === null) return;
    const use = this.#use(run, grounds);
    if (run.cpuMs === 0) return this.ledger.refund(tx, run.id, use.at);
    await this.ledger.settle(tx, use, owed(run, grounds.reserved));
    await this.receipts.write(tx, certified(run, grounds), use.at);
  }

  #use({ id, data }: TrainingRun, { agreementId, meters }: RunGrounds) {
    return { useId: id, agreementId, enclaveId: data.enclaveId, meters, at: this.clock.now() };
  }
}

/** What a run's receipt says: ε beside the compute, since both were spent of what was agreed. */
function certified(run: StoredRun, grounds: RunGrounds): ReceiptFacts {
  const { contentHash, agreementId, level } = grounds;
  return {
    ...{ useId: run.id, enclaveId: run.data.enclaveId, versionId: run.data.datasetVersionId, contentHash, agreementId },
    ...{ buyerId: run.organisationId, custodianId: run.ownerOrganisationId, codeHash: run.architectureHash, level },
    outcome: {
      legal_basis: { ...grounds.basis },
      state: run.state,
      mode: run.plan.mode,
      rounds: run.round,
      used: { ...owed(run, grounds.reserved) },
      epsilon_of_project: run.epsilon,
    },
  };
}
