import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { decodeWeights, encodeWeights } from '@hetao/learning';
import { UnitOfWork } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import { joinedWeights, lowerPart, upperCount } from './lower-part.js';
import type { Model } from './model.js';
import { SealedModels } from './sealed-models.store.js';
import { RunStore, type StoredRun } from './training-run.store.js';
import { deltaOf } from './training-run.use-cases.js';
import { trainingErrors } from './training.errors.js';
import { TrainingWorkers, type WorkersError } from './training.workers.js';
import type { Assessment } from './worker-protocol.js';

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
  async execute(runId: string, frame: Uint8Array, caller: CallerIdentity): Promise<Result<Model, WorkersError>> {
    const run = await this.runs.readFor(runId, caller);
    if (run === null || run.organisationId !== caller.organisationId) {
      return err(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${runId} of yours.`));
    }
    const there = await this.uow.run((tx) => this.models.ofRun(tx, runId));
    if (there !== null) return ok(there);
    if (run.state !== 'completed' || run.plan.mode === 'cut_layer') {
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
    const assessed = await this.#assess(run, weights);
    if (!assessed.ok) return assessed;
    return ok(
      await this.uow.run(async (tx) => {
        const finished = { run, weights, assessment: assessed.value, delta: await deltaOf(tx, run.ledgerId) };
        return this.models.seal(tx, finished, caller);
      }),
    );
  }

  async #assess(run: StoredRun, weights: Float32Array): Promise<Result<Assessment, WorkersError>> {
    const { architecture } = run.plan;
    const text = Buffer.from(encodeWeights(weights)).toString('base64');
    const answer = await this.workers.work(run.data, { do: 'assess', architecture, weights: text });
    if (!answer.ok) return answer;
    const { assessment } = answer.value;
    return assessment === undefined
      ? err(trainingErrors.TRAINING_WORKER_FAILED('It answered something else.'))
      : ok(assessment);
  }
}
