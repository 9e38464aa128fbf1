import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import {
  accuracyOf,
  firstWeights,
  judge,
  learner,
  noiseMultiplierFor,
  patientTable,
  seededRandom,
  shuffled,
  splitPatients,
  trainPlainly,
  type Architecture,
  type PatientTable,
} from '@hetao/learning';
import { main as split } from '../../../../tools/split/main.js';
import type { OpenEnclave, SandboxCast } from './sandbox-story.js';

/** What decides whether treatment ends in an event, of what the outcome table tells. */
const FEATURES = [
  { column: 'symptom_score', centre: 6, scale: 3 },
  { column: 'followup_days', centre: 700, scale: 400 },
];
const ARCHITECTURE: Architecture = {
  inputs: FEATURES.length,
  layers: [
    { units: 4, activation: 'tanh' },
    { units: 1, activation: 'identity' },
  ],
};
export const EPSILON = 3;
export const ROUNDS = 100;
/** A quarter of all patients a round: so many that whatever the first weights are, the noise costs far less than two points. */
const [BATCH, CLIP, DELTA] = [1_600, 1, 1e-6];
/** Of a worker: the patients that judge, and their parting. */
const [TRAINING_SHARE, PARTING_SEED] = [0.8, 20_261_123];

export interface TrainedModel {
  readonly id: string;
  readonly state: string;
  readonly votes: number;
  readonly card: {
    readonly mode: string;
    readonly dataset_version_id: string;
    readonly seed_commitments: Readonly<Record<string, string>>;
    readonly privacy: { readonly epsilon: number; readonly delta: number; readonly rounds: number };
    readonly quality: { readonly accuracy: number };
    readonly membership_inference: { readonly auc: number };
    readonly export: { readonly allowed: boolean };
  };
}
interface Run {
  readonly id: string;
  readonly state: string;
  readonly epsilon: number;
  readonly used: { readonly vcpu_seconds: number; readonly gb_seconds: number };
}

/** Trains as the two sides do: the data and the layer below in Shenzhen, the layer above and its optimiser here. */
export async function trainTogether(
  { researcher, custodian, researcherKey, url }: SandboxCast,
  enclave: OpenEnclave,
  folder: string,
): Promise<{ readonly run: Run; readonly model: TrainedModel }> {
  const samplingRate = BATCH / Math.round(enclave.patients * TRAINING_SHARE);
  const noise = noiseMultiplierFor({ samplingRate, rounds: ROUNDS, delta: DELTA, epsilon: EPSILON });
  const { id } = await researcher.post<Run>('/v1/sandbox/training-runs', {
    enclave_id: enclave.id,
    data: { table: 'outcome', features: FEATURES, label: { column: 'event', positive: 'true' } },
    ...{ mode: 'split', architecture: ARCHITECTURE, split_at: 1, rounds: ROUNDS },
    optimiser: { kind: 'sgd', learning_rate: 0.3, momentum: 0.9 },
    privacy: { clip: CLIP, noise_multiplier: noise, expected_batch: BATCH },
  });
  await custodian.post(`/v1/sandbox/training-runs/${id}/approve`);
  const keyFile = join(folder, 'split.key');
  await writeFile(keyFile, researcherKey, { mode: 0o600 });
  const said: string[] = [];
  const options = ['--url', url, '--api-key-file', keyFile, '--state', join(folder, 'split.json')];
  const code = await split(['join', id, ...options], (line) => said.push(line));
  if (code !== 0) throw new Error(said.join('\n'));
  const models = await researcher.list<TrainedModel & { readonly run_id: string }>('/v1/sandbox/models');
  const model = models.find(({ run_id: of }) => of === id);
  if (model === undefined) throw new Error(`${id} has no model.`);
  return { run: await researcher.get<Run>(`/v1/sandbox/training-runs/${id}`), model };
}

/** What the same network comes to without privacy, judged by the same patients. Only a test may hold the data itself. */
export async function plainAccuracy(enclaves: string): Promise<number> {
  const table = await outcomes(enclaves);
  const patients = table.labels.length;
  const parting = shuffled(seededRandom(PARTING_SEED), patients);
  const [training, held] = splitPatients(table, TRAINING_SHARE, parting);
  const plain = learner(ARCHITECTURE, firstWeights(ARCHITECTURE, seededRandom(2)), {
    kind: 'adam',
    learningRate: 0.01,
  });
  trainPlainly(plain, training, { batch: 100, epochs: 5 }, seededRandom(3));
  return accuracyOf(judge(ARCHITECTURE, plain.weights, held));
}

async function outcomes(enclaves: string): Promise<PatientTable> {
  const path = readdirSync(enclaves, { recursive: true }).find((name) => String(name).endsWith('/outcome.parquet'));
  const bytes = readFileSync(join(enclaves, String(path)));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const compressors = { ZSTD: (page: Uint8Array): Uint8Array => zstdDecompressSync(page) };
  const rows = await parquetReadObjects({ file, compressors });
  return patientTable({
    inputs: FEATURES.length,
    features: Float32Array.from(
      rows.flatMap((row) => FEATURES.map(({ column, centre, scale }) => (Number(row[column]) - centre) / scale)),
    ),
    labels: Float32Array.from(rows, (row) => Number(row['event'] === true)),
    starts: Int32Array.from({ length: rows.length + 1 }, (_, row) => row),
  });
}
