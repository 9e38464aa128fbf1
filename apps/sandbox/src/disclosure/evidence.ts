/** What makes a group: texts, numbers or nothing. */
export type CellKey = string | number | boolean | null;

/** Which patients, by their number in the enclave: bit n (from the left) for patient n. */
export type PatientSet = Uint8Array;

/** What one measure rests on, within one cell. */
export interface MeasureEvidence {
  /** The exact value; shown to nobody. */
  readonly value: number | null;
  /** Patients whose values make it. */
  readonly contributors: number;
  /** Sum over patients of the absolute contribution of each. */
  readonly total: number;
  /** The largest absolute contributions of single patients, largest first, at most two. */
  readonly top: readonly number[];
  /** Null where they are the same as the cell's. */
  readonly set: PatientSet | null;
}

/** What one cell rests on, computed by our own SQL. */
export interface CellEvidence {
  readonly keys: readonly CellKey[];
  readonly patients: number;
  readonly rows: number;
  readonly set: PatientSet;
  readonly measures: readonly MeasureEvidence[];
}

const BITS = 8;

/** How many patients are in exactly one of two sets. */
export function setDistance(one: PatientSet, other: PatientSet): number {
  let distance = 0;
  for (let at = 0; at < Math.max(one.length, other.length); at += 1)
    distance += ones((one[at] ?? 0) ^ (other[at] ?? 0));
  return distance;
}

/** The patients of any of the sets. */
export function unionOf(sets: readonly PatientSet[]): PatientSet {
  const union = new Uint8Array(Math.max(0, ...sets.map(({ length }) => length)));
  for (const set of sets) for (let at = 0; at < set.length; at += 1) union[at] = (union[at] ?? 0) | (set[at] ?? 0);
  return union;
}

export function sizeOf(set: PatientSet): number {
  return set.reduce((sum, byte) => sum + ones(byte), 0);
}

/** A set of these patient numbers. */
export function setOf(patients: Iterable<number>, capacity: number): PatientSet {
  const set = new Uint8Array(Math.ceil(capacity / BITS));
  for (const patient of patients) {
    const at = Math.floor(patient / BITS);
    set[at] = (set[at] ?? 0) | (0x80 >> (patient % BITS));
  }
  return set;
}

const COUNTS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

function ones(byte: number): number {
  return COUNTS[byte] ?? 0;
}
