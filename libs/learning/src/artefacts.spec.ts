import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activations, firstWeights, type Architecture } from './architecture.js';
import { membershipTest } from './membership.js';
import { accuracyOf, aucOf, calibrationOf, confusionOf } from './metrics.js';
import { exportRule, modelCard } from './model-card.js';
import { fromOnnx, toOnnx, type PortableModel } from './onnx.js';
import { seededRandom, unit } from './random.js';
import { decodeGrid, decodeWeights, encodeGrid, encodeWeights } from './split-frames.js';

const source = seededRandom(12);
const labels = Array.from({ length: 500 }, (_, row) => (row % 3 === 0 ? 1 : 0));
const probabilities = labels.map((label) => 0.3 * label + 0.7 * unit(source));

describe('metrics', () => {
  it('count what a slow count counts', () => {
    const pairs = labels.flatMap((a, i) =>
      labels.flatMap((b, j) => (a > b ? [[probabilities[i] ?? 0, probabilities[j] ?? 0]] : [])),
    );
    const won = pairs.reduce((sum, [high = 0, low = 0]) => sum + (high > low ? 1 : high === low ? 0.5 : 0), 0);
    expect(aucOf({ probabilities, labels })).toBeCloseTo(won / pairs.length, 12);
    const right = labels.filter((label, row) => (probabilities[row] ?? 0) >= 0.5 === (label === 1)).length;
    expect(accuracyOf({ probabilities, labels })).toBe(right / 500);
  });

  it('take ties for half, and one kind of row for nothing to tell', () => {
    expect(aucOf({ probabilities: [0.5, 0.5], labels: [0, 1] })).toBe(0.5);
    expect(aucOf({ probabilities: [0.1, 0.9], labels: [1, 1] })).toBe(0.5);
  });

  it('never show a cell below ten, nor what would tell it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }), (sizes) => {
        const rows = sizes.flatMap((size, cell) => Array.from({ length: size }, () => cell));
        const shown = confusionOf({
          probabilities: rows.map((cell) => (cell < 2 ? 0.9 : 0.1)),
          labels: rows.map((cell) => (cell % 2 === 0 ? 1 : 0)),
        });
        const cells = [shown.truePositive, shown.falsePositive, shown.falseNegative, shown.trueNegative];
        const hidden = cells.filter((count) => count === null).length;
        expect(cells.every((count, cell) => count === null || (count === sizes[cell] && count >= 10))).toBe(true);
        // The total is known: one hidden cell alone would be the rest.
        expect(hidden).not.toBe(1);
      }),
    );
  });

  it('calibrate in bins of at least ten', () => {
    const bins = calibrationOf({ probabilities, labels });
    expect(bins.every(({ count }) => count >= 10)).toBe(true);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(500);
    expect(calibrationOf({ probabilities: [0.1, 0.9], labels: [0, 1] })).toEqual([]);
  });
});

describe('the membership test', () => {
  it('guesses when losses are alike, and knows when they are not', () => {
    const same = Array.from({ length: 2_000 }, () => unit(source));
    expect(membershipTest(same.slice(0, 1_000), same.slice(1_000)).auc).toBeCloseTo(0.5, 1);
    const told = membershipTest(
      same.slice(0, 1_000),
      same.slice(1_000).map((loss) => loss + 1),
    );
    expect(told).toMatchObject({ auc: 1, truePositiveRateAt1Percent: 1 });
  });

  it('decides what may be exported', () => {
    const quiet = { auc: 0.51, truePositiveRateAt1Percent: 0.01, members: 100, others: 100 };
    expect(exportRule(3, { ...quiet, auc: 0.9 }).allowed).toBe(true);
    expect(exportRule(null, quiet).allowed).toBe(true);
    expect(exportRule(9, { ...quiet, auc: 0.56 }).allowed).toBe(false);
    expect(exportRule(null, { ...quiet, truePositiveRateAt1Percent: 0.04 }).allowed).toBe(false);
  });
});

describe('an exported model', () => {
  const layer = fc.record({ units: fc.integer({ min: 1, max: 9 }), activation: fc.constantFrom(...activations) });
  const architectures: fc.Arbitrary<Architecture> = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.array(layer, { maxLength: 4 }))
    .map(([inputs, layers]) => ({ inputs, layers: [...layers, { units: 1, activation: 'identity' }] }));

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(architectures, fc.string(), (architecture, note) => {
        const model: PortableModel = {
          architecture,
          weights: firstWeights(architecture, seededRandom(3)),
          scaling: {
            centres: Array.from({ length: architecture.inputs }, (_, input) => input),
            scales: Array.from({ length: architecture.inputs }, (_, input) => input + 0.5),
          },
          metadata: { note, dataset: 'dsv_1' },
        };
        expect(fromOnnx(toOnnx(model))).toEqual(model);
      }),
      { numRuns: 50 },
    );
  });

  it('is no model once it is cut, and another’s file is none of ours', () => {
    const architecture: Architecture = { inputs: 2, layers: [{ units: 1, activation: 'identity' }] };
    const scaling = { centres: [0, 0], scales: [1, 1] };
    const file = toOnnx({ architecture, weights: Float32Array.of(1, 2, 3), scaling, metadata: {} });
    const unreadable = expect.objectContaining({ problem: expect.objectContaining({ code: 'MODEL_UNREADABLE' }) });
    for (let length = 0; length < file.length; length += 1) {
      expect(() => fromOnnx(file.subarray(0, length))).toThrow(unreadable);
    }
    expect(() => fromOnnx(new TextEncoder().encode('PK a zip'))).toThrow(unreadable);
  });

  it('has a card with rounded counts', () => {
    const card = modelCard({
      datasetVersionId: 'dsv_1',
      architecture: { inputs: 2, layers: [{ units: 1, activation: 'identity' }] },
      architectureHash: 'a'.repeat(64),
      codeHash: 'b'.repeat(64),
      mode: 'split',
      privacy: { epsilon: 2.99961, delta: 1e-6, rounds: 100 },
      seedCommitments: { first_weights: 'c'.repeat(64) },
      quality: {
        accuracy: 0.91234,
        auc: 0.98765,
        confusion: { truePositive: 112, falsePositive: null, falseNegative: null, trueNegative: 98 },
        calibration: [{ meanProbability: 0.12345, observedRate: 0.1, count: 33 }],
        heldOutPatients: 238,
      },
      membership: { auc: 0.5034, truePositiveRateAt1Percent: 0.0104, members: 700, others: 238 },
    });
    expect(card).toMatchObject({
      privacy: { epsilon: 3 },
      seed_commitments: { first_weights: 'c'.repeat(64) },
      quality: {
        accuracy: 0.912,
        confusion: { true_positive: 110, false_positive: null, true_negative: 100 },
        held_out_patients: 240,
      },
      membership_inference: { auc: 0.503 },
      export: { allowed: true },
    });
  });
});

describe('frames of a round', () => {
  it('carry floats and whole steps exactly', () => {
    const weights = Float32Array.of(0, -1.5, 3e-8);
    expect(decodeWeights(encodeWeights(weights), 3)).toEqual(weights);
    const grid = Float64Array.of(0, -(2 ** 52), 77);
    expect(decodeGrid(encodeGrid(grid), 3)).toEqual(grid);
  });

  it.each([
    ['too short', () => decodeWeights(new Uint8Array(11), 3)],
    ['too long', () => decodeWeights(new Uint8Array(16), 3)],
    ['not finite', () => decodeWeights(encodeWeights(Float32Array.of(Infinity)), 1)],
    ['no whole steps', () => decodeGrid(encodeGrid(Float64Array.of(0.5)), 1)],
    ['of another length', () => decodeGrid(new Uint8Array(9), 1)],
  ])('are refused when %s', (_, read) => {
    expect(read).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code: 'ROUND_MALFORMED' }) }));
  });
});
