import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, newId, ok, type Result } from '@hetao/kernel';
import { emptyCurve } from '@hetao/learning';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import { TrainingBudget, type BudgetError } from './training-budget.use-cases.js';
import { trainingData, type TableReading } from './training-data.js';
import {
  checkPlan,
  compareTerms,
  pinnedText,
  plannedEpsilon,
  step,
  trainingPatients,
  type HandshakeTerms,
  type RunCommand,
  type TrainingPlan,
  type TrainingRun,
} from './training-run.js';
import { RunStore, takesPart, type StoredRun } from './training-run.store.js';
import { trainingErrors, type TrainingError } from './training.errors.js';

export type RunError = TrainingError | BudgetError;

/** What is proposed: a plan whose sampling rate follows from how many patients a round is meant to have. */
export interface Proposal {
  readonly enclaveId: string;
  readonly data: TableReading & { readonly table: string };
  readonly expectedBatch: number;
  readonly plan: TrainingPlan;
}

/** The life of a run up to its rounds and around them. */
@Injectable()
export class GuideRun {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RunStore,
    private readonly budget: TrainingBudget,
  ) {}

  /** @returns what access answers, TRAINING_DATA_REFUSED, TRAINING_PLAN_INVALID. @throws DomainException ARCHITECTURE_INVALID. */
  propose({ plan, ...asked }: Proposal, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    return this.uow.runResult<TrainingRun, RunError>(async (tx) => {
      const begun = await this.budget.begin(tx, asked.enclaveId, caller);
      if (!begun.ok) return begun;
      const { enclave, version, ledger } = begun.value;
      const data = trainingData(enclave, version, asked.data);
      if (!data.ok) return data;
      const samplingRate = asked.expectedBatch / trainingPatients(data.value);
      const whole = checkPlan({ ...plan, privacy: { ...plan.privacy, samplingRate } }, data.value);
      if (!whole.ok) return whole;
      const run: TrainingRun = {
        id: newId('trn'),
        ledgerId: ledger.id,
        data: data.value,
        author: caller.subject,
        organisationId: caller.organisationId,
        ownerOrganisationId: enclave.custodianId,
        state: 'proposed',
        plan: whole.value,
        architectureHash: createHash('sha256').update(pinnedText(whole.value)).digest('hex'),
        round: 0,
        epsilon: 0,
        curve: emptyCurve,
        ...{ cpuMs: 0, gbSeconds: 0 },
      };
      await this.runs.insert(tx, run);
      return ok(run);
    });
  }

  /** Whoever keeps the data lets it be trained on, and sets the budget of all its rounds aside. */
  approve(id: string, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    return this.#move(id, caller, 'approve', async (tx, run) => {
      if (!keeps(run, caller)) return err(unknown(id));
      const grounds = await this.budget.reserve(tx, run);
      if (grounds.ok) await this.runs.ground(tx, id, grounds.value);
      return grounds;
    });
  }

  deny(id: string, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    return this.#move(id, caller, 'deny', (_, run) => Promise.resolve(keeps(run, caller) ? ok(run) : err(unknown(id))));
  }

  pause(id: string, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    return this.#move(id, caller, 'pause');
  }

  resume(id: string, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    return this.#move(id, caller, 'resume');
  }

  /** Ends a run for ever; what it did not use may be planned for again, what it used is used. */
  abort(id: string, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    return this.#move(id, caller, 'abort', async (tx, run) => {
      await this.budget.close(tx, { ...run, state: 'aborted' });
      return ok(run);
    });
  }

  /** Both sides say what they mean; only when every term is the same may a round be asked for. @returns HANDSHAKE_MISMATCH. */
  shake(id: string, theirs: HandshakeTerms, caller: CallerIdentity): Promise<Result<TrainingRun, RunError>> {
    return this.#move(id, caller, 'shake', async (tx, run) => {
      if (run.plan.mode !== 'split') return err(trainingErrors.TRAINING_STATE_REFUSES('Only a split has two sides.'));
      return compareTerms(termsOf(run, await deltaOf(tx, run.ledgerId)), theirs);
    });
  }

  /** The terms as this side holds them. */
  terms(run: TrainingRun): Promise<HandshakeTerms> {
    return this.uow.run(async (tx) => termsOf(run, await deltaOf(tx, run.ledgerId)));
  }

  #move(
    id: string,
    caller: CallerIdentity,
    command: RunCommand,
    also: (tx: Tx, run: StoredRun) => Promise<Result<unknown, RunError>> = (_, run) => Promise.resolve(ok(run)),
  ): Promise<Result<TrainingRun, RunError>> {
    return this.uow.runResult(async (tx) => {
      const run = await this.runs.lock(tx, id);
      if (run === null || !takesPart(run, caller)) return err(unknown(id));
      const state = step(run, command);
      if (!state.ok) return state;
      const done = await also(tx, run);
      if (!done.ok) return done;
      if (state.value !== run.state) await this.runs.setState(tx, id, state.value);
      return ok({ ...run, state: state.value });
    });
  }
}

/** The terms of a run, as this side holds them. ε is what all rounds cost by themselves. */
function termsOf({ plan, architectureHash, data }: TrainingRun, delta: number): HandshakeTerms {
  const { clip, noiseMultiplier, samplingRate } = plan.privacy;
  const epsilon = plannedEpsilon(plan, delta);
  const { datasetVersionId } = data;
  return {
    architectureHash,
    datasetVersionId,
    epsilon,
    delta,
    clip,
    noiseMultiplier,
    samplingRate,
    rounds: plan.rounds,
  };
}

/** δ of the ledger a run spends from. */
export async function deltaOf(tx: Tx, ledgerId: string): Promise<number> {
  const [ledger] = await tx.query<{ delta: number }>('SELECT delta FROM privacy_ledgers WHERE id = $1', [ledgerId]);
  if (ledger === undefined) throw new Error(`A run of ledger ${ledgerId}, which is not there.`);
  return ledger.delta;
}

function keeps(run: StoredRun, caller: CallerIdentity): boolean {
  return caller.personas.includes('operator') || run.ownerOrganisationId === caller.organisationId;
}

function unknown(id: string): TrainingError {
  return trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${id}.`);
}
