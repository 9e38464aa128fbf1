import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { encodeWeights, parameterCount } from '@hetao/learning';
import { UnitOfWork } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import { joinedWeights, lowerPart, upperCount } from './lower-part.js';
import { counting } from './round.use-cases.js';
import type { Worked } from './training.process.js';
import { step } from './training-run.js';
import { RunStore, type StoredRun } from './training-run.store.js';
import { TrainingBudget } from './training-budget.use-cases.js';
import type { RunError } from './training-run.use-cases.js';
import { trainingErrors } from './training.errors.js';
import { TrainingWorkers, type WorkersError } from './training.workers.js';

/** The vectors of a cut, once for ever: four bytes of their width, then doubles, then the labels as floats. */
export type CutError = RunError | WorkersError;

/** Mode C: one vector with noise for each patient leaves, once; nothing that comes back changes the layers below. */
@Injectable()
export class ReleaseCut {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly runs: RunStore,
    private readonly budget: TrainingBudget,
    private readonly workers: TrainingWorkers,
  ) {}

  /** @returns the same bytes however often it is asked. */
  async execute(id: string, caller: CallerIdentity): Promise<Result<Uint8Array, CutError>> {
    const run = await this.runs.readFor(id, caller);
    if (run === null || run.organisationId !== caller.organisationId || run.plan.cut === null) {
      return err(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${id} of yours in mode C.`));
    }
    if (run.release !== null) return ok(run.release);
    const worked = await this.#work(run);
    if (!worked.ok) return worked;
    return this.uow.runResult<Uint8Array, CutError>(async (tx) => {
      const held = await this.runs.lock(tx, id);
      if (held === null) return err(trainingErrors.TRAINING_RUN_NOT_FOUND(`No training run ${id}.`));
      if (held.release !== null) return ok(held.release);
      const state = step(held, 'cut');
      if (!state.ok) return state;
      const epsilon = await this.budget.charge(tx, held);
      if (!epsilon.ok) return epsilon;
      const { bytes: release } = worked.value;
      const requestSha256 = createHash('sha256').update(release).digest('hex');
      const next = {
        ...counting(held, worked.value),
        ...{ state: state.value, epsilon: epsilon.value, release, requestSha256 },
      };
      await this.runs.release(tx, next);
      await this.budget.close(tx, next);
      return ok(release);
    });
  }

  async #work(run: StoredRun): Promise<Result<Pick<Worked, 'use' | 'level'> & { bytes: Buffer }, CutError>> {
    const { architecture, splitAt, privacy, cut } = run.plan;
    if (cut === null) return err(trainingErrors.TRAINING_STATE_REFUSES('Only mode C releases a cut.'));
    // What is above the cut plays no part in it.
    const weights = joinedWeights(lowerPart(run.plan, null, 0).weights, new Float32Array(upperCount(run.plan)));
    if (weights.length !== parameterCount(architecture)) throw new Error('The parts do not make the whole.');
    const worked = await this.workers.work(run.data, {
      do: 'cut',
      architecture,
      weights: Buffer.from(encodeWeights(weights)).toString('base64'),
      plan: { clip: privacy.clip, sigma: cut.sigma, labelTruth: cut.labelTruth, splitAt },
    });
    if (!worked.ok) return worked;
    const { answer, use, level } = worked.value;
    const released = answer.cut;
    if (released === undefined) return err(trainingErrors.TRAINING_WORKER_FAILED('It answered something else.'));
    const width = Buffer.alloc(4);
    width.writeUInt32LE(released.width);
    const parts = [width, Buffer.from(released.vectors, 'base64'), Buffer.from(released.labels, 'base64')];
    return ok({ bytes: Buffer.concat(parts), use, level });
  }
}
