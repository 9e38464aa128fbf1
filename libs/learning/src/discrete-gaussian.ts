import { learningErrors } from './learning.errors.js';
import { below, type RandomSource } from './random.js';
import { DomainException } from '@hetao/kernel';

/**
 * Exact samples of the discrete Gaussian N_ℤ(0, σ²), after Canonne, Kamath and Steinke, "The Discrete Gaussian for
 * Differential Privacy" (2020), algorithms 1 to 3. Nothing here is rounded: every coin has a rational chance and is
 * thrown with integers, so the noise has no floating-point holes to look through.
 */
export interface DiscreteGaussian {
  readonly sigmaSquared: Ratio;
  /** One sample, a whole number below 2⁵³ in size. */
  sample(): number;
}

/** A positive rational number. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DIGIT_BITS = 32n;
/** The proposal's scale must leave room for its own coins to be thrown in exact double arithmetic. */
const MAX_SIGMA = 2 ** 40;

/** @throws DomainException NOISE_SCALE_INVALID unless 0 < σ ≤ 2⁴⁰. */
export function discreteGaussian(sigmaSquared: Ratio, source: RandomSource): DiscreteGaussian {
  const { numerator, denominator } = sigmaSquared;
  if (numerator <= 0n || denominator <= 0n || numerator > denominator * BigInt(MAX_SIGMA) ** 2n) {
    throw new DomainException(learningErrors.NOISE_SCALE_INVALID(`σ² = ${numerator}/${denominator}.`));
  }
  const scale = integerRoot(numerator / denominator) + 1n;
  const steps = Number(scale);
  const slope = scale * denominator;
  const divisor = 2n * numerator * denominator * scale * scale;
  return {
    sigmaSquared,
    sample() {
      for (;;) {
        const proposed = discreteLaplace(source, steps);
        const offset = BigInt(Math.abs(proposed)) * slope - numerator;
        if (happensExp(source, offset * offset, divisor)) return proposed;
      }
    },
  };
}

/** Discrete Laplace with the given whole scale: P(x) ∝ exp(−|x| / scale). */
function discreteLaplace(source: RandomSource, scale: number): number {
  for (;;) {
    const remainder = below(source, scale);
    if (!happensExpSmall(source, remainder, scale)) continue;
    let quotient = 0;
    while (happensExpSmall(source, 1, 1)) quotient += 1;
    const size = remainder + scale * quotient;
    const negative = (source.word() & 1) === 1;
    // Zero would come with both signs and be twice as likely as it should.
    if (!(negative && size === 0)) return negative ? -size : size;
  }
}

/** True with chance exp(−n/d), 0 ≤ n ≤ d: the first k at which a coin of chance n/(dk) fails is odd. */
function happensExpSmall(source: RandomSource, numerator: number, denominator: number): boolean {
  let round = 1;
  while (below(source, denominator * round) < numerator) round += 1;
  return round % 2 === 1;
}

/** True with chance exp(−n/d) for any rational n/d ≥ 0. */
function happensExp(source: RandomSource, numerator: bigint, denominator: bigint): boolean {
  let rest = numerator;
  for (; rest > denominator; rest -= denominator) if (!happensExpSmall(source, 1, 1)) return false;
  let round = 1n;
  while (happens(source, rest, denominator * round)) round += 1n;
  return round % 2n === 1n;
}

/** True with chance exactly n/d: a random binary fraction is compared with n/d, 32 digits at a time, until they differ. */
function happens(source: RandomSource, numerator: bigint, denominator: bigint): boolean {
  let rest = numerator;
  if (rest >= denominator) return true;
  for (;;) {
    rest <<= DIGIT_BITS;
    const digits = rest / denominator;
    const drawn = source.word();
    const expected = Number(digits);
    if (drawn !== expected) return drawn < expected;
    rest -= digits * denominator;
    if (rest === 0n) return false;
  }
}

/** The largest whole number whose square is not above `value` (Newton). */
function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
