import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstWeights, type Architecture } from './architecture.js';
import { benchmarkTable } from './benchmark.js';
import { clippedSum, GRID, LOSS_CAP, poissonSample, privateRound, readRound, roundSensitivity } from './dp-round.js';
import { logLoss, Network } from './network.js';
import { patientTable, patientsAt, type PatientTable } from './patient-table.js';
import { seededRandom, unit } from './random.js';

const architecture: Architecture = {
  inputs: 24,
  layers: [
    { units: 12, activation: 'relu' },
    { units: 6, activation: 'tanh' },
    { units: 1, activation: 'identity' },
  ],
};
const table = benchmarkTable(60);
const everybody = Int32Array.from({ length: 60 }, (_, patient) => patient);

function network(seed = 5, size = 1): Network {
  return new Network(
    architecture,
    firstWeights(architecture, seededRandom(seed)).map((weight) => weight * size),
  );
}

/** The same rows as visits: three a patient. */
function visits(): PatientTable {
  return patientTable({ ...table, starts: Int32Array.from({ length: 21 }, (_, patient) => 3 * patient) });
}

describe('gradients', () => {
  it('are those that small changes of the weights show', () => {
    const net = network();
    const sum = new Float64Array(net.weights.length);
    net.learn(table.features, 0, 1);
    net.addGradient(sum, 1);
    const source = seededRandom(9);
    for (let tried = 0; tried < 40; tried += 1) {
      const at = Math.floor(unit(source) * sum.length);
      const weight = net.weights[at] ?? 0;
      net.weights[at] = weight + 1e-3;
      const above = logLoss(net.logit(table.features, 0), 1);
      net.weights[at] = weight - 1e-3;
      const under = logLoss(net.logit(table.features, 0), 1);
      net.weights[at] = weight;
      expect(sum[at]).toBeCloseTo((above - under) / 2e-3, 3);
    }
  });

  it('have the length that is told without writing them', () => {
    const net = network();
    const sum = new Float64Array(net.weights.length);
    net.learn(table.features, 24, 0);
    net.addGradient(sum, 1);
    expect(net.gradientNormSquared()).toBeCloseTo(
      sum.reduce((total, value) => total + value * value, 0),
      6,
    );
  });
});

describe('a round', () => {
  it('is changed by one patient by no more than the sensitivity, whatever weights and clip are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 19 }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.constantFrom(0.1, 1, 30, 1e6, 1e30),
        fc.boolean(),
        (patient, clip, size, several) => {
          const of = several ? visits() : table;
          const alone = clippedSum(network(3, size), of, Int32Array.of(patient), clip);
          const steps = Math.sqrt(alone.reduce((sum, value) => sum + value * value, 0));
          expect(alone.every((value) => Number.isSafeInteger(value))).toBe(true);
          expect(steps).toBeLessThanOrEqual(roundSensitivity(clip) * GRID);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('adds patients up: the sum of all is the sum of each', () => {
    const whole = clippedSum(network(), table, everybody, 0.5);
    const added = new Float64Array(whole.length);
    for (const patient of everybody) {
      clippedSum(network(), table, Int32Array.of(patient), 0.5).forEach((value, at) => (added[at]! += value));
    }
    expect(added).toEqual(whole);
  });

  it('gives a patient one vote however often he came', () => {
    const repeated: PatientTable = {
      inputs: 24,
      features: Float32Array.from([...table.features.subarray(0, 24), ...table.features.subarray(0, 24)]),
      labels: Float32Array.of(table.labels[0] ?? 0, table.labels[0] ?? 0),
      starts: Int32Array.of(0, 2),
    };
    const once = clippedSum(network(), patientsAt(table, [0]), Int32Array.of(0), 1e3);
    const twice = clippedSum(network(), repeated, Int32Array.of(0), 1e3);
    expect(Math.max(...twice.map((value, at) => Math.abs(value - (once[at] ?? 0))))).toBeLessThanOrEqual(1);
  });

  it('tells how many there were and their loss, off the grid', () => {
    const net = network();
    const reading = readRound(clippedSum(net, table, everybody, 2), 2);
    const losses = Array.from(everybody, (row) =>
      Math.min(LOSS_CAP, logLoss(net.logit(table.features, row * 24), table.labels[row] ?? 0)),
    );
    expect(reading.count).toBeCloseTo(60, 9);
    expect(reading.lossSum).toBeCloseTo(
      losses.reduce((sum, loss) => sum + loss, 0),
      1,
    );
  });

  it('lets no weight from outside make it say something that is no number', () => {
    const wild = new Network(architecture, firstWeights(architecture, seededRandom(1)).fill(3e38));
    expect(clippedSum(wild, table, everybody, 1).every((value) => Number.isSafeInteger(value))).toBe(true);
  });

  it('is noised in every number, also when nobody was drawn', () => {
    const setting = { clip: 1, noiseMultiplier: 1, samplingRate: 1e-12 };
    const vector = privateRound(network(), table, setting, seededRandom(4));
    expect(vector.filter((value) => value === 0).length).toBeLessThan(3);
    const deviation = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0) / vector.length) / GRID;
    expect(deviation).toBeGreaterThan(0.8);
    expect(deviation).toBeLessThan(1.2);
  });

  it('draws each patient by a coin of his own', () => {
    const source = seededRandom(11);
    const sizes = Array.from({ length: 400 }, () => poissonSample(1_000, 0.05, source).length);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length;
    expect(mean).toBeGreaterThan(48);
    expect(mean).toBeLessThan(52);
    // A batch of fixed size would have no variance; coins have 1000 × 0.05 × 0.95.
    expect(variance).toBeGreaterThan(35);
    expect(variance).toBeLessThan(62);
  });
});
