import {
  decodeWeights,
  encodeWeights,
  firstWeights,
  freshState,
  learner,
  follow,
  parameterCount,
  seededRandom,
  upperPartStart,
  type Learner,
} from '@hetao/learning';
import type { TrainingPlan } from './training-run.js';

/**
 * The layers below the cut and what their optimiser remembers. They live in the enclave, change by the enclave's own sums
 * alone, and no message of the other side has a place for them.
 */
export type LowerPart = Learner;

/** How many parameters stay. */
export function lowerCount({ architecture, splitAt }: TrainingPlan): number {
  return upperPartStart(architecture, splitAt);
}

/** How many parameters are the other side's. */
export function upperCount(plan: TrainingPlan): number {
  return parameterCount(plan.architecture) - lowerCount(plan);
}

/** The part as it was kept after some round, or as the seed gives it before the first. */
export function lowerPart(plan: TrainingPlan, kept: Uint8Array | null, round: number): LowerPart {
  const size = lowerCount(plan);
  const begun = firstWeights(plan.architecture, seededRandom(plan.seed)).slice(0, size);
  if (kept === null) return learner(plan.architecture, begun, plan.optimiser);
  const fresh = freshState(plan.optimiser, size);
  const all = decodeWeights(kept, size + fresh.first.length + fresh.second.length);
  const part = learner(plan.architecture, all.slice(0, size), plan.optimiser);
  part.state = { step: round, first: all.slice(size, 2 * size), second: all.slice(2 * size) };
  return part;
}

/** What is kept of it. */
export function keptLower({ weights, state }: LowerPart): Uint8Array {
  const all = new Float32Array(weights.length + state.first.length + state.second.length);
  all.set(weights);
  all.set(state.first, weights.length);
  all.set(state.second, weights.length + state.first.length);
  return encodeWeights(all);
}

/** Follows its own share of a round's noisy sum. */
export function followLower(part: LowerPart, gradientSum: Float64Array, expectedPatients: number): void {
  follow(part, gradientSum.slice(0, part.weights.length), expectedPatients);
}

/** Both parts as one network's parameters. */
export function joinedWeights(lower: Float32Array, upper: Float32Array): Float32Array {
  const all = new Float32Array(lower.length + upper.length);
  all.set(lower);
  all.set(upper, lower.length);
  return all;
}
