import { discreteGaussian } from './discrete-gaussian.js';
import { GRID } from './dp-round.js';
import type { Network } from './network.js';
import { patientsOf, type PatientTable } from './patient-table.js';
import { unit, type RandomSource } from './random.js';

/** More numbers a patient than this are not released: with them, inputs can be computed back. */
export const WIDEST_CUT = 16;

/** Mode C: what each patient's cut-layer vector hides behind. */
export interface CutSetting {
  /** The longest a vector may be. */
  readonly clip: number;
  /** σ: standard deviation of the noise on each number. */
  readonly sigma: number;
  /** p: the chance that a label is told as it is; otherwise it is a coin. */
  readonly labelTruth: number;
}

/** One row a patient, in whole steps of the grid: the vector, then the label. */
export interface CutRelease {
  readonly width: number;
  readonly vectors: Float64Array;
  readonly labels: Float32Array;
}

/** ρ of one release for one patient who may be replaced by any other: 2C²/σ², and the label's ε²/2. */
export function rhoOfCut({ clip, sigma, labelTruth }: CutSetting): number {
  return (2 * clip * clip) / (sigma * sigma) + epsilonOfLabel(labelTruth) ** 2 / 2;
}

/** Randomised response (Warner 1965): ln((1 + p) / (1 − p)) when a label is true with p and a fair coin otherwise. */
export function epsilonOfLabel(labelTruth: number): number {
  return Math.log((1 + labelTruth) / (1 - labelTruth));
}

/** Releases one noised vector and one noised label a patient, of his first row. The layers below the cut never change. */
export function cutRelease(
  network: Network,
  table: PatientTable,
  plan: CutSetting & { readonly splitAt: number },
  source: RandomSource,
): CutRelease {
  const sigma = BigInt(Math.ceil(plan.sigma * GRID));
  const noise = sigma === 0n ? undefined : discreteGaussian({ numerator: sigma * sigma, denominator: 1n }, source);
  const width = network.cutLayer(plan.splitAt).length;
  const patients = patientsOf(table);
  const release = { width, vectors: new Float64Array(patients * width), labels: new Float32Array(patients) };
  for (let patient = 0; patient < patients; patient += 1) {
    const row = table.starts[patient] ?? 0;
    network.logit(table.features, row * table.inputs);
    const cut = network.cutLayer(plan.splitAt);
    const norm = Math.sqrt(cut.reduce((sum, value) => sum + value * value, 0));
    const scale = GRID * (norm > plan.clip ? plan.clip / norm : 1) * (1 - 1e-9);
    for (let at = 0; at < width; at += 1) {
      release.vectors[patient * width + at] = Math.trunc(scale * (cut[at] ?? 0)) + (noise?.sample() ?? 0);
    }
    const told = unit(source) < plan.labelTruth ? (table.labels[row] ?? 0) : source.word() & 1;
    release.labels[patient] = told;
  }
  return release;
}
