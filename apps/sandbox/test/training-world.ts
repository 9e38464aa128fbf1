import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { benchmarkTable, BENCHMARK_INPUTS, type PatientTable } from '@hetao/learning';
import { newId } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { people } from './running-training.js';

/** What the tests train on: an enclave of a custodian, one admitted table, and an agreement with a researcher in it. */
export interface TrainingWorld {
  readonly enclaveId: string;
  readonly versionId: string;
  readonly agreementId: string;
  readonly table: PatientTable;
  readonly data: {
    readonly table: string;
    readonly features: readonly { readonly column: string }[];
    readonly label: { readonly column: string; readonly positive: string };
  };
}

export interface WorldTerms {
  readonly patients?: number;
  readonly epsilon?: number;
  readonly dataClass?: string;
  readonly vcpuSeconds?: number;
  /** A licence of nobody, when false. */
  readonly licensed?: boolean;
}

const features = Array.from({ length: BENCHMARK_INPUTS }, (_, at) => ({ column: `x${at}` }));

/** Writes the synthetic benchmark as an admitted table, straight into where enclaves keep them. */
export async function admitBenchmark(
  { database, folder }: { readonly database: Database; readonly folder: string },
  { patients = 1_000, epsilon = 3, dataClass = 'synthetic', vcpuSeconds = 1e6, licensed = true }: WorldTerms = {},
): Promise<TrainingWorld> {
  const [enclaveId, versionId, agreementId, productId] = [newId('enc'), newId('dsv'), newId('agr'), newId('prd')];
  const table = benchmarkTable(patients);
  const file = parquetOf(table);
  const sha256 = createHash('sha256').update(file).digest('hex');
  const path = join(enclaveId, versionId, 'benchmark.parquet');
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), file);
  const columns = [
    ...features.map(({ column }) => ({
      name: column,
      type: 'decimal',
      use: 'plain',
      sensitive: false,
      generalise: null,
    })),
    { name: 'outcome', type: 'text', use: 'after_group_by', sensitive: false, generalise: null },
    { name: 'note', type: 'text', use: 'never', sensitive: true, generalise: null },
  ];
  const admitted = {
    name: 'benchmark',
    patientKey: 'pid',
    maxRowsPerPatient: 1,
    columns,
    path,
    twinPath: path,
    rows: patients,
    sha256,
  };
  const terms = {
    epsilon,
    queriesPerDay: 100,
    sessionMinutes: 600,
    vcpuSeconds,
    gbSeconds: 1e6,
    outputFiles: 10,
    predictions: 150,
    ownCode: true,
    maxPeople: 5,
  };
  const [custodian, buyer] = [people.steward.organisationId, people.viewer.organisationId];
  const always = ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'];
  await database.withClient(async (client) => {
    await client.query(
      `INSERT INTO enclaves (id, product_id, custodian_id, name, data_class, origin, is_synthetic, min_patients, terms, created_at, created_by)
       VALUES ($1, $2, $3, '{}', $4, 'CN', true, 10, $5, now(), 'test')`,
      [enclaveId, productId, custodian, dataClass, JSON.stringify(terms)],
    );
    await client.query(
      `INSERT INTO dataset_versions (id, enclave_id, version, patients, content_hash, tables, card, admitted_at, admitted_by)
       VALUES ($1, $2, 1, $3, $4, $5, '{}', now(), 'test')`,
      [versionId, enclaveId, patients, sha256, JSON.stringify([admitted])],
    );
    await client.query(
      `INSERT INTO legal_bases (id, enclave_id, kind, reference, destination, valid_from, valid_until, recorded_by, recorded_at)
       VALUES ($1, $2, 'synthetic', 'test', 'HK', $3, $4, 'test', now())`,
      [newId('lgb'), enclaveId, ...always],
    );
    if (!licensed) return;
    await client.query(
      `INSERT INTO compute_licences (entitlement_id, agreement_id, product_id, merchant_id, buyer_id, purposes, places, meters,
         needs_release, valid_from, valid_until) VALUES ($1, $2, $3, $4, $5, '{research}', '{HK}', '{vcpu_seconds,gb_seconds,output_files,predictions}', false, $6, $7)`,
      [newId('ent'), agreementId, productId, custodian, buyer, ...always],
    );
    await client.query(
      `INSERT INTO licence_people (agreement_id, subject, name, place, trained_on, admitted_by, admitted_at)
       VALUES ($1, $2, 'Viewer', 'HK', '2026-01-01', 'test', now())`,
      [agreementId, people.viewer.subject],
    );
  });
  const data = { table: 'benchmark', features, label: { column: 'outcome', positive: 'yes' } };
  return { enclaveId, versionId, agreementId, table, data };
}

function parquetOf(table: PatientTable): Uint8Array {
  const rows = table.labels.length;
  const column = (at: number) => Array.from({ length: rows }, (_, row) => table.features[row * table.inputs + at] ?? 0);
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: '__patient', data: Array.from({ length: rows }, (_, row) => row), type: 'INT32' },
      ...features.map(({ column: name }, at) => ({ name, data: column(at), type: 'FLOAT' as const })),
      { name: 'outcome', data: Array.from(table.labels, (label) => (label === 1 ? 'yes' : 'no')), type: 'STRING' },
    ],
  });
  return new Uint8Array(buffer);
}
