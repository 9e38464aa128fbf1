import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  epsilonByOldConversion,
  epsilonOf,
  epsilonOfZcdp,
  noiseMultiplierFor,
  rdpOf,
  rhoOfGaussian,
  type Spending,
} from './accountant.js';

function rounds(samplingRate: number, noiseMultiplier: number, count: number): Spending[] {
  return [{ mechanism: { kind: 'sampled_gaussian', samplingRate, noiseMultiplier }, count }];
}

describe('the accountant', () => {
  // compute_dp_sgd_privacy_test.py of TensorFlow Privacy: N, batch, noise, epochs, δ → ε.
  it.each([
    { patients: 60_000, batch: 150, noise: 1.3, epochs: 15, delta: 1e-5, epsilon: 0.7242234026109595 },
    { patients: 100_000, batch: 100, noise: 1.0, epochs: 30, delta: 1e-7, epsilon: 1.4154988495444845 },
  ])('says $epsilon as TensorFlow Privacy does', ({ patients, batch, noise, epochs, delta, epsilon }) => {
    const told = epsilonOf(rounds(batch / patients, noise, (epochs * patients) / batch), delta).epsilon;
    expect(Math.abs(told / epsilon - 1)).toBeLessThan(1e-9);
  });

  it('says 2.92 by the old conversion, as the tutorial of TensorFlow Privacy', () => {
    expect(epsilonByOldConversion(rounds(256 / 60_000, 1.12, 14_063), 1e-5).epsilon).toBeCloseTo(2.92, 2);
  });

  it('knows the plain Gaussian in closed form', () => {
    expect(rdpOf({ kind: 'sampled_gaussian', samplingRate: 1, noiseMultiplier: 2 })[0]).toBeCloseTo(2 / (2 * 4), 12);
    expect(rhoOfGaussian(1, 2)).toBe(0.125);
    expect(rdpOf({ kind: 'zcdp', rho: 0.125 })[0]).toBeCloseTo(2 / (2 * 4), 12);
  });

  it('needs the noise of the reference for ε = 1, 3 and 8', () => {
    const noise = [1, 3, 8].map((epsilon) =>
      noiseMultiplierFor({ samplingRate: 0.01, rounds: 2_000, delta: 1e-5, epsilon }),
    );
    [1.98, 0.98, 0.67].forEach((expected, index) => expect(noise[index]).toBeCloseTo(expected, 1));
  });

  it('turns ρ into ε as Bun and Steinke do', () => {
    expect(epsilonOfZcdp(0.1, 1e-6)).toBeCloseTo(0.1 + 2 * Math.sqrt(0.1 * Math.log(1e6)), 12);
  });

  it('costs nothing when nothing ran', () => {
    expect(epsilonOf([], 1e-5).epsilon).toBe(0);
    expect(epsilonOf(rounds(0.01, 1, 0), 1e-5).epsilon).toBe(0);
  });

  it('never gets cheaper with more rounds, more patients in them or less noise', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.3, noNaN: true }),
        fc.double({ min: 0.5, max: 8, noNaN: true }),
        fc.integer({ min: 1, max: 2_000 }),
        (rate, noise, count) => {
          const base = epsilonOf(rounds(rate, noise, count), 1e-6).epsilon;
          expect(epsilonOf(rounds(rate, noise, count + 1), 1e-6).epsilon).toBeGreaterThanOrEqual(base);
          expect(epsilonOf(rounds(rate * 1.5, noise, count), 1e-6).epsilon).toBeGreaterThanOrEqual(base - 1e-9);
          expect(epsilonOf(rounds(rate, noise * 1.5, count), 1e-6).epsilon).toBeLessThanOrEqual(base + 1e-9);
        },
      ),
      { numRuns: 8 },
    );
  });

  it.each([
    { what: 'no sampling', mechanism: { kind: 'sampled_gaussian', samplingRate: 0, noiseMultiplier: 1 } as const },
    { what: 'no noise', mechanism: { kind: 'sampled_gaussian', samplingRate: 0.1, noiseMultiplier: 0 } as const },
    { what: 'negative ρ', mechanism: { kind: 'zcdp', rho: -1 } as const },
    { what: 'ρ that is no number', mechanism: { kind: 'zcdp', rho: NaN } as const },
  ])('has no account of $what', ({ mechanism }) => {
    expect(() => rdpOf(mechanism)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'PRIVACY_MECHANISM_INVALID' }) }),
    );
  });
});
