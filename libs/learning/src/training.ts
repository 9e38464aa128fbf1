import type { Architecture } from './architecture.js';
import { readRound, privateRound, type PrivacySetting, type RoundReading } from './dp-round.js';
import { logLoss, Network, probabilityOf } from './network.js';
import { freshState, optimise, type OptimiserSetting, type OptimiserState } from './optimiser.js';
import { patientsOf, rowsOf, type PatientTable } from './patient-table.js';
import { shuffled, type RandomSource } from './random.js';
import type { Judged } from './metrics.js';

/** A model in training: weights and what the optimiser remembers of them. */
export interface Learner {
  readonly architecture: Architecture;
  readonly weights: Float32Array;
  readonly optimiser: OptimiserSetting;
  state: OptimiserState;
}

/** A learner before its first step. */
export function learner(architecture: Architecture, weights: Float32Array, optimiser: OptimiserSetting): Learner {
  return { architecture, weights, optimiser, state: freshState(optimiser, weights.length) };
}

/**
 * Follows one round's gradient. It is divided by how many patients a round is expected to have: dividing by how many
 * there were would tell their number without noise.
 */
export function follow(learning: Learner, gradientSum: Float64Array, expectedPatients: number): void {
  const mean = gradientSum.map((sum) => sum / expectedPatients);
  learning.state = optimise(learning.optimiser, learning.state, learning.weights, mean);
}

/** Trains with differential privacy where the data lies; one reading a round, as it happens. */
export function* trainPrivately(
  learning: Learner,
  table: PatientTable,
  plan: PrivacySetting & { readonly rounds: number },
  source: RandomSource,
): Generator<RoundReading> {
  const network = new Network(learning.architecture, learning.weights);
  const expected = plan.samplingRate * patientsOf(table);
  for (let round = 0; round < plan.rounds; round += 1) {
    const reading = readRound(privateRound(network, table, plan, source), plan.clip);
    follow(learning, reading.gradientSum, expected);
    yield reading;
  }
}

/** Trains without any privacy: the plain model others are compared with. @returns the mean loss of the last epoch. */
export function trainPlainly(
  learning: Learner,
  table: PatientTable,
  plan: { readonly batch: number; readonly epochs: number },
  source: RandomSource,
): number {
  const network = new Network(learning.architecture, learning.weights);
  const gradient = new Float64Array(learning.weights.length);
  const rows = rowsOf(table);
  let loss = 0;
  for (let epoch = 0; epoch < plan.epochs; epoch += 1) {
    const order = shuffled(source, rows);
    loss = 0;
    for (let from = 0; from < rows; from += plan.batch) {
      const batch = order.subarray(from, from + plan.batch);
      gradient.fill(0);
      for (const row of batch) {
        loss += network.learn(table.features, row * table.inputs, table.labels[row] ?? 0);
        network.addGradient(gradient, 1 / batch.length);
      }
      learning.state = optimise(learning.optimiser, learning.state, learning.weights, gradient);
    }
  }
  return loss / rows;
}

/** What a model says of each row, beside what is true. */
export function judge(architecture: Architecture, weights: Float32Array, table: PatientTable): Judged {
  const network = new Network(architecture, weights);
  const probabilities = new Float32Array(rowsOf(table));
  for (let row = 0; row < probabilities.length; row += 1) {
    probabilities[row] = probabilityOf(network.logit(table.features, row * table.inputs));
  }
  return { probabilities, labels: table.labels };
}

/** Mean loss of each patient's rows: what a membership test compares. */
export function patientLosses(architecture: Architecture, weights: Float32Array, table: PatientTable): Float64Array {
  const network = new Network(architecture, weights);
  const losses = new Float64Array(patientsOf(table));
  for (let patient = 0; patient < losses.length; patient += 1) {
    const [from, to] = [table.starts[patient] ?? 0, table.starts[patient + 1] ?? 0];
    for (let row = from; row < to; row += 1) {
      const logit = network.logit(table.features, row * table.inputs);
      losses[patient]! += logLoss(logit, table.labels[row] ?? 0) / (to - from);
    }
  }
  return losses;
}
