import { canonicalJson, DomainException } from '@hetao/kernel';
import { learningErrors } from './learning.errors.js';
import { normal, type RandomSource } from './random.js';

export const activations = ['relu', 'tanh', 'identity'] as const;
export type Activation = (typeof activations)[number];

/** A feed-forward network that answers one question of yes or no: its last unit is the logit. */
export interface Architecture {
  readonly inputs: number;
  readonly layers: readonly { readonly units: number; readonly activation: Activation }[];
}

/** Where a layer's parameters lie: `units` rows of `inputs` weights, then `units` biases. */
export interface LayerPlace {
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  readonly weightsAt: number;
  readonly biasesAt: number;
  readonly endsAt: number;
}

export const MAX_PARAMETERS = 200_000;
const MAX_WIDTH = 512;
const MAX_LAYERS = 6;

/** The layers one after the other in one array of parameters. @throws DomainException ARCHITECTURE_INVALID. */
export function placesOf(architecture: Architecture): readonly LayerPlace[] {
  const { inputs, layers } = architecture;
  if (!isWidth(inputs)) throw invalid(`It has ${inputs} inputs.`);
  if (layers.length < 1 || layers.length > MAX_LAYERS) throw invalid(`It has ${layers.length} layers.`);
  let at = 0;
  let width = inputs;
  const places = layers.map(({ units, activation }) => {
    if (!isWidth(units)) throw invalid(`A layer has ${units} units.`);
    const biasesAt = at + units * width;
    const place = { inputs: width, units, activation, weightsAt: at, biasesAt, endsAt: biasesAt + units };
    at = place.endsAt;
    width = units;
    return place;
  });
  const last = places.at(-1);
  if (last?.units !== 1 || last.activation !== 'identity') throw invalid('Its last layer is not one identity unit.');
  if (at > MAX_PARAMETERS) throw invalid(`It has ${at} parameters.`);
  return places;
}

/** How many parameters it has. @throws DomainException ARCHITECTURE_INVALID. */
export function parameterCount(architecture: Architecture): number {
  return placesOf(architecture).at(-1)?.endsAt ?? 0;
}

/**
 * Where the upper part of a split begins in the parameters: the layers from `splitAt` on are the upper ones.
 * @param splitAt 0 (everything is upper) to the number of layers (nothing is). @throws DomainException ARCHITECTURE_INVALID.
 */
export function upperPartStart(architecture: Architecture, splitAt: number): number {
  const places = placesOf(architecture);
  if (splitAt === places.length) return parameterCount(architecture);
  const place = places[splitAt];
  if (place === undefined) throw invalid(`It is split at layer ${splitAt}.`);
  return place.weightsAt;
}

/** The text both sides hash: canonical JSON of the architecture and where it is split. */
export function architectureText(architecture: Architecture, splitAt: number): string {
  const layers = architecture.layers.map(({ units, activation }) => ({ units, activation }));
  return canonicalJson({ form: 'hetao-mlp/1', inputs: architecture.inputs, layers, split_at: splitAt });
}

/** First weights: normal with variance 2/inputs for relu (He 2015), 1/inputs otherwise (Glorot 2010); biases zero. */
export function firstWeights(architecture: Architecture, source: RandomSource): Float32Array {
  const weights = new Float32Array(parameterCount(architecture));
  for (const place of placesOf(architecture)) {
    const deviation = Math.sqrt((place.activation === 'relu' ? 2 : 1) / place.inputs);
    for (let at = place.weightsAt; at < place.biasesAt; at += 1) weights[at] = deviation * normal(source);
  }
  return weights;
}

function isWidth(width: number): boolean {
  return Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH;
}

function invalid(detail: string): DomainException {
  return new DomainException(learningErrors.ARCHITECTURE_INVALID(detail));
}
