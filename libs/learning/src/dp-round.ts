import { discreteGaussian, type DiscreteGaussian } from './discrete-gaussian.js';
import type { Network } from './network.js';
import { patientsOf, type PatientTable } from './patient-table.js';
import { unit, type RandomSource } from './random.js';

/** Steps of the grid in one unit: a gradient is a whole number of 2⁻¹⁶. */
export const GRID = 65_536;
/** A patient's loss above this counts as this. */
export const LOSS_CAP = 2;
/** How much of the clip the loss and the count may take, each. It costs one per cent of noise and gives both for nothing. */
const TELLING_SHARE = 0.1;
/** Below the clip by more than double arithmetic can be wrong, so the whole vector's length never passes it. */
const UNDER_THE_CLIP = 1 - 1e-9;

/** What a round hides a patient behind. */
export interface PrivacySetting {
  /** C: the most one patient's gradient may weigh. */
  readonly clip: number;
  /** z: the noise's standard deviation, in sensitivities. */
  readonly noiseMultiplier: number;
  /** q: the chance of each patient to be in a round. */
  readonly samplingRate: number;
}

/** One round's sums over its patients, in whole steps of the grid: gradient, then loss, then count. */
export type GridVector = Float64Array;

/** A round, read back: what an optimiser and a curve need. */
export interface RoundReading {
  /** Sum of clipped gradients. */
  readonly gradientSum: Float64Array;
  /** Sum of patients' losses, with noise: it may be negative. */
  readonly lossSum: number;
  /** How many patients, with noise. */
  readonly count: number;
}

/** Everyone by a coin of his own, as the accountant assumes. @returns the patients of the round; there may be none. */
export function poissonSample(patients: number, rate: number, source: RandomSource): Int32Array {
  const chosen = new Int32Array(patients);
  let count = 0;
  for (let patient = 0; patient < patients; patient += 1) {
    if (unit(source) >= rate) continue;
    chosen[count] = patient;
    count += 1;
  }
  return chosen.slice(0, count);
}

/** Sums the clipped gradients of the sampled patients; a patient's rows are averaged first, so each has one vote. */
export function clippedSum(network: Network, table: PatientTable, sample: Int32Array, clip: number): GridVector {
  const size = network.weights.length;
  const sum = new Float64Array(size + 2);
  const gradients = sum.subarray(0, size);
  const scratch = new Float64Array(hasVisits(table) ? size : 0);
  const telling = Math.floor(TELLING_SHARE * clip * GRID);
  for (const patient of sample) {
    const [from, to] = [table.starts[patient] ?? 0, table.starts[patient + 1] ?? 0];
    const loss =
      to - from === 1
        ? addRow({ network, table, row: from, clip, gradients })
        : addVisits({ network, table, from, to, clip, gradients, scratch });
    sum[size]! += Math.trunc((telling * cappedLoss(loss)) / LOSS_CAP);
    sum[size + 1]! += telling;
  }
  return sum;
}

/** The most one patient changes a round's vector: the clip, with its shares for loss and count. */
export function roundSensitivity(clip: number): number {
  return clip * Math.sqrt(1 + 2 * TELLING_SHARE * TELLING_SHARE);
}

/** Noise for rounds of this setting: σ = z × sensitivity, rounded up to a whole step of the grid. */
export function roundNoise(setting: PrivacySetting, source: RandomSource): DiscreteGaussian {
  const sigma = BigInt(Math.ceil(setting.noiseMultiplier * roundSensitivity(setting.clip) * GRID));
  return discreteGaussian({ numerator: sigma * sigma, denominator: 1n }, source);
}

/** Adds a sample of the noise to every number of the vector, in place. */
export function addNoise(vector: GridVector, noise: DiscreteGaussian): GridVector {
  for (let index = 0; index < vector.length; index += 1) vector[index]! += noise.sample();
  return vector;
}

/** One whole round where the data lies: sample, clip, sum, noise. What it returns may leave. */
export function privateRound(
  network: Network,
  table: PatientTable,
  setting: PrivacySetting,
  source: RandomSource,
): GridVector {
  const sample = poissonSample(patientsOf(table), setting.samplingRate, source);
  return addNoise(clippedSum(network, table, sample, setting.clip), roundNoise(setting, source));
}

/** Takes a round's vector off the grid. */
export function readRound(vector: GridVector, clip: number): RoundReading {
  const size = vector.length - 2;
  const telling = Math.floor(TELLING_SHARE * clip * GRID);
  return {
    gradientSum: vector.subarray(0, size).map((steps) => steps / GRID),
    lossSum: ((vector[size] ?? 0) * LOSS_CAP) / telling,
    count: (vector[size + 1] ?? 0) / telling,
  };
}

interface Patient {
  readonly network: Network;
  readonly table: PatientTable;
  readonly clip: number;
  readonly gradients: Float64Array;
}

/** The usual case, one row a patient: the length is known without writing the gradient, so it is written once, clipped. */
function addRow({ network, table, row, clip, gradients }: Patient & { readonly row: number }): number {
  const loss = network.learn(table.features, row * table.inputs, table.labels[row] ?? 0);
  const scale = clippedScale(Math.sqrt(network.gradientNormSquared()), clip);
  if (scale > 0) network.addWholeGradient(gradients, GRID * scale);
  return loss;
}

type Visits = Patient & { readonly from: number; readonly to: number; readonly scratch: Float64Array };

function addVisits({ network, table, from, to, clip, gradients, scratch }: Visits): number {
  scratch.fill(0);
  let loss = 0;
  for (let row = from; row < to; row += 1) {
    loss += network.learn(table.features, row * table.inputs, table.labels[row] ?? 0) / (to - from);
    network.addGradient(scratch, 1 / (to - from));
  }
  const norm = Math.sqrt(scratch.reduce((sum, value) => sum + value * value, 0));
  const scale = GRID * clippedScale(norm, clip);
  if (scale === 0) return loss;
  for (let index = 0; index < scratch.length; index += 1) {
    gradients[index]! += Math.trunc(scale * (scratch[index] ?? 0));
  }
  return loss;
}

function cappedLoss(loss: number): number {
  return loss < LOSS_CAP ? loss : LOSS_CAP;
}

function clippedScale(norm: number, clip: number): number {
  // Weights from outside may be such that a gradient is no number; that patient then adds nothing to the sum.
  if (!Number.isFinite(norm)) return 0;
  return norm > clip * UNDER_THE_CLIP ? (clip * UNDER_THE_CLIP) / norm : 1;
}

function hasVisits({ starts, labels }: PatientTable): boolean {
  return starts.length - 1 !== labels.length;
}
