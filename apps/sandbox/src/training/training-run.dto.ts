import { z } from 'zod';
import { activations } from '@hetao/learning';
import { idSchema, pageOf, text } from '@hetao/runtime';
import {
  expectedPatients,
  CUT_LAYER_WARNING,
  runStates,
  trainingModes,
  type HandshakeTerms,
  type TrainingRun,
} from './training-run.js';
import type { Proposal } from './training-run.use-cases.js';
import type { ReleasedRound } from './round.use-cases.js';

const architecture = z.strictObject({
  inputs: z.int(),
  layers: z.array(z.strictObject({ units: z.int(), activation: z.enum(activations) })).max(6),
});
const data = z.strictObject({
  table: text(64),
  features: z
    .array(
      z.strictObject({ column: text(64), centre: z.number().prefault(0), scale: z.number().positive().prefault(1) }),
    )
    .min(1)
    .max(512)
    .meta({
      description: 'Read as (x − centre) / scale, both known without the data; what is missing counts as the centre.',
    }),
  label: z.strictObject({ column: text(64), positive: text(64) }),
});
const learningRate = z.number().positive().max(10);
const optimiser = z.union([
  z.strictObject({
    kind: z.literal('sgd'),
    learning_rate: learningRate,
    momentum: z.number().min(0).max(0.999).prefault(0),
  }),
  z.strictObject({ kind: z.literal('adam'), learning_rate: learningRate }),
]);

/** Strict throughout: there is no field in which the other side could send gradients for layers that are not its own. */
export const newRunDto = z
  .strictObject({
    enclave_id: z.string().max(64),
    data,
    mode: z.enum(trainingModes),
    architecture,
    split_at: z.int().min(0).max(6),
    optimiser,
    privacy: z.strictObject({
      clip: z.number().min(0.01).max(100),
      noise_multiplier: z.number().min(0.3).max(100),
      expected_batch: z.int().min(1).max(1_000_000),
    }),
    rounds: z.int().min(1).max(20_000),
    seed: z.int().min(0).max(0xffff_ffff).prefault(1),
    cut: z
      .strictObject({
        sigma: z.number().positive().max(10_000),
        label_truth: z.number().min(0).max(0.99),
        acknowledged_warning: z.literal(CUT_LAYER_WARNING),
      })
      .optional()
      .meta({ description: 'Mode C only. The warning must be sent word for word.' }),
  })
  .meta({ id: 'NewTrainingRun' });

export const termsDto = z
  .strictObject({
    architecture_hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
    dataset_version_id: z.string().max(64),
    epsilon: z.number(),
    delta: z.number(),
    clip: z.number(),
    noise_multiplier: z.number(),
    sampling_rate: z.number(),
    rounds: z.int(),
  })
  .meta({ id: 'HandshakeTerms' });

export const runDto = z
  .object({
    id: idSchema('trn'),
    ledger_id: z.string(),
    enclave_id: z.string(),
    dataset_version_id: z.string(),
    data,
    organisation_id: z.string(),
    state: z.enum(runStates),
    mode: z.enum(trainingModes),
    architecture: architecture.meta({ description: 'Pinned by its hash.' }),
    split_at: z.int(),
    architecture_hash: z.string(),
    optimiser,
    privacy: z.object({
      clip: z.number(),
      noise_multiplier: z.number(),
      sampling_rate: z.number(),
      expected_batch: z.int(),
    }),
    rounds: z.int(),
    round: z.int().meta({ description: 'The last one that was released.' }),
    epsilon: z.number().meta({ description: 'Of the whole project after that round, at the ledger’s δ.' }),
    used: z
      .object({ vcpu_seconds: z.number(), gb_seconds: z.number() })
      .meta({ description: 'What its rounds have used so far; billed when it ends.' }),
    curve: z.array(z.object({ round: z.int(), loss: z.number() })).max(200),
  })
  .meta({ id: 'TrainingRun' });
export type RunDto = z.output<typeof runDto>;
export const runPageDto = pageOf(runDto).meta({ id: 'TrainingRunPage' });

export const releasedDto = z
  .object({
    round: z.int(),
    vector: z.string().meta({ description: 'Base64 of little-endian doubles: whole steps of 2⁻¹⁶.' }),
    epsilon: z.number(),
    state: z.enum(runStates),
  })
  .meta({ id: 'ReleasedRound' });

export function proposalOf(body: z.output<typeof newRunDto>): Proposal {
  const { learning_rate: rate, ...setting } = body.optimiser;
  const { clip, noise_multiplier: noiseMultiplier, expected_batch: expectedBatch } = body.privacy;
  return {
    enclaveId: body.enclave_id,
    data: body.data,
    expectedBatch,
    plan: {
      mode: body.mode,
      architecture: body.architecture,
      splitAt: body.split_at,
      optimiser: { ...setting, learningRate: rate },
      // The rate is worked out where the number of patients is known.
      privacy: { clip, noiseMultiplier, samplingRate: 0 },
      rounds: body.rounds,
      seed: body.seed,
      cut: body.cut === undefined ? null : { sigma: body.cut.sigma, labelTruth: body.cut.label_truth },
    },
  };
}

export function toRunDto(run: TrainingRun): RunDto {
  const { plan } = run;
  const { learningRate: rate, ...setting } = plan.optimiser;
  return {
    id: run.id,
    ledger_id: run.ledgerId,
    enclave_id: run.data.enclaveId,
    dataset_version_id: run.data.datasetVersionId,
    data: {
      table: run.data.table,
      features: run.data.reading.features.map((feature) => ({ ...feature })),
      label: { ...run.data.reading.label },
    },
    organisation_id: run.organisationId,
    state: run.state,
    mode: plan.mode,
    architecture: { inputs: plan.architecture.inputs, layers: plan.architecture.layers.map((layer) => ({ ...layer })) },
    split_at: plan.splitAt,
    architecture_hash: run.architectureHash,
    optimiser: { ...setting, learning_rate: rate },
    privacy: {
      clip: plan.privacy.clip,
      noise_multiplier: plan.privacy.noiseMultiplier,
      sampling_rate: plan.privacy.samplingRate,
      expected_batch: Math.round(expectedPatients(plan, run.data)),
    },
    rounds: plan.rounds,
    round: run.round,
    epsilon: run.epsilon,
    used: { vcpu_seconds: run.cpuMs / 1_000, gb_seconds: Math.round(run.gbSeconds * 1_000) / 1_000 },
    curve: run.curve.points.map((point) => ({ ...point })),
  };
}

export function toReleasedDto({ round, vector, run }: ReleasedRound): z.output<typeof releasedDto> {
  return { round, vector: Buffer.from(vector).toString('base64'), epsilon: run.epsilon, state: run.state };
}

export function toTermsDto(terms: HandshakeTerms): z.output<typeof termsDto> {
  return {
    architecture_hash: terms.architectureHash,
    dataset_version_id: terms.datasetVersionId,
    epsilon: terms.epsilon,
    delta: terms.delta,
    clip: terms.clip,
    noise_multiplier: terms.noiseMultiplier,
    sampling_rate: terms.samplingRate,
    rounds: terms.rounds,
  };
}

export function termsOfDto(body: z.output<typeof termsDto>): HandshakeTerms {
  return {
    architectureHash: body.architecture_hash,
    datasetVersionId: body.dataset_version_id,
    epsilon: body.epsilon,
    delta: body.delta,
    clip: body.clip,
    noiseMultiplier: body.noise_multiplier,
    samplingRate: body.sampling_rate,
    rounds: body.rounds,
  };
}
