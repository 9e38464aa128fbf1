import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Result } from '@hetao/kernel';
import { fromOnnx, modelCard, toOnnx, type ModelCard, type PortableModel } from '@hetao/learning';
import type { Tx } from '@hetao/persistence';
import { CLOCK, type CallerIdentity } from '@hetao/runtime';
import type { OpenedEnclave } from '../access/compute.access.js';
import { ModelBill, type ModelBillError } from './model.bill.js';
import { ModelRepository } from './model.repository.js';
import { modelIdOf, type Model } from './model.js';
import type { TrainingRun, TrainingUse } from './training-run.js';
import type { Assessment } from './worker-protocol.js';

/** What made the model, told by its card: the arithmetic's own version. */
const CODE = 'hetao-learning/1';

/** A finished model on its way into the table. */
export interface Finished {
  readonly run: TrainingRun;
  readonly weights: Float32Array;
  readonly assessment: Assessment;
  /** What judging it took. */
  readonly use: TrainingUse;
  readonly opened: OpenedEnclave;
  /** δ at which the card's ε is told. */
  readonly delta: number;
}

/** Models as files with cards. */
@Injectable()
export class SealedModels {
  constructor(
    private readonly models: ModelRepository,
    private readonly bill: ModelBill,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  ofRun(tx: Tx, runId: string): Promise<Model | null> {
    return this.models.ofRun(tx, runId);
  }

  /** Sets aside what judging the model of a run takes. @returns what access answers, COMPUTE_ALLOWANCE_USED_UP. */
  prepare(tx: Tx, run: TrainingRun): Promise<Result<OpenedEnclave, ModelBillError>> {
    return this.bill.reserveAssessment(tx, run);
  }

  /** Seals a model with its card, and bills what judging it took. @returns the model; the one that was faster when two were sealed at once. */
  async seal(tx: Tx, finished: Finished, caller: CallerIdentity): Promise<Model> {
    const { run, opened } = finished;
    const card = cardOf(finished);
    const onnx = toOnnx(portable(finished, card));
    // What may leave one day is what was written: the file is read back before it is kept.
    fromOnnx(onnx);
    const model: Model = {
      id: modelIdOf(run.id),
      runId: run.id,
      organisationId: run.organisationId,
      ownerOrganisationId: run.ownerOrganisationId,
      ...{ enclaveId: run.data.enclaveId, agreementId: opened.grant.agreementId, meters: opened.grant.meters },
      author: caller.subject,
      researcher: run.author,
      state: 'assessed',
      card,
      onnxSha256: createHash('sha256').update(onnx).digest('hex'),
      queriesLeft: opened.grant.terms.predictions,
      votes: [],
    };
    await this.bill.settleAssessment(tx, run, opened, finished.use);
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
    privacy: { epsilon: run.epsilon, delta, rounds: run.round },
    seedCommitments: { first_weights: committed(run, String(run.plan.seed)) },
    quality,
    membership,
  });
}

/** What fixed a random choice, told without telling it: whoever holds it can show later that it was this one. */
function committed({ architectureHash, data }: TrainingRun, seed: string): string {
  return createHash('sha256').update(`${data.datasetVersionId} ${architectureHash} ${seed}`).digest('hex');
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
