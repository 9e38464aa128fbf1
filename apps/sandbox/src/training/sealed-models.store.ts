import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId, type Clock } from '@hetao/kernel';
import { fromOnnx, modelCard, toOnnx, type ModelCard, type PortableModel } from '@hetao/learning';
import type { Tx } from '@hetao/persistence';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import { ModelRepository } from './model.repository.js';
import type { Model } from './model.js';
import type { TrainingRun } from './training-run.js';
import type { Assessment } from './worker-protocol.js';

/** How many rows a served model answers in its life. */
const QUERY_CAP = 10_000;
/** What made the model, told by its card: the arithmetic's own version. */
const CODE = 'hetao-learning/1';

/** A finished model on its way into the table. */
export interface Finished {
  readonly run: TrainingRun;
  readonly weights: Float32Array;
  readonly assessment: Assessment;
  /** δ at which the card's ε is told. */
  readonly delta: number;
}

/** Models as files with cards. */
@Injectable()
export class SealedModels {
  constructor(
    private readonly models: ModelRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  ofRun(tx: Tx, runId: string): Promise<Model | null> {
    return this.models.ofRun(tx, runId);
  }

  /** @returns the model; the one that was faster when two were sealed at once. */
  async seal(tx: Tx, finished: Finished, caller: CallerIdentity): Promise<Model> {
    const { run } = finished;
    const card = cardOf(finished);
    const onnx = toOnnx(portable(finished, card));
    // What may leave one day is what was written: the file is read back before it is kept.
    fromOnnx(onnx);
    const model: Model = {
      id: newId('mdl'),
      runId: run.id,
      organisationId: run.organisationId,
      ownerOrganisationId: run.ownerOrganisationId,
      author: caller.subject,
      state: 'assessed',
      card,
      onnxSha256: createHash('sha256').update(onnx).digest('hex'),
      queriesLeft: QUERY_CAP,
      votes: [],
    };
    if (await this.models.insert(tx, model, onnx, this.clock.now())) return model;
    return (await this.models.ofRun(tx, run.id)) ?? model;
  }
}

function cardOf({ run, assessment, delta }: Finished): ModelCard {
  const { membership, ...quality } = assessment;
  return modelCard({
    datasetVersionId: run.data.datasetVersionId,
    architecture: run.plan.architecture,
    architectureHash: run.architectureHash,
    codeHash: createHash('sha256').update(CODE).digest('hex'),
    mode: run.plan.mode,
    privacy: { epsilon: run.epsilon, delta, rounds: run.plan.rounds },
    quality,
    membership,
  });
}

function portable({ run, weights }: Finished, card: ModelCard): PortableModel {
  const { features } = run.data.reading;
  return {
    architecture: run.plan.architecture,
    weights,
    scaling: { centres: features.map(({ centre }) => centre), scales: features.map(({ scale }) => scale) },
    metadata: { model_card: JSON.stringify(card), inputs: features.map(({ column }) => column).join(',') },
  };
}
