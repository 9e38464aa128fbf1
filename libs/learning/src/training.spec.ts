import { describe, expect, it } from '@jest/globals';
import { noiseMultiplierFor } from './accountant.js';
import {
  firstWeights,
  parameterCount,
  placesOf,
  upperPartStart,
  architectureText,
  type Architecture,
} from './architecture.js';
import { benchmarkTable } from './benchmark.js';
import { logisticRegression } from './logistic-regression.js';
import { emptyCurve, FEWEST_PATIENTS, MOST_POINTS, withRound } from './loss-curve.js';
import { membershipTest } from './membership.js';
import { accuracyOf } from './metrics.js';
import { patientTable, patientsOf, splitPatients } from './patient-table.js';
import { seededRandom, shuffled } from './random.js';
import { judge, learner, patientLosses, trainPlainly, trainPrivately } from './training.js';

const architecture: Architecture = {
  inputs: 24,
  layers: [
    { units: 16, activation: 'relu' },
    { units: 1, activation: 'identity' },
  ],
};
const source = seededRandom(1);
const [training, held] = splitPatients(benchmarkTable(4_000), 0.75, shuffled(source, 4_000));

function fresh(kind: 'sgd' | 'adam') {
  const setting = kind === 'sgd' ? { kind, learningRate: 0.1, momentum: 0.9 } : { kind, learningRate: 0.005 };
  return learner(architecture, firstWeights(architecture, seededRandom(2)), setting);
}

describe('training', () => {
  it('with privacy comes near the plain model, and a membership test learns nothing', () => {
    const plain = fresh('adam');
    trainPlainly(plain, training, { batch: 100, epochs: 6 }, source);
    const plainly = accuracyOf(judge(architecture, plain.weights, held));

    const privately = fresh('sgd');
    const [samplingRate, rounds] = [100 / 3_000, 250];
    const noiseMultiplier = noiseMultiplierFor({ samplingRate, rounds, delta: 1e-5, epsilon: 3 });
    const plan = { clip: 1, noiseMultiplier, samplingRate, rounds };
    for (const reading of trainPrivately(privately, training, plan, source)) expect(reading.count).toBeLessThan(250);
    const kept = accuracyOf(judge(architecture, privately.weights, held));

    expect(plainly).toBeGreaterThan(0.85);
    // Three thousand patients pay more for their privacy than the twenty thousand of the benchmark, which lose two points at most.
    expect(kept).toBeGreaterThan(plainly - 0.05);
    const test = membershipTest(
      patientLosses(architecture, privately.weights, training),
      patientLosses(architecture, privately.weights, held),
    );
    expect(test.auc).toBeLessThan(0.55);
    expect(test.truePositiveRateAt1Percent).toBeLessThan(0.03);
  });

  it('too long on too few is told by the membership test', () => {
    const [few, others] = splitPatients(benchmarkTable(300, 5), 0.25, shuffled(source, 300));
    const overfit = fresh('adam');
    trainPlainly(overfit, few, { batch: 10, epochs: 80 }, source);
    const test = membershipTest(
      patientLosses(architecture, overfit.weights, few),
      patientLosses(architecture, overfit.weights, others),
    );
    expect(test.auc).toBeGreaterThan(0.6);
  });

  it('fits a logistic regression where the truth is known', () => {
    const random = seededRandom(8);
    const rows = 3_000;
    const features = Float32Array.from({ length: rows * 2 }, () => random.word() / 2 ** 31 - 1);
    const labels = Float32Array.from({ length: rows }, (_, row) => {
      const logit = 0.5 + 2 * (features[2 * row] ?? 0) - (features[2 * row + 1] ?? 0);
      return random.word() / 2 ** 32 < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    });
    const fit = logisticRegression({
      inputs: 2,
      features,
      labels,
      starts: Int32Array.from({ length: rows + 1 }, (_, row) => row),
    });
    expect(fit).toMatchObject({ rows, degreesOfFreedom: rows - 3, converged: true });
    [0.5, 2, -1].forEach((truth, index) => {
      expect(Math.abs((fit.coefficients[index] ?? 0) - truth)).toBeLessThan(4 * (fit.standardErrors[index] ?? 0));
      expect(fit.standardErrors[index]).toBeLessThan(0.1);
    });
  });
});

describe('an architecture', () => {
  it('lays its parameters out one layer after the other', () => {
    expect(parameterCount(architecture)).toBe(24 * 16 + 16 + 16 + 1);
    expect(upperPartStart(architecture, 1)).toBe(24 * 16 + 16);
    expect(placesOf(architecture)[1]).toMatchObject({ inputs: 16, weightsAt: 400, biasesAt: 416, endsAt: 417 });
  });

  it('is one text on both sides, and another when it is split elsewhere', () => {
    const reordered: Architecture = { layers: architecture.layers, inputs: 24 };
    expect(architectureText(reordered, 1)).toBe(architectureText(architecture, 1));
    expect(architectureText(architecture, 0)).not.toBe(architectureText(architecture, 1));
  });

  const last = { units: 1, activation: 'identity' } as const;
  it.each<[string, Architecture]>([
    ['no inputs', { inputs: 0, layers: [last] }],
    ['no layers', { inputs: 3, layers: [] }],
    ['more layers than six', { inputs: 3, layers: Array<typeof last>(7).fill(last) }],
    ['a layer that is too wide', { inputs: 3, layers: [{ units: 513, activation: 'relu' }, last] }],
    ['half a unit', { inputs: 3, layers: [{ units: 1.5, activation: 'relu' }, last] }],
    ['no logit at the top', { inputs: 3, layers: [{ units: 2, activation: 'identity' }] }],
    ['more parameters than it may have', { inputs: 512, layers: [{ units: 512, activation: 'relu' }, last] }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => placesOf(wrong)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'ARCHITECTURE_INVALID' }) }),
    );
  });

  it('is split between two layers only', () => {
    expect(upperPartStart(architecture, 2)).toBe(parameterCount(architecture));
    for (const splitAt of [-1, 3, 0.5]) expect(() => upperPartStart(architecture, splitAt)).toThrow(/split/);
  });
});

describe('a table of patients', () => {
  const row = { inputs: 1, features: Float32Array.of(1), labels: Float32Array.of(1), starts: Int32Array.of(0, 1) };
  it.each([
    ['a feature that is no number', { ...row, features: Float32Array.of(NaN) }],
    ['a label of neither kind', { ...row, labels: Float32Array.of(2) }],
    ['a row of nobody', { ...row, starts: Int32Array.of(0) }],
    ['a patient without rows', { ...row, starts: Int32Array.of(0, 0, 1) }],
    ['rows of the wrong width', { ...row, features: Float32Array.of(1, 2) }],
  ])('is refused with %s', (_, wrong) => {
    expect(() => patientTable(wrong)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'TRAINING_DATA_INVALID' }) }),
    );
  });

  it('is split by patients, each in one part', () => {
    expect(patientsOf(training) + patientsOf(held)).toBe(4_000);
  });
});

describe('a loss curve', () => {
  it('has at most two hundred points, each over fifty patients, in three digits', () => {
    let curve = emptyCurve;
    for (let round = 1; round <= 5_000; round += 1)
      curve = withRound(curve, { round, lossSum: 33.3333, count: 60 }, 5_000);
    expect(curve.points.length).toBe(MOST_POINTS);
    expect(curve.points.every(({ loss }) => loss === 0.556)).toBe(true);
  });

  it('waits for patients, and never falls below nothing', () => {
    const small = withRound(emptyCurve, { round: 1, lossSum: 9, count: FEWEST_PATIENTS - 1 }, 10);
    expect(small.points).toEqual([]);
    expect(withRound(small, { round: 2, lossSum: -20, count: 10 }, 10).points).toEqual([{ round: 2, loss: 0 }]);
  });
});
