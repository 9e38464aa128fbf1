import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import {
  decodeGrid,
  decodeWeights,
  encodeGrid,
  encodeWeights,
  parameterCount,
  readRound,
  upperShare,
  withRound,
} from '@hetao/learning';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { followLower, joinedWeights, keptLower, lowerCount, lowerPart, upperCount } from './lower-part.js';
import { isSpent, withUse } from './training-account.js';
import type { Worked } from './training.process.js';
import { expectedPatients, step, turnOf, type RunState, type TrainingRun } from './training-run.js';
import { TrainingBudget, type BudgetError } from './training-budget.use-cases.js';
import { RunStore, type StoredRun } from './training-run.store.js';
import { trainingErrors } from './training.errors.js';
import { TrainingWorkers, type WorkersError } from './training.workers.js';

/** A round that may leave: it is charged, and the transaction that charged it has committed. */
export interface ReleasedRound {
  readonly round: number;
  /** Whole steps of the grid: the upper part's gradient sum, the loss, the count; all with noise. */
  readonly vector: Uint8Array;
  readonly run: TrainingRun;
}
export type RoundError = WorkersError | BudgetError;

/** One round of training: worked out in the enclave, charged and kept in one transaction, and only then handed on. */
@Injectable()
export class ReleaseRound {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RunStore,
    private readonly budget: TrainingBudget,
    private readonly workers: TrainingWorkers,
  ) {}

  /**
   * @param frame the other side's weights; empty in mode A. The same frame asked for again gets the same answer, uncharged.
   * @returns ROUND_REPLAYED, ROUND_OUT_OF_TURN, TRAINING_STATE_REFUSES, TRAINING_WORKER_FAILED, what the ledger says.
   * @throws DomainException ROUND_MALFORMED.
   */
  async execute(id: string, round: number, frame: Uint8Array): Promise<Result<ReleasedRound, RoundError>> {
    const before = await this.runs.read(id);
    if (before === null) return err(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${id}.`));
    const request = createHash('sha256').update(frame).digest('hex');
    const again = answerAgain(before, round, request);
    if (!again.ok || again.value !== null) return again as Result<ReleasedRound, RoundError>;
    const upper = decodeWeights(frame, upperCount(before.plan));
    const worked = await this.#work(before, upper);
    if (!worked.ok) return worked;
    return this.uow.runResult((tx) => this.#charge(tx, { id, round, request }, worked.value));
  }

  async #work(run: StoredRun, upper: Float32Array): Promise<Result<WorkedRound, RoundError>> {
    const { architecture, privacy } = run.plan;
    const lower = lowerPart(run.plan, run.lowerState, run.round).weights;
    const weights = Buffer.from(encodeWeights(joinedWeights(lower, upper))).toString('base64');
    const worked = await this.workers.work(run.data, { do: 'round', architecture, weights, privacy });
    if (!worked.ok) return worked;
    const { answer, use, level } = worked.value;
    const vector = decodeGrid(Buffer.from(answer.vector ?? '', 'base64'), parameterCount(architecture) + 2);
    return ok({ vector, use, level });
  }

  async #charge(
    tx: Tx,
    asked: { readonly id: string; readonly round: number; readonly request: string },
    worked: WorkedRound,
  ): Promise<Result<ReleasedRound, RoundError>> {
    const run = await this.runs.lock(tx, asked.id);
    if (run === null) return err(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${asked.id}.`));
    // Another request for this round may have been faster.
    const again = answerAgain(run, asked.round, asked.request);
    if (!again.ok || again.value !== null) return again as Result<ReleasedRound, RoundError>;
    const moved = step(run, 'round');
    if (!moved.ok) return moved;
    const epsilon = await this.budget.charge(tx, run);
    if (!epsilon.ok) return epsilon;
    const reading = readRound(worked.vector, run.plan.privacy.clip);
    const lower = lowerPart(run.plan, run.lowerState, run.round);
    followLower(lower, reading.gradientSum, expectedPatients(run.plan, run.data));
    const counted = counting(run, worked);
    const next = {
      ...counted,
      round: asked.round,
      state: stateAfter(counted, asked.round),
      epsilon: epsilon.value,
      curve: withRound(
        run.curve,
        { round: asked.round, lossSum: reading.lossSum, count: reading.count },
        run.plan.rounds,
      ),
      lowerState: Buffer.from(keptLower(lower)),
      requestSha256: asked.request,
      release: Buffer.from(encodeGrid(upperShare(worked.vector, lowerCount(run.plan)))),
    };
    await this.runs.release(tx, next);
    if (next.state !== 'training') await this.budget.close(tx, next);
    return ok({ round: next.round, vector: next.release, run: next });
  }
}

/** What a round came to in the enclave, and what it took. */
type WorkedRound = Pick<Worked, 'use' | 'level'> & { readonly vector: Float64Array };

/** A run that an order more was worked for. */
export function counting(run: StoredRun, { use, level }: Pick<Worked, 'use' | 'level'>): StoredRun {
  return { ...run, ...withUse(run, use), grounds: run.grounds && { ...run.grounds, level } };
}

/** The last round completes a run; one that has used what was set aside ends it. */
function stateAfter({ plan, grounds, ...use }: StoredRun, round: number): RunState {
  if (round === plan.rounds) return 'completed';
  return grounds !== null && isSpent(use, grounds.reserved) ? 'budget_exhausted' : 'training';
}

/** @returns the kept answer when this very round was answered before, null when it is the next one. */
function answerAgain(run: StoredRun, round: number, request: string): Result<ReleasedRound | null, RoundError> {
  const turn = turnOf(run, { round, same: run.requestSha256 === request });
  if (!turn.ok) return turn;
  if (turn.value === 'again' && run.release !== null) return ok({ round, vector: run.release, run });
  const moved = step(run, 'round');
  return moved.ok ? ok(null) : moved;
}
