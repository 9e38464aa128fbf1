import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import { rulesErrors } from '../checks/rules.errors.js';

/**
 * How many distinct persons, without keeping one of them: HyperLogLog (Flajolet and others 2007) with 2^14 registers
 * and the estimator of Ertl (arXiv:1702.01284, algorithm 6), which needs no tables and no correction for small counts.
 * For an exporter who may not hand out commitments of single persons: sketches of several channels merge into the
 * sketch of their union, so that nobody is counted twice. It estimates; where commitments can be had they are exact.
 */
const INDEX_BITS = 14;
const REGISTERS = 2 ** INDEX_BITS;
const RANK_BITS = 64 - INDEX_BITS;
const ALPHA = 1 / (2 * Math.LN2);
const PREFIX = 'hll14:';

/** Three standard errors (1.04 / sqrt(2^14) each), rounded up: 99.7 of 100 estimates lie closer to the truth. */
export const SKETCH_ERROR = 0.025;

/** One byte a register: the longest run of zeros seen there, and one. */
export type PersonSketch = Uint8Array;

/** What a sketch says, and how far it may be off. Persons, rounded outwards. */
export interface PersonEstimate {
  readonly estimate: number;
  /** Relative error bound, three standard errors: 0.025 is 2.5 %. */
  readonly error: number;
  readonly lower: number;
  readonly upper: number;
}

/** A sketch of nobody. */
export function emptySketch(): PersonSketch {
  return new Uint8Array(REGISTERS);
}

/**
 * Adds a person, changing the sketch.
 *
 * @param commitment of `personCommitment`: uniformly distributed by itself, so that its first 64 bits are the hash.
 * @throws RangeError when it is no commitment.
 */
export function addToSketch(sketch: PersonSketch, commitment: string): void {
  if (!/^[0-9a-f]{64}$/.test(commitment)) throw new RangeError('A commitment has 64 lower-case hexadecimal digits.');
  const bits = BigInt(`0x${commitment.slice(0, 16)}`);
  const rest = bits & ((1n << BigInt(RANK_BITS)) - 1n);
  const rank = rest === 0n ? RANK_BITS + 1 : RANK_BITS - rest.toString(2).length + 1;
  raiseRegister(sketch, Number(bits >> BigInt(RANK_BITS)), rank);
}

/** Lets a register hold at least this rank, changing the sketch: for those who computed ranks elsewhere. */
export function raiseRegister(sketch: PersonSketch, register: number, rank: number): void {
  if ((sketch[register] ?? RANK_BITS + 1) < rank) sketch[register] = rank;
}

/** The sketch of everybody in any of them: associative, commutative, and the same however often one is given. */
export function mergeSketches(sketches: readonly PersonSketch[]): PersonSketch {
  const merged = emptySketch();
  for (const sketch of sketches) sketch.forEach((rank, register) => raiseRegister(merged, register, rank));
  return merged;
}

/** Estimates how many distinct persons were added. */
export function estimatePersons(sketch: PersonSketch): PersonEstimate {
  const counts = new Array<number>(RANK_BITS + 2).fill(0);
  for (const rank of sketch) counts[rank] = (counts[rank] ?? 0) + 1;
  let sum = REGISTERS * tau(1 - (counts[RANK_BITS + 1] ?? 0) / REGISTERS);
  for (let rank = RANK_BITS; rank >= 1; rank -= 1) sum = 0.5 * (sum + (counts[rank] ?? 0));
  sum += REGISTERS * sigma((counts[0] ?? 0) / REGISTERS);
  const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
  return {
    estimate: Math.round(raw),
    error: SKETCH_ERROR,
    lower: Math.floor(raw * (1 - SKETCH_ERROR)),
    upper: Math.ceil(raw * (1 + SKETCH_ERROR)),
  };
}

function sigma(share: number): number {
  if (share === 1) return Infinity;
  let [x, y, z, before] = [share, 1, share, NaN];
  while (z !== before) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z, before] = [share, 1, 1 - share, NaN];
  while (z !== before) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}

/** A sketch as text: its kind, and the registers in base64. About 22 kB. */
export function sketchToText(sketch: PersonSketch): string {
  return `${PREFIX}${btoa(Array.from(sketch, (rank) => String.fromCharCode(rank)).join(''))}`;
}

/** Reads a sketch; anything else than what {@link sketchToText} writes is SKETCH_INVALID. */
export function sketchFromText(text: string): Result<PersonSketch, DomainError> {
  const invalid = (why: string) => err(rulesErrors.SKETCH_INVALID(why));
  if (!text.startsWith(PREFIX)) return invalid(`The text does not begin with "${PREFIX}".`);
  let binary: string;
  try {
    binary = atob(text.slice(PREFIX.length));
  } catch {
    return invalid('What follows the kind is not base64.');
  }
  const sketch = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (sketch.length !== REGISTERS) return invalid(`There are ${sketch.length} registers, not ${REGISTERS}.`);
  if (sketch.some((rank) => rank > RANK_BITS + 1)) return invalid('A register holds a rank no hash can have.');
  return ok(sketch);
}
