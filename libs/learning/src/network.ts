import { placesOf, type Activation, type Architecture, type LayerPlace } from './architecture.js';

/** Looked up once: it is called for every parameter of every patient. */
const { trunc } = Math;

interface Layer extends LayerPlace {
  /** What the layer below gave, what this one gives, and ∂loss/∂(sum before the activation). */
  readonly below: Float32Array;
  readonly output: Float32Array;
  readonly delta: Float32Array;
}

/**
 * A network at work on one row at a time. It keeps the activations of the last row, so a gradient is written straight
 * from them: for a dense layer it is δ ⊗ a, and its length is known before any of it is written.
 */
export class Network {
  readonly #layers: readonly Layer[];
  readonly #input: Float32Array;

  /** `weights` is used as it is, not copied: an optimiser may change it between rows. */
  constructor(
    readonly architecture: Architecture,
    readonly weights: Float32Array,
  ) {
    this.#input = new Float32Array(architecture.inputs);
    let under = this.#input;
    this.#layers = placesOf(architecture).map((place) => {
      const layer = {
        ...place,
        below: under,
        output: new Float32Array(place.units),
        delta: new Float32Array(place.units),
      };
      under = layer.output;
      return layer;
    });
  }

  /** The logit of the row that begins at `from`. */
  logit(features: Float32Array, from: number): number {
    this.#input.set(features.subarray(from, from + this.#input.length));
    for (const layer of this.#layers) forward(layer, this.weights);
    return this.#layers.at(-1)?.output[0] ?? NaN;
  }

  /** What the layers below `splitAt` made of the last row. */
  cutLayer(splitAt: number): Float32Array {
    return this.#layers[splitAt]?.below ?? this.#input;
  }

  /** Forward and backward for one row; the gradient stays in the layers. @returns its log loss. */
  learn(features: Float32Array, from: number, label: number): number {
    const logit = this.logit(features, from);
    const top = this.#layers.at(-1);
    if (top !== undefined) top.delta[0] = probabilityOf(logit) - label;
    for (let index = this.#layers.length - 1; index > 0; index -= 1) {
      const [layer, under] = [this.#layers[index], this.#layers[index - 1]];
      if (layer !== undefined && under !== undefined) backward(layer, under, this.weights);
    }
    return logLoss(logit, label);
  }

  /** Squared length of the last row's gradient, without writing it: Σ |δ|² (|a|² + 1). */
  gradientNormSquared(): number {
    return this.#layers.reduce((sum, { delta, below }) => sum + squared(delta) * (squared(below) + 1), 0);
  }

  /** Adds the last row's gradient, times `scale`, to `sum`. */
  addGradient(sum: Float64Array, scale: number): void {
    for (const { delta, below, units, inputs, weightsAt, biasesAt } of this.#layers) {
      for (let unit = 0; unit < units; unit += 1) {
        const slope = scale * (delta[unit] as number);
        const row = weightsAt + unit * inputs;
        for (let input = 0; input < inputs; input += 1) sum[row + input]! += slope * (below[input] as number);
        sum[biasesAt + unit]! += slope;
      }
    }
  }

  /** As addGradient, each number cut toward zero to a whole one, which never makes the vector longer. */
  addWholeGradient(sum: Float64Array, scale: number): void {
    for (const { delta, below, units, inputs, weightsAt, biasesAt } of this.#layers) {
      for (let unit = 0; unit < units; unit += 1) {
        const slope = scale * (delta[unit] as number);
        // A unit that is off has no gradient, and half of them are.
        if (slope === 0) continue;
        const row = weightsAt + unit * inputs;
        for (let input = 0; input < inputs; input += 1) sum[row + input]! += trunc(slope * (below[input] as number));
        sum[biasesAt + unit]! += trunc(slope);
      }
    }
  }
}

/** 1 / (1 + e^−logit). */
export function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** −ln of the chance given to what happened, in a form that does not overflow. */
export function logLoss(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}

function forward(
  { below, output, units, inputs, weightsAt, biasesAt, activation }: Layer,
  weights: Float32Array,
): void {
  for (let unit = 0; unit < units; unit += 1) {
    const row = weightsAt + unit * inputs;
    let sum = weights[biasesAt + unit] as number;
    for (let input = 0; input < inputs; input += 1) sum += (weights[row + input] as number) * (below[input] as number);
    output[unit] = activated(sum, activation);
  }
}

function backward(layer: Layer, under: Layer, weights: Float32Array): void {
  const { delta, units, inputs, weightsAt } = layer;
  under.delta.fill(0);
  for (let unit = 0; unit < units; unit += 1) {
    const slope = delta[unit] as number;
    if (slope === 0) continue;
    const row = weightsAt + unit * inputs;
    for (let input = 0; input < inputs; input += 1) under.delta[input]! += slope * (weights[row + input] as number);
  }
  for (let input = 0; input < inputs; input += 1) {
    under.delta[input]! *= slopeOf(under.output[input] as number, under.activation);
  }
}

function activated(sum: number, activation: Activation): number {
  switch (activation) {
    case 'relu':
      return sum > 0 ? sum : 0;
    case 'tanh':
      return Math.tanh(sum);
    case 'identity':
      return sum;
  }
}

/** The derivative, told by the output. */
function slopeOf(output: number, activation: Activation): number {
  switch (activation) {
    case 'relu':
      return output > 0 ? 1 : 0;
    case 'tanh':
      return 1 - output * output;
    case 'identity':
      return 1;
  }
}

function squared(vector: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < vector.length; index += 1) sum += (vector[index] as number) ** 2;
  return sum;
}
