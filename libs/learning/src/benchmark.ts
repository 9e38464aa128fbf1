import { firstWeights, type Architecture } from './architecture.js';
import { Network } from './network.js';
import type { PatientTable } from './patient-table.js';
import { normal, seededRandom, unit } from './random.js';

export const BENCHMARK_INPUTS = 24;
export const BENCHMARK_PATIENTS = 20_000;

const TEACHER: Architecture = {
  inputs: BENCHMARK_INPUTS,
  layers: [
    { units: 16, activation: 'tanh' },
    { units: 1, activation: 'identity' },
  ],
};
/** Neighbouring features go together, as laboratory values do. */
const CORRELATION = 0.35;
/** How sure the teacher is: at this, the best possible model is right in about 19 of 20 cases. */
const TEACHER_CERTAINTY = 25;

/**
 * A made-up table that depends on its seed alone: 24 correlated standard features, labels thrown by a small random network
 * whose certainty is known. No person is in it. One row a patient.
 */
export function benchmarkTable(patients = BENCHMARK_PATIENTS, seed = 20_261_123): PatientTable {
  const source = seededRandom(seed);
  const teacher = new Network(TEACHER, firstWeights(TEACHER, seededRandom(seed ^ 0x5eed)));
  const features = new Float32Array(patients * BENCHMARK_INPUTS);
  const labels = new Float32Array(patients);
  const own = Math.sqrt(1 - CORRELATION * CORRELATION);
  for (let patient = 0; patient < patients; patient += 1) {
    const from = patient * BENCHMARK_INPUTS;
    let before = normal(source);
    for (let input = 0; input < BENCHMARK_INPUTS; input += 1) {
      before = CORRELATION * before + own * normal(source);
      features[from + input] = before;
    }
    const chance = 1 / (1 + Math.exp(-TEACHER_CERTAINTY * teacher.logit(features, from)));
    labels[patient] = unit(source) < chance ? 1 : 0;
  }
  const starts = Int32Array.from({ length: patients + 1 }, (_, patient) => patient);
  return { inputs: BENCHMARK_INPUTS, features, labels, starts };
}
