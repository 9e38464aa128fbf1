import type { ComputeTerms } from '../access/compute-grant.js';
import type { DataClass } from '../isolation/isolation-level.js';
import { generalisations, type ColumnRule, type GovernedTable } from './column-policy.js';

/** Rows that may be put to the models of an agreement where its enclave says no other number. */
export const DEFAULT_PREDICTIONS = 10_000;

/** Data that stays where it is, under the hands of its custodian. */
export interface Enclave {
  readonly id: string;
  readonly productId: string;
  /** The merchant whose data it is. */
  readonly custodianId: string;
  readonly name: Readonly<Record<string, string>>;
  readonly dataClass: DataClass;
  /** ISO 3166-1 alpha-2: where the data lies. */
  readonly origin: string;
  /** No person is behind it; said wherever it appears. */
  readonly isSynthetic: boolean;
  readonly minPatients: number;
  readonly terms: ComputeTerms;
}

/** A table as it was admitted: where it lies, its rules, and its twin. Paths are relative to the enclave's folder. */
export interface AdmittedTable extends GovernedTable {
  readonly path: string;
  readonly twinPath: string;
  readonly rows: number;
  readonly sha256: string;
}

/** One admitted state of a dataset; never changed afterwards. */
export interface DatasetVersion {
  readonly id: string;
  readonly enclaveId: string;
  readonly version: number;
  /** How many patients the enclave has numbers for. */
  readonly patients: number;
  /** Over the hashes of its tables. */
  readonly contentHash: string;
  readonly tables: readonly AdmittedTable[];
}

const NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** Whether a table or column may be called so: a plain word that needs no quoting anywhere. */
export function isPlainName(name: string): boolean {
  return NAME.test(name);
}

/**
 * The columns of a table as a session sees them: the patient's number, and each column that is used at all, coarsened. A
 * column that is never used is not there.
 */
export function seenColumns({ columns }: GovernedTable): string {
  const seen = columns.filter(({ use }) => use !== 'never').map((column) => `${coarsened(column)} AS "${column.name}"`);
  return ['"__patient"', ...seen].join(', ');
}

const COARSENINGS: Readonly<Record<(typeof generalisations)[number], (column: string) => string>> = {
  month: (column) => `CAST(date_trunc('month', ${column}) AS DATE)`,
  year: (column) => `CAST(date_trunc('year', ${column}) AS DATE)`,
  five_year_band: (column) => `CAST(floor(${column} / 5) * 5 AS INTEGER)`,
  first_segment: (column) => `split_part(${column}, '.', 1)`,
};

function coarsened({ name, generalise }: ColumnRule): string {
  return generalise === null ? `"${name}"` : COARSENINGS[generalise](`"${name}"`);
}
