import { describe, expect, it } from '@jest/globals';
import { chiSquareTest } from './chi-square.js';
import { discreteGaussian } from './discrete-gaussian.js';
import { secureRandom, seededRandom } from './random.js';

const SAMPLES = 100_000;

/** N_ℤ(0, σ²) on −6σ … 6σ. */
function expectedCounts(sigmaSquared: number, reach: number): number[] {
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigmaSquared)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (SAMPLES * weight) / total);
}

describe('the discrete Gaussian', () => {
  it.each([
    { what: 'σ² = 9', numerator: 9n, denominator: 1n },
    { what: 'σ² = 250/3', numerator: 250n, denominator: 3n },
  ])('fits its own law for $what (χ², p > 0.01)', ({ numerator, denominator }) => {
    const sigmaSquared = Number(numerator) / Number(denominator);
    const reach = Math.ceil(6 * Math.sqrt(sigmaSquared));
    // The seed is fixed: one run in a hundred of a right sampler would fail otherwise.
    const noise = discreteGaussian({ numerator, denominator }, seededRandom(7));
    const observed = new Array<number>(2 * reach + 1).fill(0);
    for (let drawn = 0; drawn < SAMPLES; drawn += 1) {
      const cell = Math.min(2 * reach, Math.max(0, noise.sample() + reach));
      observed[cell]! += 1;
    }
    const fit = chiSquareTest(observed, expectedCounts(sigmaSquared, reach));
    expect(fit.degreesOfFreedom).toBeGreaterThan(15);
    expect(fit.p).toBeGreaterThan(0.01);
  });

  it('draws wide noise from the platform’s own randomness with the right variance', () => {
    const sigma = 65_536;
    const noise = discreteGaussian({ numerator: BigInt(sigma) ** 2n, denominator: 1n }, secureRandom());
    let [sum, squares] = [0, 0];
    for (let drawn = 0; drawn < SAMPLES; drawn += 1) {
      const value = noise.sample();
      sum += value;
      squares += value * value;
    }
    expect(Math.abs(sum / SAMPLES / sigma)).toBeLessThan(0.02);
    expect(Math.abs(squares / SAMPLES / sigma ** 2 - 1)).toBeLessThan(0.03);
  });

  it('is whole, and even a narrow one is mostly zero', () => {
    const noise = discreteGaussian({ numerator: 1n, denominator: 100n }, seededRandom(3));
    expect(Array.from({ length: 200 }, () => noise.sample()).every((value) => value === 0)).toBe(true);
  });

  it.each([
    { numerator: 0n, denominator: 1n },
    { numerator: 1n, denominator: 0n },
    { numerator: 1n << 200n, denominator: 1n },
  ])('refuses σ² = $numerator/$denominator', (ratio) => {
    expect(() => discreteGaussian(ratio, seededRandom(1))).toThrow(/σ²|scale/);
  });
});

describe('the χ² test', () => {
  it('sees a die that is loaded', () => {
    const fair = new Array<number>(20).fill(500);
    expect(chiSquareTest(fair, fair).p).toBeGreaterThan(0.99);
    expect(chiSquareTest([...fair.slice(1), 650], fair).p).toBeLessThan(0.01);
  });
});
