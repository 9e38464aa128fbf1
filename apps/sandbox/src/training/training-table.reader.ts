import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { patientTable, type PatientTable } from '@hetao/learning';
import type { FeatureColumn, TableReading } from './training-data.js';

/** Admitted tables are written with zstd. */
const compressors = { ZSTD: (page: Uint8Array): Uint8Array => zstdDecompressSync(page) };
const MOST_ROWS = 5_000_000;
/** The number that stands for a patient in an admitted table. */
const PATIENT = '__patient';

/** Reads a Parquet file as a table to learn from, rows of one patient brought together. @throws Error saying what is wrong. */
export async function readTable(path: string, sha256: string, reading: TableReading): Promise<PatientTable> {
  const bytes = await readFile(path);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Error('The file is not the one that was admitted.');
  const columns = [PATIENT, reading.label.column, ...reading.features.map(({ column }) => column)];
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = await parquetReadObjects({ file, columns: [...new Set(columns)], rowEnd: MOST_ROWS, compressors });
  return tableOf(rows, reading);
}

function tableOf(rows: readonly Record<string, unknown>[], reading: TableReading): PatientTable {
  const byPatient = new Map<unknown, Record<string, unknown>[]>();
  for (const row of rows) {
    const patient = row[PATIENT];
    if (patient === null || patient === undefined) throw new Error('A row names no patient.');
    const visits = byPatient.get(patient);
    if (visits === undefined) byPatient.set(patient, [row]);
    else visits.push(row);
  }
  const inputs = reading.features.length;
  const features = new Float32Array(rows.length * inputs);
  const labels = new Float32Array(rows.length);
  const starts = new Int32Array(byPatient.size + 1);
  let [patient, row] = [0, 0];
  for (const visits of byPatient.values()) {
    for (const visit of visits) {
      reading.features.forEach((feature, input) => {
        features[row * inputs + input] = scaledAt(visit, feature);
      });
      labels[row] = String(visit[reading.label.column]) === reading.label.positive ? 1 : 0;
      row += 1;
    }
    patient += 1;
    starts[patient] = row;
  }
  return patientTable({ inputs, features, labels, starts });
}

/** What was not measured counts as the centre: zero after scaling, which needs no mean of the data. */
function scaledAt(row: Record<string, unknown>, { column, centre, scale }: FeatureColumn): number {
  const value = row[column];
  if (value === null || value === undefined) return 0;
  if (typeof value === 'boolean') return (Number(value) - centre) / scale;
  if (typeof value === 'number' && Number.isFinite(value)) return (value - centre) / scale;
  if (typeof value === 'bigint') return (Number(value) - centre) / scale;
  throw new Error(`Column ${column} holds something that is no number.`);
}
