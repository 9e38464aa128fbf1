/** How weights follow a gradient. */
export type OptimiserSetting =
  | { readonly kind: 'sgd'; readonly learningRate: number; readonly momentum: number }
  | { readonly kind: 'adam'; readonly learningRate: number };

/** What an optimiser remembers between steps; with the weights it is all a training needs to go on after a stop. */
export interface OptimiserState {
  readonly step: number;
  /** Momentum, or Adam's first moment. */
  readonly first: Float32Array;
  /** Adam's second moment; empty for SGD. */
  readonly second: Float32Array;
}

/** Adam's own numbers (Kingma and Ba 2015). */
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const TINY = 1e-8;

/** A state before the first step. */
export function freshState(setting: OptimiserSetting, parameters: number): OptimiserState {
  const second = new Float32Array(setting.kind === 'adam' ? parameters : 0);
  return { step: 0, first: new Float32Array(parameters), second };
}

/** One step: changes `weights` in place and returns the next state, whose arrays are those of `state`. */
export function optimise(
  setting: OptimiserSetting,
  state: OptimiserState,
  weights: Float32Array,
  gradient: ArrayLike<number>,
): OptimiserState {
  const next = { ...state, step: state.step + 1 };
  if (setting.kind === 'sgd') followMomentum(setting, next, weights, gradient);
  else followAdam(setting.learningRate, next, weights, gradient);
  return next;
}

function followMomentum(
  { learningRate, momentum }: { readonly learningRate: number; readonly momentum: number },
  { first }: OptimiserState,
  weights: Float32Array,
  gradient: ArrayLike<number>,
): void {
  for (let at = 0; at < weights.length; at += 1) {
    const speed = momentum * (first[at] as number) + (gradient[at] as number);
    first[at] = speed;
    weights[at]! -= learningRate * speed;
  }
}

function followAdam(
  learningRate: number,
  { step, first, second }: OptimiserState,
  weights: Float32Array,
  gradient: ArrayLike<number>,
): void {
  const rate = (learningRate * Math.sqrt(1 - BETA_2 ** step)) / (1 - BETA_1 ** step);
  for (let at = 0; at < weights.length; at += 1) {
    const slope = gradient[at] as number;
    const mean = BETA_1 * (first[at] as number) + (1 - BETA_1) * slope;
    const square = BETA_2 * (second[at] as number) + (1 - BETA_2) * slope * slope;
    first[at] = mean;
    second[at] = square;
    weights[at]! -= (rate * mean) / (Math.sqrt(square) + TINY);
  }
}
