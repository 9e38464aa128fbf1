import { DomainException } from '@hetao/kernel';
import { learningErrors } from './learning.errors.js';

/** Floats of the upper part's weights, little-endian: what Hong Kong sends for a round. */
export function encodeWeights(weights: Float32Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(weights.length * 4));
  weights.forEach((weight, index) => view.setFloat32(index * 4, weight, true));
  return new Uint8Array(view.buffer);
}

/** @throws DomainException ROUND_MALFORMED unless there are exactly `parameters` finite floats. */
export function decodeWeights(frame: Uint8Array, parameters: number): Float32Array {
  if (frame.byteLength !== parameters * 4) {
    throw malformed(`The frame has ${frame.byteLength} bytes; ${parameters} weights take ${parameters * 4}.`);
  }
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const weights = Float32Array.from({ length: parameters }, (_, index) => view.getFloat32(index * 4, true));
  if (!weights.every((weight) => Number.isFinite(weight))) throw malformed('A weight is not finite.');
  return weights;
}

/** Whole steps of the grid as little-endian doubles, exact to 2⁵³: what Shenzhen sends back. */
export function encodeGrid(vector: Float64Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(vector.length * 8));
  vector.forEach((steps, index) => view.setFloat64(index * 8, steps, true));
  return new Uint8Array(view.buffer);
}

/** @throws DomainException ROUND_MALFORMED unless there are exactly `length` whole numbers. */
export function decodeGrid(frame: Uint8Array, length: number): Float64Array {
  if (frame.byteLength !== length * 8) {
    throw malformed(`The frame has ${frame.byteLength} bytes; ${length} sums take ${length * 8}.`);
  }
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const vector = Float64Array.from({ length }, (_, index) => view.getFloat64(index * 8, true));
  if (!vector.every((steps) => Number.isSafeInteger(steps))) throw malformed('A sum is no whole number of steps.');
  return vector;
}

/** The upper part's share of a round: gradient of the parameters from `upperFrom` on, loss, count. */
export function upperShare(vector: Float64Array, upperFrom: number): Float64Array {
  return vector.slice(upperFrom);
}

function malformed(detail: string): DomainException {
  return new DomainException(learningErrors.ROUND_MALFORMED(detail));
}
