import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { documentHash, verifyDocumentHash, type PublicKeyJwk } from '@hetao/proofs';
import { eventually, type TestCaller } from '@hetao/testing';
import {
  architectureText,
  decodeGrid,
  encodeWeights,
  firstWeights,
  fromOnnx,
  noiseMultiplierFor,
  seededRandom,
  upperPartStart,
  type Architecture,
} from '@hetao/learning';
import { people, startTraining, type Answer, type RunningTraining } from './running-training.js';
import { admitBenchmark, type TrainingWorld, type WorldTerms } from './training-world.js';

const architecture: Architecture = {
  inputs: 24,
  layers: [
    { units: 8, activation: 'relu' },
    { units: 4, activation: 'relu' },
    { units: 1, activation: 'identity' },
  ],
};
const SPLIT_AT = 1;
const upperFrom = upperPartStart(architecture, SPLIT_AT);
const upper = firstWeights(architecture, seededRandom(2)).slice(upperFrom);

let sandbox: RunningTraining;
beforeAll(async () => {
  sandbox = await startTraining();
});
afterAll(() => sandbox.stop());

const world = (terms: WorldTerms = {}) =>
  admitBenchmark({ database: sandbox.service.database, folder: sandbox.folder }, terms);

function plan({ enclaveId, data }: TrainingWorld, changes: Record<string, unknown> = {}) {
  return {
    enclave_id: enclaveId,
    data,
    mode: 'split',
    architecture,
    split_at: SPLIT_AT,
    optimiser: { kind: 'sgd', learning_rate: 0.1, momentum: 0.9 },
    privacy: { clip: 1, noise_multiplier: 1.2, expected_batch: 80 },
    rounds: 5,
    ...changes,
  };
}

const propose = (body: object, as: TestCaller = people.viewer) =>
  sandbox.send(as, 'POST', '/v1/sandbox/training-runs', body);
const act = (id: unknown, what: string, as: TestCaller) =>
  sandbox.send(as, 'POST', `/v1/sandbox/training-runs/${String(id)}/${what}`);
const look = async (id: unknown, as: TestCaller = people.viewer) =>
  (await sandbox.send(as, 'GET', `/v1/sandbox/training-runs/${String(id)}`)).body;

const sendBytes = (as: TestCaller, path: string, bytes: Uint8Array) => sandbox.sendBytes(as, path, bytes);

async function shake(id: unknown, changes: object = {}): Promise<Answer> {
  const terms = (await sandbox.send(people.viewer, 'GET', `/v1/sandbox/training-runs/${String(id)}/handshake`)).body;
  return sandbox.send(people.viewer, 'POST', `/v1/sandbox/training-runs/${String(id)}/handshake`, {
    ...terms,
    ...changes,
  });
}

const hash = createHash('sha256').update(architectureText(architecture, SPLIT_AT)).digest('hex');
/** Asks for a round as a researcher who means `hash`, or what is changed. */
const round = (
  id: unknown,
  number: number,
  changes: { weights?: Float32Array; pinned?: string; as?: TestCaller } = {},
) => {
  const { weights = upper, pinned = hash, as = people.viewer } = changes;
  const path = `/v1/sandbox/training-runs/${String(id)}/rounds?round=${number}&architecture_hash=${pinned}`;
  return sendBytes(as, path, encodeWeights(weights));
};

/** A run both sides have agreed on. */
async function agreed(changes: Record<string, unknown> = {}, terms: WorldTerms = {}): Promise<unknown> {
  const { body } = await propose(plan(await world(terms), changes));
  expect((await act(body['id'], 'approve', people.steward)).status).toBe(200);
  expect((await shake(body['id'])).body['state']).toBe('handshake');
  return body['id'];
}

const ledger = async (runId: unknown) => {
  const { ledger_id: id } = await look(runId);
  return (await sandbox.send(people.viewer, 'GET', `/v1/sandbox/privacy-ledgers/${String(id)}`)).body;
};
/** What the exchange was told was used under an id, meter by meter; each statement is one. */
const stated = (useId: unknown) =>
  sandbox.service.database.withClient(async (client) => {
    const { rows } = await client.query<{ quantities: { meter: string; quantity: string }[] }>(
      "SELECT data->'quantities' AS quantities FROM outbox WHERE type = 'hetao.sandbox.compute-used.v1' AND data->>'useId' = $1",
      [useId],
    );
    return rows.map(({ quantities }) => new Map(quantities.map(({ meter, quantity }) => [meter, Number(quantity)])));
  });
/** All rows that were ever stated to have been put to a model. */
const rowsStated = () =>
  sandbox.service.database.withClient(async (client) => {
    const { rows } = await client.query<{ sum: number }>(
      `SELECT sum((said->>'quantity')::int)::int AS sum FROM outbox, json_array_elements(data->'quantities') said
        WHERE type = 'hetao.sandbox.compute-used.v1' AND said->>'meter' = 'predictions'`,
    );
    return rows[0]?.sum;
  });
const account = (useId: unknown) =>
  sandbox.service.database.withClient(async (client) => {
    const of = 'SELECT state, reserved::float8, settled::float8 FROM compute_usage WHERE use_id = $1 AND meter = $2';
    const { rows } = await client.query<{ state: string; reserved: number; settled: number | null }>(of, [
      ...[useId, 'vcpu_seconds'],
    ]);
    return rows[0];
  });
const charged = async (runId: unknown): Promise<unknown> => (await ledger(runId))['entries'];

describe('mode B', () => {
  it('goes from proposal to a sealed model, each round charged once and its curve and ε told', async () => {
    const id = await agreed();
    for (let number = 1; number <= 5; number += 1) {
      const { status, body } = await round(id, number);
      expect(status).toBe(200);
      const vector = decodeGrid(Buffer.from(String(body['vector']), 'base64'), upper.length + 2);
      expect(vector.some((steps) => steps !== 0)).toBe(true);
    }
    const run = await look(id);
    expect(run).toMatchObject({ state: 'completed', round: 5, architecture_hash: hash });
    expect(run['epsilon']).toBeGreaterThan(0.1);
    expect((run['curve'] as unknown[]).length).toBeGreaterThan(0);
    expect(await charged(id)).toMatchObject([{ spender_id: id, reserved: 5, charged: 5 }]);

    const sealed = await sendBytes(
      people.viewer,
      `/v1/sandbox/training-runs/${String(id)}/model`,
      encodeWeights(upper),
    );
    expect(sealed.body).toMatchObject({
      state: 'assessed',
      card: { mode: 'split', architecture_hash: hash, privacy: { rounds: 5 }, export: { allowed: true } },
    });
    const again = await sendBytes(people.viewer, `/v1/sandbox/training-runs/${String(id)}/model`, encodeWeights(upper));
    expect(again.body['id']).toBe(sealed.body['id']);
    await isBilledAndCertified(id);
    // Judging the model is billed under its own id, however often it was asked for.
    const [judged, ...more] = await stated(sealed.body['id']);
    expect([judged?.get('vcpu_seconds'), more]).toEqual([expect.any(Number), []]);
    expect(sealed.body['card']).toMatchObject({
      seed_commitments: { first_weights: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  /** Once, by what the kernel counted, and signed: the receipt, the statement and the page say the same. */
  async function isBilledAndCertified(id: unknown): Promise<void> {
    const run = await look(id);
    const { vcpu_seconds: seconds = 0 } = run['used'] as Record<string, number>;
    const held = await account(id);
    expect(held).toMatchObject({ state: 'settled', settled: seconds });
    expect(held?.reserved).toBeGreaterThan(seconds);
    expect(seconds).toBeGreaterThan(0);
    expect((await stated(id)).map((said) => [said.get('vcpu_seconds'), said.has('gb_seconds')])).toEqual([
      [seconds, true],
    ]);
    const { body: receipt } = await sandbox.send(
      people.steward,
      'GET',
      `/v1/sandbox/training-runs/${String(id)}/receipt`,
    );
    const key = (await sandbox.send(people.viewer, 'GET', '/v1/sandbox/receipt-key')).body as unknown as PublicKeyJwk;
    expect(documentHash(receipt['document'])).toBe(receipt['hash']);
    expect(await verifyDocumentHash(String(receipt['hash']), String(receipt['signature']), key)).toBe(true);
    expect(receipt['document']).toMatchObject({
      ...{ job_id: id, code_hash: hash, rounds: 5, epsilon_of_project: run['epsilon'], legal_basis: { place: 'HK' } },
      used: { vcpu_seconds: seconds },
    });
    const hidden = await sandbox.send(people.stranger, 'GET', `/v1/sandbox/training-runs/${String(id)}/receipt`);
    expect(hidden.status).toBe(404);
  }

  it('answers a repeated round with the same sums and no charge, and refuses a replay, a jump and another’s hash', async () => {
    const id = await agreed();
    const first = await round(id, 1);
    expect((await round(id, 1)).body['vector']).toBe(first.body['vector']);
    const other = upper.map((weight) => weight + 1);
    expect((await round(id, 1, { weights: other })).body).toMatchObject({ status: 409, code: 'ROUND_REPLAYED' });
    expect((await round(id, 3)).body).toMatchObject({ status: 409, code: 'ROUND_OUT_OF_TURN' });
    expect((await round(id, 2, { pinned: 'f'.repeat(64) })).body).toMatchObject({
      status: 409,
      code: 'HANDSHAKE_MISMATCH',
    });
    expect((await round(id, 2, { weights: upper.slice(1) })).body).toMatchObject({
      status: 422,
      code: 'ROUND_MALFORMED',
    });
    expect((await round(id, 2, { weights: upper.map(() => NaN) })).body).toMatchObject({
      status: 422,
      code: 'ROUND_MALFORMED',
    });
    expect((await round(id, 2, { as: people.stranger })).status).toBe(404);
    expect(await charged(id)).toMatchObject([{ charged: 1 }]);
  });

  it('charges one round once, however many ask for it at once', async () => {
    const id = await agreed();
    const answers = await Promise.all(Array.from({ length: 4 }, () => round(id, 1)));
    expect(new Set(answers.map(({ body }) => body['vector'])).size).toBe(1);
    expect(await charged(id)).toMatchObject([{ charged: 1 }]);
  });

  it('asks for no round before hands are shaken on every term', async () => {
    const { body } = await propose(plan(await world()));
    expect((await round(body['id'], 1)).body).toMatchObject({ code: 'TRAINING_STATE_REFUSES' });
    await act(body['id'], 'approve', people.steward);
    expect((await round(body['id'], 1)).body).toMatchObject({ code: 'TRAINING_STATE_REFUSES' });
    for (const changes of [
      { architecture_hash: 'a'.repeat(64) },
      { dataset_version_id: 'dsv_other' },
      { clip: 2 },
      { epsilon: 9 },
      { delta: 1e-5 },
      { noise_multiplier: 3 },
      { sampling_rate: 0.5 },
      { rounds: 6 },
    ]) {
      const answer = await shake(body['id'], changes);
      expect(answer.body).toMatchObject({
        status: 409,
        code: 'HANDSHAKE_MISMATCH',
        errors: [{ pointer: `/${Object.keys(changes)[0]}` }],
      });
    }
  });

  it('has no place for a gradient of the layers below, and none for a network that is too large', async () => {
    const here = await world();
    const layers = [
      { units: 512, activation: 'relu' },
      { units: 512, activation: 'relu' },
      { units: 1, activation: 'identity' },
    ];
    expect((await propose(plan(here, { architecture: { inputs: 24, layers } }))).body).toMatchObject({
      code: 'ARCHITECTURE_INVALID',
    });
    expect((await propose({ ...plan(here), lower_gradients: [1] })).body).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect((await propose(plan(here, { split_at: 3 }))).body).toMatchObject({ code: 'TRAINING_PLAN_INVALID' });
    expect(
      (await propose(plan(here, { privacy: { clip: 1, noise_multiplier: 1, expected_batch: 20 } }))).body,
    ).toMatchObject({ code: 'TRAINING_PLAN_INVALID' });
    expect(
      (await propose(plan(here, { privacy: { clip: 1, noise_multiplier: 0, expected_batch: 80 } }))).body,
    ).toMatchObject({ code: 'VALIDATION_FAILED' });
    const hidden = { ...here.data, features: [{ column: 'note' }] };
    expect(
      (await propose(plan(here, { data: hidden, architecture: { ...architecture, inputs: 1 } }))).body,
    ).toMatchObject({ code: 'TRAINING_DATA_REFUSED' });
  });

  it('pauses and goes on where it was; ended, it gives back what it held and nothing it used', async () => {
    const id = await agreed();
    await round(id, 1);
    expect((await act(id, 'pause', people.viewer)).body['state']).toBe('paused');
    expect((await round(id, 2)).body).toMatchObject({ code: 'TRAINING_STATE_REFUSES', status: 409 });
    expect((await round(id, 1)).status).toBe(200);
    expect((await act(id, 'resume', people.viewer)).body['state']).toBe('training');
    expect((await round(id, 2)).status).toBe(200);
    expect((await act(id, 'abort', people.viewer)).body['state']).toBe('aborted');
    expect((await round(id, 3)).body).toMatchObject({ code: 'TRAINING_STATE_REFUSES' });
    expect(await charged(id)).toMatchObject([{ reserved: 2, charged: 2 }]);
    const { vcpu_seconds: seconds } = (await look(id))['used'] as Record<string, number>;
    expect(await account(id)).toMatchObject({ state: 'settled', settled: seconds });
    const unused = await agreed();
    await act(unused, 'abort', people.viewer);
    expect([await account(unused), await stated(unused)]).toMatchObject([{ state: 'refunded', settled: 0 }, []]);
  });

  it('ends at the round that uses up what was set aside, owes no more than that, and has a model as far as it came', async () => {
    const id = await agreed();
    await sandbox.service.database.withClient((client) =>
      client.query(
        "UPDATE training_runs SET grounds = jsonb_set(grounds, '{reserved,vcpu_seconds}', '0.001') WHERE id = $1",
        [id],
      ),
    );
    expect((await round(id, 1)).body['state']).toBe('budget_exhausted');
    expect((await round(id, 2)).body).toMatchObject({ code: 'TRAINING_STATE_REFUSES' });
    expect((await stated(id)).map((said) => said.get('vcpu_seconds'))).toEqual([0.001]);
    expect(await charged(id)).toMatchObject([{ reserved: 1, charged: 1 }]);
    const path = `/v1/sandbox/training-runs/${String(id)}/model`;
    const sealed = await sendBytes(people.viewer, path, encodeWeights(upper));
    expect(sealed.body).toMatchObject({ state: 'assessed', card: { privacy: { rounds: 1 } } });
  });

  it('is not approved where the agreement has not the compute for all of it', async () => {
    const { body } = await propose(plan(await world({ vcpuSeconds: 1 })));
    expect((await act(body['id'], 'approve', people.steward)).body).toMatchObject({
      ...{ status: 409, code: 'COMPUTE_ALLOWANCE_USED_UP' },
    });
    expect((await ledger(body['id']))['epsilon_reserved']).toBe(0);
  });

  it('stops at the next round once the licence rests', async () => {
    const here = await world();
    const { body } = await propose(plan(here));
    await act(body['id'], 'approve', people.steward);
    await shake(body['id']);
    expect((await round(body['id'], 1)).status).toBe(200);
    await sandbox.service.database.withClient((client) =>
      client.query(
        "INSERT INTO licence_stops (subject_id, reason, stopped_at) VALUES ($1, 'ended', now() - interval '1 minute')",
        [here.agreementId],
      ),
    );
    expect((await round(body['id'], 2)).body).toMatchObject({ status: 403, code: 'COMPUTE_LICENCE_MISSING' });
    expect(await charged(body['id'])).toMatchObject([{ charged: 1 }]);
  });
});

describe('the budget of a project', () => {
  it('is never passed, and never refilled, not even by hand', async () => {
    const here = await world({ epsilon: 3 });
    const goal = { samplingRate: 80 / 800, rounds: 40, delta: 1e-6, epsilon: 2.5 };
    const privacy = { clip: 1, noise_multiplier: noiseMultiplierFor(goal), expected_batch: 80 };
    const runs = await Promise.all([1, 2].map(() => propose(plan(here, { privacy, rounds: goal.rounds }))));
    const answers = await Promise.all(runs.map(({ body }) => act(body['id'], 'approve', people.steward)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'PRIVACY_BUDGET_EXHAUSTED' });
    const account = await ledger(runs[0]?.body['id']);
    expect(account).toMatchObject({ project_id: here.agreementId, epsilon_cap: 3, delta: 1e-6, epsilon_charged: 0 });
    expect(account['epsilon_reserved']).toBeCloseTo(2.5, 1);
    for (const sql of ['DELETE FROM privacy_entries', 'UPDATE privacy_entries SET charged = charged - 1']) {
      const refilled = sandbox.service.database.withClient((client) => client.query(sql));
      await expect(refilled).rejects.toThrow('never refilled');
    }
  });

  it('is approved by who keeps the data, not by who trains', async () => {
    const { body } = await propose(plan(await world()));
    expect((await act(body['id'], 'approve', people.viewer)).status).toBe(403);
    expect((await act(body['id'], 'approve', people.stranger)).status).toBe(404);
    expect((await act(body['id'], 'deny', people.steward)).body['state']).toBe('denied');
  });

  it('is not there for somebody without a licence, nor for one nobody admitted', async () => {
    const unlicensed = await world({ licensed: false });
    expect((await propose(plan(unlicensed))).body).toMatchObject({ code: 'COMPUTE_LICENCE_MISSING' });
    expect((await propose(plan(await world()), people.colleague)).body).toMatchObject({
      code: 'COMPUTE_PERSON_UNKNOWN',
    });
  });
});

describe('mode A', () => {
  it('trains in the enclave by itself, and its model is given away by two who did not train it', async () => {
    const { body } = await propose(plan(await world(), { mode: 'code_in', split_at: 3, rounds: 12 }));
    await act(body['id'], 'approve', people.steward);
    await eventually(async () => expect(await look(body['id'])).toMatchObject({ state: 'completed', round: 12 }), {
      withinMs: 20_000,
    });
    const sealed = await sendBytes(
      people.viewer,
      `/v1/sandbox/training-runs/${String(body['id'])}/model`,
      new Uint8Array(),
    );
    const model = `/v1/sandbox/models/${String(sealed.body['id'])}`;
    const review = (as: TestCaller, verdict: string) => sandbox.send(as, 'POST', `${model}/reviews`, { verdict });

    expect((await sandbox.send(people.viewer, 'GET', `${model}/onnx`)).body).toMatchObject({
      code: 'MODEL_STATE_REFUSES',
    });
    expect((await review(people.steward, 'export')).body).toMatchObject({ code: 'MODEL_STATE_REFUSES' });
    expect((await sandbox.send(people.viewer, 'POST', `${model}/submit`)).body['state']).toBe('in_review');
    expect((await review(people.operator, 'export')).body).toMatchObject({ state: 'in_review', votes: 1 });
    expect((await review(people.operator, 'export')).body).toMatchObject({ code: 'MODEL_REVIEW_REFUSED' });
    expect((await review(people.second, 'export')).body).toMatchObject({ code: 'MODEL_REVIEW_REFUSED' });
    const out = String(sealed.body['id']).replace('mdl_', 'out_');
    expect(await stated(out)).toEqual([]);
    expect((await review(people.steward, 'export')).body).toMatchObject({ state: 'exported', votes: 2 });
    expect(await stated(out)).toEqual([new Map([['output_files', 1]])]);

    const answer = await sandbox.read(people.viewer, `${model}/onnx`);
    const file = fromOnnx(new Uint8Array(await answer.arrayBuffer()));
    expect(file.architecture).toEqual(architecture);
    expect(JSON.parse(file.metadata['model_card'] ?? '')).toMatchObject({
      form: 'hetao-model-card/1',
      mode: 'code_in',
    });

    const rows = [Array.from({ length: 24 }, () => 0.5)];
    const asked = await sandbox.send(people.viewer, 'POST', `${model}/predictions`, { rows });
    expect((asked.body['probabilities'] as number[])[0]).toBeGreaterThan(0);
    expect((await sandbox.send(people.viewer, 'POST', `${model}/predictions`, { rows: [[1]] })).body).toMatchObject({
      code: 'MODEL_INPUT_INVALID',
    });
    // The licence allows 150 rows: one is used, a hundred more are, and then fifty are too many.
    const ask = (count: number) =>
      sandbox.send(people.viewer, 'POST', `${model}/predictions`, {
        rows: Array.from({ length: count }, () => rows[0]),
      });
    expect((await ask(100)).status).toBe(200);
    expect((await ask(50)).body).toMatchObject({ status: 409, code: 'MODEL_QUERIES_USED_UP' });
    expect((await ask(49)).status).toBe(200);
    expect(await rowsStated()).toBe(150);
    expect((await sandbox.send(people.stranger, 'GET', model)).status).toBe(404);
  });

  const quiet = { clip: 1, noise_multiplier: 8, expected_batch: 80 };

  it('goes on from its last round when its worker is killed', async () => {
    const { body } = await propose(plan(await world(), { mode: 'code_in', split_at: 3, rounds: 120, privacy: quiet }));
    await act(body['id'], 'approve', people.steward);
    await eventually(async () => expect((await look(body['id']))['round']).toBeGreaterThan(0), { withinMs: 20_000 });
    expect(killWorkers()).toBeGreaterThan(0);
    expect((await look(body['id']))['round']).toBeLessThan(120);
    await eventually(async () => expect((await look(body['id']))['state']).toBe('completed'), { withinMs: 25_000 });
    expect(await charged(body['id'])).toMatchObject([{ reserved: 120, charged: 120 }]);
  });
});

/** Ends every process that was given a file of this spec's folder, without asking. */
function killWorkers(): number {
  const found = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && name !== String(process.pid) && commandOf(name).includes(sandbox.folder),
  );
  for (const pid of found) process.kill(Number(pid), 'SIGKILL');
  return found.length;
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended while we looked.
    return '';
  }
}

describe('mode C', () => {
  const warning =
    'I understand that vectors of the cut layer leave the enclave, that inputs can be reconstructed from them when the noise is small, and that the data is of low sensitivity.';
  const cut = { sigma: 60, label_truth: 0.2, acknowledged_warning: warning };

  it('opens behind its warning alone, for data of low sensitivity alone', async () => {
    const here = await world();
    expect((await propose(plan(here, { mode: 'cut_layer' }))).body).toMatchObject({ code: 'TRAINING_PLAN_INVALID' });
    expect(
      (await propose(plan(here, { mode: 'cut_layer', cut: { ...cut, acknowledged_warning: 'yes' } }))).body,
    ).toMatchObject({ code: 'VALIDATION_FAILED' });
    const sensitive = await world({ dataClass: 'class_2' });
    expect((await propose(plan(sensitive, { mode: 'cut_layer', cut }))).body).toMatchObject({
      code: 'TRAINING_PLAN_INVALID',
    });
    expect((await propose(plan(here, { mode: 'cut_layer', cut, split_at: 0 }))).body).toMatchObject({
      code: 'TRAINING_PLAN_INVALID',
    });
  });

  it('releases its vectors once, charged once', async () => {
    const { body } = await propose(plan(await world(), { mode: 'cut_layer', cut }));
    await act(body['id'], 'approve', people.steward);
    const read = async () => {
      const answer = await sandbox.read(people.viewer, `/v1/sandbox/training-runs/${String(body['id'])}/cut`);
      return Buffer.from(await answer.arrayBuffer());
    };
    const released = await read();
    expect(released.readUInt32LE(0)).toBe(8);
    expect(released.length).toBe(4 + 800 * (8 * 8 + 4));
    expect(await read()).toEqual(released);
    expect(await charged(body['id'])).toMatchObject([{ spender: 'cut_release', reserved: 1, charged: 1 }]);
    expect(await look(body['id'])).toMatchObject({ state: 'completed' });
  });
});

describe('a run that is watched', () => {
  it('is told as it goes, until it is over', async () => {
    const id = await agreed({ rounds: 2 });
    const path = `/v1/sandbox/training-runs/${String(id)}/events`;
    const stream = await sandbox.read(people.steward, path);
    await round(id, 1);
    await round(id, 2);
    const told = await stream.text();
    expect(told).toContain('"state":"completed"');
    expect(told.trim().endsWith('event: end\ndata: {}')).toBe(true);
    expect((await sandbox.read(people.stranger, path)).status).toBe(404);
  });
});
