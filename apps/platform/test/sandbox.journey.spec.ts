import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fromOnnx } from '@hetao/learning';
import type { Clock } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { until } from '../../../tools/exchange/api.js';
import { issueInvoices } from '../../../tools/trade/src/settle.js';
import { startHostedExchange, type HostedExchange } from './support/hosted-exchange.js';
import { explore, gatherSandbox, openEnclave, PRICES, type SandboxCast } from './support/sandbox-story.js';
import { EPSILON, plainAccuracy, ROUNDS, trainTogether, type TrainedModel } from './support/sandbox-training.js';

const WITHIN_MS = 180_000;
const A_MONTH_MS = 40 * 24 * 3_600_000;
/** The month the work is done in, as the exchange counts months. */
const period = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
const SQL = 'SELECT gender, count(DISTINCT patient_id) AS n FROM patient GROUP BY gender';

/** Months are billed when they are over: so the time of this exchange can be put on. */
let aheadMs = 0;
const clock: Clock = { now: () => new Date(Date.now() + aheadMs) };
let exchange: HostedExchange;
let cast: SandboxCast;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-sandbox-journey-'));
  exchange = await startHostedExchange(clock);
  cast = await gatherSandbox(exchange.url);
}, WITHIN_MS);
afterAll(async () => {
  await exchange?.close();
  await rm(folder, { recursive: true, force: true });
}, WITHIN_MS);

it(
  'a researcher in Hong Kong explores and trains where the data is, takes a table and a model home, and is billed for the compute',
  async () => {
    const enclave = await openEnclave(cast);
    const job = await explore(cast, enclave.id, SQL);
    const { run, model } = await trainTogether(cast, enclave, folder);
    expect(run).toMatchObject({ state: 'completed' });
    expect(run.epsilon).toBeLessThanOrEqual(EPSILON);
    expect(model.card).toMatchObject({
      mode: 'split',
      privacy: { delta: 1e-6, rounds: ROUNDS },
      export: { allowed: true },
    });
    expect(model.card.membership_inference.auc).toBeLessThanOrEqual(0.55);
    expect(model.card.quality.accuracy).toBeGreaterThan((await plainAccuracy(exchange.enclaves)) - 0.02);

    expect(await takeTableHome(job.id)).toMatch(/^gender,n\nfemale,\d+\nmale,\d+\n?$/);
    await takeModelHome(model);

    const known = run.used.vcpu_seconds + (job.used?.['vcpu_seconds'] ?? 0);
    const used = await usedOf(enclave.agreementId, known);
    await isBilled(enclave.agreementId, used);
  },
  WITHIN_MS,
);

/** Submitted, looked at by the custodian and by the exchange, released. @returns the file */
async function takeTableHome(jobId: string): Promise<string> {
  const { researcher, custodian, officer } = cast;
  const output = await researcher.post<{ id: string; content_hash: string }>('/v1/sandbox/outputs', {
    ...{ job_id: jobId, title: 'Patients by sex' },
  });
  const path = `/v1/sandbox/outputs/${output.id}`;
  const vote = { vote: 'approve', comment: 'Counts of ten persons and more', content_hash: output.content_hash };
  expect(await custodian.post(`${path}/reviews`, vote)).toMatchObject({ state: 'partially_reviewed' });
  expect(await officer.post(`${path}/reviews`, vote)).toMatchObject({ state: 'released' });
  return (await download(`${path}/file`)).text();
}

/** The same for a model: two who did not train it let it out; then it is a file, and answers as long as the licence says. */
async function takeModelHome({ id }: TrainedModel): Promise<void> {
  const { researcher, custodian, officer } = cast;
  const path = `/v1/sandbox/models/${id}`;
  await researcher.post(`${path}/submit`);
  expect(await custodian.post(`${path}/reviews`, { verdict: 'export' })).toMatchObject({
    state: 'in_review',
    votes: 1,
  });
  expect(await officer.post(`${path}/reviews`, { verdict: 'export' })).toMatchObject({ state: 'exported', votes: 2 });
  const file = fromOnnx(new Uint8Array(await (await download(`${path}/onnx`)).arrayBuffer()));
  expect(file.metadata).toMatchObject({ inputs: 'symptom_score,followup_days' });
  const rows = [
    [1, 1200],
    [6, 700],
    [12, 100],
  ];
  const { probabilities } = await researcher.post<{ probabilities: number[] }>(`${path}/predictions`, { rows });
  expect(probabilities).toEqual([...probabilities].sort((one, other) => one - other));
}

async function download(path: string): Promise<Response> {
  const headers = { authorization: `Bearer ${cast.researcherKey}` };
  const answer = await fetch(cast.url + path, { headers });
  expect(answer.status).toBe(200);
  return answer;
}

/** What metering has counted of an agreement, once it has heard of the table, the model, the questions, and all that computed. */
function usedOf(agreementId: string, seconds: number): Promise<ReadonlyMap<string, number>> {
  return eventually(
    async () => {
      const path = `/v1/usage/summary?agreement_id=${agreementId}&period=${period}`;
      const { totals } = await cast.researcher.get<{ totals: { meter: string; quantity: string }[] }>(path);
      const used = new Map(totals.map(({ meter, quantity }) => [meter, Number(quantity)]));
      expect([used.get('output_files'), used.get('predictions')]).toEqual([2, 3]);
      // Judging the model comes on top of the job and the rounds.
      expect(used.get('vcpu_seconds')).toBeGreaterThan(seconds);
      return used;
    },
    { withinMs: 30_000 },
  );
}

/** The month ends; its invoice has a line for each meter, with what was counted and what was agreed. */
async function isBilled(agreementId: string, used: ReadonlyMap<string, number>): Promise<void> {
  aheadMs = A_MONTH_MS;
  await cast.officer.post(`/v1/usage/periods/${period}/close`);
  await issueInvoices(cast.officer, period);
  const invoice = await until('The invoice', async () => {
    const all = await cast.researcher.list<{ id: string; agreement_id: string }>(`/v1/invoices?period=${period}`);
    return all.find((one) => one.agreement_id === agreementId);
  });
  const { lines } = await cast.researcher.get<{
    lines: { meter: string | null; quantity: string | null; amount: { amount: string } }[];
  }>(`/v1/invoices/${invoice.id}`);
  for (const meter of ['vcpu_seconds', 'gb_seconds', 'output_files', 'predictions'] as const) {
    const line = lines.find((one) => one.meter === meter);
    expect(Number(line?.quantity)).toBe(used.get(meter));
    const due = Math.round(Number(line?.quantity) * Number(PRICES[meter]) * 100) / 100;
    expect(Math.abs(Number(line?.amount.amount) - due)).toBeLessThanOrEqual(0.01);
  }
}
