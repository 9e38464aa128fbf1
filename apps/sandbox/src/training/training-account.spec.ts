import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSpent, mostOfAssessment, mostOfRun, owed, useOf, withUse } from './training-account.js';
import type { TrainingData } from './training-data.js';
import type { TrainingPlan } from './training-run.js';

const plan = (changes: Partial<TrainingPlan> = {}): TrainingPlan => ({
  mode: 'split',
  architecture: { inputs: 24, layers: [{ units: 1, activation: 'identity' }] },
  splitAt: 0,
  optimiser: { kind: 'sgd', learningRate: 0.1, momentum: 0 },
  privacy: { clip: 1, noiseMultiplier: 1, samplingRate: 0.1 },
  ...{ rounds: 10, seed: 1, cut: null },
  ...changes,
});
const data: TrainingData = {
  ...{
    enclaveId: 'enc_1',
    datasetVersionId: 'dsv_1',
    dataClass: 'synthetic',
    table: 'outcome',
    path: 'p',
    sha256: 'h',
  },
  reading: { features: [], label: { column: 'event', positive: 'true' } },
  patients: 1_000,
};

describe('the compute of a run', () => {
  it('is set aside for every round, and for memory as long as that', () => {
    const [ten, twenty] = [10, 20].map((rounds) => mostOfRun(plan({ rounds }), data, 512));
    expect(twenty?.vcpu_seconds).toBeCloseTo(2 * (ten?.vcpu_seconds ?? 0), 2);
    expect(ten?.gb_seconds).toBeCloseTo((ten?.vcpu_seconds ?? 0) / 2, 2);
    expect(mostOfRun(plan({ mode: 'cut_layer' }), data, 512).vcpu_seconds).toBeLessThan(ten?.vcpu_seconds ?? 0);
    expect(mostOfAssessment(plan(), data, 512).vcpu_seconds).toBeGreaterThan(1);
  });

  it('is owed as it was used, never beyond what was set aside, and then it is spent', () => {
    const order = fc.record({
      ...{ cpuMs: fc.nat(5_000), peakKib: fc.integer({ min: 1, max: 2 ** 21 }), wallMs: fc.nat(5_000) },
    });
    const reserved = { vcpu_seconds: 4, gb_seconds: 4 };
    fc.assert(
      fc.property(fc.array(order, { maxLength: 6 }), (orders) => {
        const use = orders.map(useOf).reduce(withUse, { cpuMs: 0, gbSeconds: 0 });
        const due = owed(use, reserved);
        expect(due.vcpu_seconds).toBe(Math.min(4, Number((use.cpuMs / 1_000).toFixed(3))));
        expect(due.gb_seconds).toBeLessThanOrEqual(4);
        expect(isSpent(use, reserved)).toBe(due.vcpu_seconds === 4 || due.gb_seconds === 4);
      }),
    );
  });

  it('counts a gibibyte held for a second as one', () => {
    expect(useOf({ cpuMs: 0, peakKib: 2 ** 20, wallMs: 1_000 }).gbSeconds).toBe(1);
  });
});
