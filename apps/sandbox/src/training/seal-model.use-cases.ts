import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { decodeWeights, encodeWeights } from '@hetao/learning';
import { UnitOfWork } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import { joinedWeights, lowerPart, upperCount } from './lower-part.js';
import type { ModelBillError } from './model.bill.js';
import type { Model } from './model.js';
import { SealedModels } from './sealed-models.store.js';
import { RunStore, type StoredRun } from './training-run.store.js';
import { deltaOf } from './training-run.use-cases.js';
import { trainingErrors } from './training.errors.js';
import { TrainingWorkers, type WorkersError } from './training.workers.js';
import type { Finished } from './sealed-models.store.js';
import type { RunState } from './training-run.js';

/** A run that ended before its last round, because what was set aside was used, has a model as far as it came. */
const FINISHED: readonly RunState[] = ['completed', 'budget_exhausted'];
type Assessed = Pick<Finished, 'assessment' | 'use'>;

/**
 * Joins both parts of a finished run where the data is, judges the whole on patients it has not seen, tries to tell who it
 * has seen, and seals it with its card. Nothing of the model has left.
 */
@Injectable()
export class SealModel {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RunStore,
    private readonly workers: TrainingWorkers,
    private readonly models: SealedModels,
  ) {}

  /**
   * @param frame Hong Kong's last weights; empty in mode A.
   * @returns the model there is, when the run has one; TRAINING_STATE_REFUSES before the last round.
   * @throws DomainException ROUND_MALFORMED.
   */
  async execute(
    runId: string,
    frame: Uint8Array,
    caller: CallerIdentity,
  ): Promise<Result<Model, WorkersError | ModelBillError>> {
    const run = await this.runs.readFor(runId, caller);
    if (run === null || run.organisationId !== caller.organisationId) {
      return err(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${runId} of yours.`));
    }
    const there = await this.uow.run((tx) => this.models.ofRun(tx, runId));
    if (there !== null) return ok(there);
    if (!FINISHED.includes(run.state) || run.plan.mode === 'cut_layer') {
      return err(
        trainingErrors.TRAINING_STATE_REFUSES(
          `${runId} is ${run.state}; a model is sealed after the last round of mode A or B.`,
        ),
      );
    }
    const weights = joinedWeights(
      lowerPart(run.plan, run.lowerState, run.round).weights,
      decodeWeights(frame, upperCount(run.plan)),
    );
    const opened = await this.uow.runResult((tx) => this.models.prepare(tx, run));
    if (!opened.ok) return opened;
    const assessed = await this.#assess(run, weights);
    if (!assessed.ok) return assessed;
    return ok(
      await this.uow.run(async (tx) => {
        const delta = await deltaOf(tx, run.ledgerId);
        return this.models.seal(tx, { run, weights, delta, opened: opened.value, ...assessed.value }, caller);
      }),
    );
  }

  async #assess(run: StoredRun, weights: Float32Array): Promise<Result<Assessed, WorkersError>> {
    const { architecture } = run.plan;
    const text = Buffer.from(encodeWeights(weights)).toString('base64');
    const worked = await this.workers.work(run.data, { do: 'assess', architecture, weights: text });
    if (!worked.ok) return worked;
    const { answer, use } = worked.value;
    const { assessment } = answer;
    return assessment === undefined
      ? err(trainingErrors.TRAINING_WORKER_FAILED('It answered something else.'))
      : ok({ assessment, use });
  }
}
