import { err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import { mayStand, type ColumnRule } from '../enclave/column-policy.js';
import type { DatasetVersion, Enclave } from '../enclave/enclave.js';
import { trainingErrors, type TrainingError } from './training.errors.js';

/** A column of the table as the model sees it: (x − centre) / scale. Both are public knowledge, never computed from the data. */
export interface FeatureColumn {
  readonly column: string;
  readonly centre: number;
  readonly scale: number;
}

/** How a table is read for training. */
export interface TableReading {
  readonly features: readonly FeatureColumn[];
  /** A row's answer is yes where this column holds this value. */
  readonly label: { readonly column: string; readonly positive: string };
}

/** The table a run is trained on: one admitted state, pinned by its hash. */
export interface TrainingData {
  readonly enclaveId: string;
  readonly datasetVersionId: string;
  readonly dataClass: string;
  readonly table: string;
  /** Relative to the enclave's folder. */
  readonly path: string;
  readonly sha256: string;
  readonly reading: TableReading;
  /** How many are said to be there: rounded down to five. */
  readonly patients: number;
}

/** Fewer cannot hide in each other. */
export const FEWEST_PATIENTS = 500;
const NUMBERS: readonly string[] = ['integer', 'decimal', 'boolean'];

/** What is asked for, as far as the enclave allows it: a feature is an aggregate of many, a label a comparison. */
export function trainingData(
  enclave: Pick<Enclave, 'id' | 'dataClass'>,
  version: Pick<DatasetVersion, 'id' | 'patients' | 'tables'>,
  asked: TableReading & { readonly table: string },
): Result<TrainingData, TrainingError> {
  const table = version.tables.find(({ name }) => name === asked.table);
  if (table === undefined) return refused([{ pointer: '/data/table', detail: `There is no table ${asked.table}.` }]);
  const rule = (name: string): ColumnRule | undefined => table.columns.find((column) => column.name === name);
  const items = asked.features.flatMap(({ column }, index) => {
    const found = rule(column);
    const usable = found !== undefined && NUMBERS.includes(found.type) && mayStand(found, 'aggregate');
    return usable
      ? []
      : [{ pointer: `/data/features/${index}/column`, detail: `${column} is no number that may be aggregated.` }];
  });
  const label = rule(asked.label.column);
  if (!mayStand(label, 'compare') && !mayStand(label, 'aggregate')) {
    items.push({ pointer: '/data/label/column', detail: `${asked.label.column} may not be compared.` });
  }
  if (version.patients < FEWEST_PATIENTS) {
    items.push({ pointer: '/data', detail: `It has fewer than ${FEWEST_PATIENTS} patients.` });
  }
  if (items.length > 0) return refused(items);
  return ok({
    enclaveId: enclave.id,
    datasetVersionId: version.id,
    dataClass: enclave.dataClass,
    table: table.name,
    path: table.path,
    sha256: table.sha256,
    reading: { features: asked.features, label: asked.label },
    patients: Math.floor(version.patients / 5) * 5,
  });
}

function refused(items: readonly Omit<ErrorItem, 'code'>[]): Result<never, TrainingError> {
  const coded = items.map((item) => ({ ...item, code: 'refused' }));
  return err(
    trainingErrors.TRAINING_DATA_REFUSED('The enclave does not allow this table to be read so.', { items: coded }),
  );
}
