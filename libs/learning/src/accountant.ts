import { DomainException } from '@hetao/kernel';
import { learningErrors } from './learning.errors.js';

/**
 * Rényi differential privacy at the integer orders 2 … 512: what a mechanism costs, composed by addition, and turned
 * into ε at the end. Sampled Gaussian: Mironov, Talwar and Zhang 2019, equation for integer orders. The discrete
 * Gaussian on the grid costs no more (Canonne, Kamath and Steinke 2020, theorem 14; the proof for the sampled one
 * needs the moments and the symmetry only, and both hold for whole shifts).
 */
export const RDP_ORDERS: readonly number[] = Array.from({ length: 511 }, (_, index) => index + 2);

/** A mechanism whose price the ledger knows. */
export type Mechanism =
  /** One round over a Poisson sample: chance `samplingRate` a patient, noise `noiseMultiplier` × sensitivity. */
  | { readonly kind: 'sampled_gaussian'; readonly samplingRate: number; readonly noiseMultiplier: number }
  /** Anything with ρ-zCDP: RDP(α) ≤ ρα (Bun and Steinke 2016, lemma 1.3 and proposition 1.4). */
  | { readonly kind: 'zcdp'; readonly rho: number };

/** A mechanism and how often it ran. */
export interface Spending {
  readonly mechanism: Mechanism;
  readonly count: number;
}

/** ε beside the order that gave it, so that a look at the account shows whether the orders reach far enough. */
export interface EpsilonAt {
  readonly epsilon: number;
  readonly order: number;
}

const LOG_FACTORIAL = logFactorials(512);
/** Room for the terms of one order, and the one function called for each of 130 000 of them. */
const TERMS = new Float64Array(513);
const { exp } = Math;
const MIN_NOISE = 0.3;
const MAX_NOISE = 1_000;
const MAX_RHO = 1_000;
const MOST_KNOWN = 64;
/** Curves worked out before: a round is charged every few milliseconds, always for the same mechanism. */
const KNOWN = new Map<string, Float64Array>();

/** RDP of one run of the mechanism at each of RDP_ORDERS. @throws DomainException PRIVACY_MECHANISM_INVALID. */
export function rdpOf(mechanism: Mechanism): Float64Array {
  const name = JSON.stringify(mechanism);
  let curve = KNOWN.get(name);
  if (curve === undefined) {
    curve = curveOf(mechanism);
    // A project has a handful of mechanisms; whoever comes with more waits some milliseconds for each.
    if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
    KNOWN.set(name, curve);
  }
  return curve.slice();
}

function curveOf(mechanism: Mechanism): Float64Array {
  assertMechanism(mechanism);
  if (mechanism.kind === 'zcdp') return Float64Array.from(RDP_ORDERS, (order) => mechanism.rho * order);
  const { samplingRate, noiseMultiplier } = mechanism;
  return Float64Array.from(RDP_ORDERS, (order) => sampledGaussianRdp(samplingRate, noiseMultiplier, order));
}

/** ε at δ of everything that was spent, by the conversion of Canonne, Kamath and Steinke 2020, proposition 12. */
export function epsilonOf(spendings: readonly Spending[], delta: number): EpsilonAt {
  return smallest(composed(spendings), delta, (rdp, order) => {
    return rdp + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
  });
}

/** ε by the older conversion (Mironov 2017, proposition 3), as papers before 2020 state it; never smaller. */
export function epsilonByOldConversion(spendings: readonly Spending[], delta: number): EpsilonAt {
  return smallest(composed(spendings), delta, (rdp, order) => rdp - Math.log(delta) / (order - 1));
}

/** ε of ρ-zCDP: ρ + 2√(ρ ln 1/δ) (Bun and Steinke 2016, proposition 1.3). */
export function epsilonOfZcdp(rho: number, delta: number): number {
  assertDelta(delta);
  return rho + 2 * Math.sqrt(rho * -Math.log(delta));
}

/** ρ of the Gaussian, continuous or discrete: Δ²/(2σ²). */
export function rhoOfGaussian(sensitivity: number, sigma: number): number {
  return (sensitivity * sensitivity) / (2 * sigma * sigma);
}

/** The smallest noise multiplier, to three digits and rounded up, with which the rounds stay within ε. */
export function noiseMultiplierFor(goal: {
  readonly samplingRate: number;
  readonly rounds: number;
  readonly delta: number;
  readonly epsilon: number;
}): number {
  const epsilonAt = (thousandths: number): number => {
    const mechanism = { kind: 'sampled_gaussian', samplingRate: goal.samplingRate } as const;
    const noisy = { ...mechanism, noiseMultiplier: thousandths / 1000 };
    return epsilonOf([{ mechanism: noisy, count: goal.rounds }], goal.delta).epsilon;
  };
  let enough = MAX_NOISE * 1000;
  let little = MIN_NOISE * 1000;
  if (epsilonAt(enough) > goal.epsilon) throw invalid(`No noise makes ${goal.rounds} rounds cost ε ${goal.epsilon}.`);
  if (epsilonAt(little) <= goal.epsilon) return MIN_NOISE;
  while (enough - little > 1) {
    const middle = Math.floor((enough + little) / 2);
    if (epsilonAt(middle) <= goal.epsilon) enough = middle;
    else little = middle;
  }
  return enough / 1000;
}

/** Sum of what was spent, at each order. */
export function composed(spendings: readonly Spending[]): Float64Array {
  const total = new Float64Array(RDP_ORDERS.length);
  for (const { mechanism, count } of spendings) {
    if (!Number.isSafeInteger(count) || count < 0) throw invalid(`A mechanism ran ${count} times.`);
    const once = rdpOf(mechanism);
    once.forEach((rdp, index) => (total[index] = (total[index] ?? 0) + count * rdp));
  }
  return total;
}

function smallest(rdp: Float64Array, delta: number, at: (rdp: number, order: number) => number): EpsilonAt {
  assertDelta(delta);
  if (rdp.every((value) => value === 0)) return { epsilon: 0, order: RDP_ORDERS[0] ?? 2 };
  let best: EpsilonAt = { epsilon: Infinity, order: 0 };
  RDP_ORDERS.forEach((order, index) => {
    const epsilon = at(rdp[index] ?? Infinity, order);
    if (epsilon < best.epsilon) best = { epsilon, order };
  });
  return { ...best, epsilon: Math.max(best.epsilon, 0) };
}

/** ln Σ C(α,k) (1−q)^(α−k) q^k exp(k(k−1)/2z²), divided by α − 1; in logarithms, since terms pass 10³⁰⁸. */
function sampledGaussianRdp(rate: number, noise: number, order: number): number {
  if (rate === 1) return order / (2 * noise * noise);
  const [sampled, spared] = [Math.log(rate), Math.log1p(-rate)];
  const ways = LOG_FACTORIAL[order] as number;
  let largest = -Infinity;
  for (let k = 0; k <= order; k += 1) {
    const choices = ways - (LOG_FACTORIAL[k] as number) - (LOG_FACTORIAL[order - k] as number);
    const term = choices + k * sampled + (order - k) * spared + (k * (k - 1)) / (2 * noise * noise);
    TERMS[k] = term;
    if (term > largest) largest = term;
  }
  let sum = 0;
  for (let k = 0; k <= order; k += 1) sum += exp((TERMS[k] as number) - largest);
  return Math.max(0, (largest + Math.log(sum)) / (order - 1));
}

function logFactorials(last: number): Float64Array {
  const table = new Float64Array(last + 1);
  for (let n = 2; n <= last; n += 1) table[n] = (table[n - 1] ?? 0) + Math.log(n);
  return table;
}

function assertMechanism(mechanism: Mechanism): void {
  if (mechanism.kind === 'zcdp') {
    if (mechanism.rho >= 0 && mechanism.rho <= MAX_RHO) return;
    throw invalid(`ρ is ${mechanism.rho}.`);
  }
  const { samplingRate, noiseMultiplier } = mechanism;
  if (!(samplingRate > 0 && samplingRate <= 1)) throw invalid(`The sampling rate is ${samplingRate}.`);
  if (!(noiseMultiplier >= MIN_NOISE && noiseMultiplier <= MAX_NOISE)) {
    throw invalid(`The noise multiplier is ${noiseMultiplier}.`);
  }
}

function assertDelta(delta: number): void {
  if (!(delta > 0 && delta < 1)) throw invalid(`δ is ${delta}.`);
}

function invalid(detail: string): DomainException {
  return new DomainException(learningErrors.PRIVACY_MECHANISM_INVALID(detail));
}
