import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ExchangeApi, until } from '../../exchange/api.js';
import { Door } from '../../split/door.js';
import { joinRun } from '../../split/join.js';
import type { TrainingRun } from './answers.js';
import { unless } from './unless.js';

/** What of a treatment decides whether it ends in an event, centred on what is known of such treatments, not on this data. */
const DATA = {
  table: 'outcome',
  features: [
    { column: 'symptom_score', centre: 6, scale: 3 },
    { column: 'followup_days', centre: 700, scale: 400 },
  ],
  label: { column: 'event', positive: 'true' },
};
/** Few rounds, each over half of the patients: the least noise on each loss for what is spent, and a third of the budget is left. */
const PLAN = {
  ...{ mode: 'split', split_at: 1, rounds: 20 },
  architecture: {
    inputs: DATA.features.length,
    layers: [
      { units: 4, activation: 'tanh' },
      { units: 1, activation: 'identity' },
    ],
  },
  optimiser: { kind: 'sgd', learning_rate: 0.15, momentum: 0.8 },
  privacy: { clip: 1, noise_multiplier: 6, expected_batch: 1_600 },
};
/** Where a run stands that its researcher has a part to play in. */
const GOES_ON: readonly string[] = ['budget_reserved', 'handshake', 'training', 'completed'];

interface Training {
  readonly baseUrl: string;
  readonly enclaveId: string;
  readonly custodian: ExchangeApi;
  readonly researcher: ExchangeApi;
  /** The researcher's programme calls with it. */
  readonly researcherKey: string;
  readonly admitProgramme: () => Promise<void>;
  /** Where the researcher's half of the model is kept. */
  readonly folder: string;
}

/**
 * Trains one small model as the two sides do, to its end: the data and the layer below stay in the enclave, the layer
 * above and its optimiser are the researcher's. Broken off, it goes on where it was.
 */
export async function makeTraining(training: Training): Promise<void> {
  const run = await approved(training, (await ownRun(training)) ?? (await propose(training)));
  const stateFile = join(training.folder, `${run.id}.json`);
  // Without the researcher's half, which only this folder had, a run that has begun cannot be taken to its end.
  if (!GOES_ON.includes(run.state) || (run.round > 0 && !existsSync(stateFile))) return;
  if (await isSealed(training, run)) return;
  const door = Door.at(training.baseUrl, training.researcherKey);
  await joinRun(door, { run: run.id, stateFile }, () => undefined);
}

/** The demo's own among the runs that people who tried it may have started since. */
async function ownRun({ researcher }: Training): Promise<TrainingRun | undefined> {
  const runs = await researcher.list<TrainingRun>('/v1/sandbox/training-runs');
  return runs.findLast(
    ({ mode, rounds, data }) => mode === PLAN.mode && rounds === PLAN.rounds && data.table === DATA.table,
  );
}

/** Customs' release reaches the sandbox as an event, like all that opens an enclave. */
async function propose({ researcher, enclaveId, admitProgramme }: Training): Promise<TrainingRun> {
  await admitProgramme();
  const body = { enclave_id: enclaveId, data: DATA, ...PLAN };
  return until('The release at the sandbox', () =>
    unless('REMOTE_VIEWING_NOT_RELEASED', () => researcher.post<TrainingRun>('/v1/sandbox/training-runs', body)),
  );
}

function approved({ custodian }: Training, run: TrainingRun): Promise<TrainingRun> {
  const isAsked = run.state === 'proposed';
  return isAsked ? custodian.post<TrainingRun>(`/v1/sandbox/training-runs/${run.id}/approve`) : Promise.resolve(run);
}

async function isSealed({ researcher }: Training, { id }: TrainingRun): Promise<boolean> {
  const models = await researcher.list<{ readonly run_id: string }>('/v1/sandbox/models');
  return models.some(({ run_id: of }) => of === id);
}
