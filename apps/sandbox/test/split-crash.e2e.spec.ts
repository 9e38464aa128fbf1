import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import { people } from './running-training.js';
import { admitBenchmark } from './training-world.js';
import { startTwoSides, type TwoSides } from './two-sides.js';

const ROUNDS = 24;
let sides: TwoSides;
beforeAll(async () => {
  sides = await startTwoSides();
}, 90_000);
afterAll(() => sides.stop());

/** A run that waits for its other side. */
async function approved(): Promise<string> {
  const world = await admitBenchmark(sides, { patients: 600 });
  const run = await sides.send(people.viewer, 'POST', '/v1/sandbox/training-runs', {
    enclave_id: world.enclaveId,
    data: world.data,
    mode: 'split',
    architecture: {
      inputs: 24,
      layers: [
        { units: 8, activation: 'relu' },
        { units: 1, activation: 'identity' },
      ],
    },
    split_at: 1,
    optimiser: { kind: 'adam', learning_rate: 0.01 },
    privacy: { clip: 1, noise_multiplier: 6, expected_batch: 60 },
    rounds: ROUNDS,
  });
  const id = String(run['id']);
  expect(await sides.send(people.steward, 'POST', `/v1/sandbox/training-runs/${id}/approve`)).toMatchObject({
    state: 'budget_reserved',
  });
  return id;
}

async function charged(run: string): Promise<number> {
  return sides.database.withClient(async (client) => {
    const { rows } = await client.query<{ charged: number }>(
      'SELECT charged FROM privacy_entries WHERE spender_id = $1',
      [run],
    );
    return rows[0]?.charged ?? 0;
  });
}

/** How often the exchange was told what the run used. */
async function statements(run: string): Promise<number> {
  return sides.database.withClient(async (client) => {
    const { rowCount } = await client.query(
      "SELECT 1 FROM outbox WHERE type = 'hetao.sandbox.compute-used.v1' AND data->>'useId' = $1",
      [run],
    );
    return rowCount ?? 0;
  });
}

it('two processes that share no file train one model; killed at any moment, nothing left uncharged and nothing was charged or billed twice', async () => {
  const run = await approved();
  let asked = 0;
  sides.crossing.onRound = (round) => (asked = Math.max(asked, round));
  let hongKong = sides.join(run);
  for (const [round, victim] of [
    [3, 'shenzhen'],
    [8, 'hong kong'],
    [12, 'shenzhen'],
    [17, 'hong kong'],
  ] as const) {
    // Killed somewhere inside a round: being worked out, being charged, on its way, or being followed.
    await eventually(() => expect(asked).toBeGreaterThanOrEqual(round), { withinMs: 40_000 });
    if (victim === 'shenzhen') await sides.service.kill();
    else {
      hongKong.kill('SIGKILL');
      await once(hongKong, 'close');
    }
    expect(sides.crossing.sent).toBeLessThanOrEqual(await charged(run));
    expect(await sides.followed(run)).toBeLessThanOrEqual(sides.crossing.sent);
    if (victim === 'shenzhen') sides.service.start();
    else hongKong = sides.join(run);
  }
  const said = await text(hongKong.stdout as Readable);
  expect(said).toContain(`round ${ROUNDS} of ${ROUNDS}`);
  expect(said).toContain('"form": "hetao-model-card/1"');
  expect(await charged(run)).toBe(ROUNDS);
  expect(await sides.followed(run)).toBe(ROUNDS);
  expect(await statements(run)).toBe(1);
}, 120_000);
