import { describe, expect, it } from '@jest/globals';
import { firstWeights, upperPartStart, type Architecture } from './architecture.js';
import { linearReconstruction, type Observation } from './attacks.js';
import { benchmarkTable } from './benchmark.js';
import { cutRelease, epsilonOfLabel, rhoOfCut } from './cut-layer.js';
import { addNoise, clippedSum, GRID, poissonSample, roundNoise } from './dp-round.js';
import { Network } from './network.js';
import { seededRandom } from './random.js';
import { upperShare } from './split-frames.js';

const PATIENTS = 1_000;
const ROUNDS = 300;
const table = benchmarkTable(PATIENTS);
const inputsOf = (patient: number): Float32Array => table.features.subarray(patient * 24, (patient + 1) * 24);
const architecture: Architecture = {
  inputs: 24,
  layers: [
    { units: 16, activation: 'tanh' },
    { units: 6, activation: 'relu' },
    { units: 1, activation: 'identity' },
  ],
};
const SPLIT_AT = 1;
const upperFrom = upperPartStart(architecture, SPLIT_AT);
const network = new Network(architecture, firstWeights(architecture, seededRandom(4)));
const setting = { clip: 1, noiseMultiplier: 1, samplingRate: 0.05 };

/** Every patient's vector at the cut, with what he wants to keep. */
function cutObservations(sigma: number): Observation[] {
  const { vectors, width } = cutRelease(
    network,
    table,
    { clip: 4, sigma, labelTruth: 0.2, splitAt: SPLIT_AT },
    seededRandom(6),
  );
  return Array.from({ length: PATIENTS }, (_, patient) => ({
    seen: vectors.subarray(patient * width, (patient + 1) * width).map((steps) => steps / GRID),
    wanted: inputsOf(patient),
  }));
}

/** Rounds in which a patient the attacker knows to be there is one of those summed up. */
function roundObservations(noisy: boolean, alone: boolean): Observation[] {
  const source = seededRandom(9);
  const noise = roundNoise(setting, source);
  return Array.from({ length: ROUNDS }, (_, patient) => {
    const others = alone ? [] : poissonSample(PATIENTS, setting.samplingRate, source);
    const sum = clippedSum(network, table, Int32Array.from([...new Set([patient, ...others])]), setting.clip);
    const vector = upperShare(noisy ? addNoise(sum, noise) : sum, upperFrom);
    return { seen: cutFromGradient(vector), wanted: inputsOf(patient) };
  });
}

/** A dense layer's gradient is δ ⊗ a and δ: the one divided by the other is a, exactly so where one patient is alone. */
function cutFromGradient(vector: Float64Array): number[] {
  const [units, inputs] = [6, 16];
  const biases = vector.subarray(units * inputs, units * inputs + units);
  const size = biases.reduce((sum, slope) => sum + slope * slope, 0) || 1;
  return Array.from({ length: inputs }, (_, input) =>
    biases.reduce((sum, slope, unit) => sum + ((vector[unit * inputs + input] ?? 0) * slope) / size, 0),
  );
}

describe('inversion', () => {
  it('reads inputs from the cut layer of mode C without noise, and nothing at its honest noise', () => {
    const open = linearReconstruction(cutObservations(0));
    const noisy = linearReconstruction(cutObservations(12));
    expect(open).toBeGreaterThan(0.5);
    expect(noisy).toBeLessThan(0.05);
  });

  it('reads nothing of a patient from a round of mode B, though it does from a single bare gradient', () => {
    expect(linearReconstruction(roundObservations(false, true))).toBeGreaterThan(0.5);
    expect(linearReconstruction(roundObservations(true, false))).toBeLessThan(0.02);
  });
});

describe('label inference', () => {
  /** The slope of the last bias is probability − label: its sign is the label, where one patient is alone. */
  function guessed(noisy: boolean, alone: boolean): number {
    const source = seededRandom(3);
    const noise = roundNoise(setting, source);
    let right = 0;
    for (let patient = 0; patient < ROUNDS; patient += 1) {
      const others = alone ? [] : poissonSample(PATIENTS, setting.samplingRate, source);
      const sum = clippedSum(network, table, Int32Array.from([...new Set([patient, ...others])]), setting.clip);
      const bias = (noisy ? addNoise(sum, noise) : sum)[sum.length - 3] ?? 0;
      right += (bias < 0 ? 1 : 0) === table.labels[patient] ? 1 : 0;
    }
    return right / ROUNDS;
  }

  it('is certain from one bare gradient, and a guess from a round', () => {
    expect(guessed(false, true)).toBe(1);
    expect(Math.abs(guessed(true, false) - 0.5)).toBeLessThan(0.1);
  });

  it('of mode C is held by randomised response', () => {
    const { labels } = cutRelease(
      network,
      table,
      { clip: 4, sigma: 12, labelTruth: 0.2, splitAt: SPLIT_AT },
      seededRandom(6),
    );
    const same = labels.filter((label, patient) => label === table.labels[patient]).length / PATIENTS;
    expect(same).toBeGreaterThan(0.54);
    expect(same).toBeLessThan(0.66);
    expect(epsilonOfLabel(0.2)).toBeCloseTo(Math.log(1.5), 12);
    expect(rhoOfCut({ clip: 4, sigma: 8, labelTruth: 0 })).toBe(0.5);
  });
});
