import { DomainException } from '@hetao/kernel';
import { learningErrors } from './learning.errors.js';

/** Rows to learn from, those of one patient beside each other: the patient is what privacy protects, not the row. */
export interface PatientTable {
  /** Numbers a row. */
  readonly inputs: number;
  /** Rows one after the other. */
  readonly features: Float32Array;
  /** 0 or 1, one a row. */
  readonly labels: Float32Array;
  /** Where each patient's rows begin; one more at the end, so patient p has rows starts[p] … starts[p+1] − 1. */
  readonly starts: Int32Array;
}

/** How many patients there are. */
export function patientsOf(table: PatientTable): number {
  return table.starts.length - 1;
}

/** How many rows there are. */
export function rowsOf(table: PatientTable): number {
  return table.labels.length;
}

/** A checked table. @throws DomainException TRAINING_DATA_INVALID. */
export function patientTable(table: PatientTable): PatientTable {
  const { inputs, features, labels, starts } = table;
  if (features.length !== labels.length * inputs)
    throw invalid(`${features.length} features for ${labels.length} rows.`);
  if (starts.length < 1 || starts[0] !== 0 || starts.at(-1) !== labels.length) throw invalid('Rows without a patient.');
  if (starts.some((start, index) => index > 0 && start <= (starts[index - 1] ?? 0)))
    throw invalid('A patient without rows.');
  if (!features.every((value) => Number.isFinite(value))) throw invalid('A feature is not finite.');
  if (!labels.every((label) => label === 0 || label === 1)) throw invalid('A label is neither 0 nor 1.');
  return table;
}

/** A table of the patients that are named, in that order. */
export function patientsAt(table: PatientTable, patients: ArrayLike<number>): PatientTable {
  const { inputs, features, labels, starts } = table;
  const chosen = Array.from(patients);
  const counts = chosen.map((patient) => (starts[patient + 1] ?? 0) - (starts[patient] ?? 0));
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const picked = {
    inputs,
    features: new Float32Array(rows * inputs),
    labels: new Float32Array(rows),
    starts: new Int32Array(chosen.length + 1),
  };
  let row = 0;
  chosen.forEach((patient, index) => {
    const [from, to] = [starts[patient] ?? 0, starts[patient + 1] ?? 0];
    picked.features.set(features.subarray(from * inputs, to * inputs), row * inputs);
    picked.labels.set(labels.subarray(from, to), row);
    row += to - from;
    picked.starts[index + 1] = row;
  });
  return picked;
}

/**
 * Two parts by a patient's place in a seeded order: what a model is trained on, and what it is judged by.
 * @param share of the patients that come into the first part, 0 to 1.
 */
export function splitPatients(
  table: PatientTable,
  share: number,
  order: ArrayLike<number>,
): readonly [PatientTable, PatientTable] {
  const all = Array.from(order);
  const cut = Math.round(all.length * share);
  return [patientsAt(table, all.slice(0, cut)), patientsAt(table, all.slice(cut))];
}

function invalid(detail: string): DomainException {
  return new DomainException(learningErrors.TRAINING_DATA_INVALID(detail));
}
