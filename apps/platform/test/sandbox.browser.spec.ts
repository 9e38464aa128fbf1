import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { fromOnnx } from '@hetao/learning';
import type { Clock } from '@hetao/kernel';
import { describeWithBrowser, eventually, reading, type Reader } from '@hetao/testing';
import { until } from '../../../tools/exchange/api.js';
import { issueInvoices } from '../../../tools/trade/src/settle.js';
import { startHostedExchange, type HostedExchange } from './support/hosted-exchange.js';
import {
  askModel,
  epsilonSeen,
  explore,
  invoiceSeen,
  takeModelHome,
  takeTableHome,
  type Researching,
} from './support/sandbox-people.js';
import { gatherSandbox, openEnclave, PRICES, type SandboxCast } from './support/sandbox-story.js';
import { EPSILON, plainAccuracy, ROUNDS, trainTogether, type TrainedModel } from './support/sandbox-training.js';

const WITHIN_MS = 300_000;
const A_MONTH_MS = 40 * 24 * 3_600_000;
/** The month the work is done in, as the exchange counts months. */
const period = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
const SQL = 'SELECT gender, count(DISTINCT patient_id) AS n FROM patient GROUP BY gender';
/** Of ever sicker patients. */
const ROWS = [
  [1, 1200],
  [6, 700],
  [12, 100],
];
/** What is billed of an agreement on compute, and how an invoice calls it. */
const METERS = {
  session_minutes: 'Session minutes',
  vcpu_seconds: 'VCPU seconds',
  gb_seconds: 'GB seconds',
  output_files: 'Output files',
  predictions: 'Predictions',
} as const;

describeWithBrowser('The sandbox, from the licence to the invoice', (launch) => {
  /** Months are billed when they are over: so the time of this exchange can be put on. */
  let aheadMs = 0;
  const clock: Clock = { now: () => new Date(Date.now() + aheadMs) };
  let browser: Browser;
  let exchange: HostedExchange;
  let cast: SandboxCast;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hetao-sandbox-journey-'));
    [exchange, browser] = await Promise.all([startHostedExchange(clock), launch()]);
    cast = await gatherSandbox(exchange.url);
  }, WITHIN_MS);
  afterAll(async () => {
    await browser?.close();
    await exchange?.close();
    await rm(folder, { recursive: true, force: true });
  }, WITHIN_MS);

  const as = <T>(who: keyof SandboxCast['members'], work: (reader: Reader) => Promise<T>): Promise<T> =>
    reading(browser, exchange.url, cast.members[who], work);
  const together = (work: (people: Researching) => Promise<void>): Promise<void> =>
    as('researcher', (researcher) =>
      as('custodian', (custodian) => as('officer', (officer) => work({ researcher, custodian, officer }))),
    );

  it(
    'a researcher in Hong Kong explores and trains where the data is, takes a table and a model home, and is billed for the compute',
    async () => {
      const enclave = await openEnclave(cast);
      let known = 0;
      await together(async (people) => {
        await explore(people, SQL);
        const { run, model } = await trainTogether(cast, enclave, folder);
        known = run.used.vcpu_seconds + (await jobSeconds(cast));
        expect(run).toMatchObject({ state: 'completed' });
        expect(run.epsilon).toBeLessThanOrEqual(EPSILON);
        expect(await epsilonSeen(people.researcher)).toBeCloseTo(run.epsilon, 6);
        isGoodEnough(model, await plainAccuracy(exchange.enclaves));

        expect(await takeTableHome(people)).toMatch(/^gender,n\nfemale,\d+\nmale,\d+\n?$/);
        const { file, card } = await takeModelHome(people, model.id);
        expect(fromOnnx(file).metadata).toMatchObject({ inputs: 'symptom_score,followup_days' });
        expect(card).toContain(`${model.card.privacy.epsilon} · δ ${model.card.privacy.delta}`);
        const answers: number[] = [];
        for (const row of ROWS) answers.push(await askModel(people.researcher.page, row));
        expect(answers).toEqual([...answers].sort((one, other) => one - other));
      });

      const used = await usedOf(cast, enclave.agreementId, known);
      aheadMs = A_MONTH_MS;
      await isBilled(cast, enclave.agreementId, used);
      const lines = await as('researcher', invoiceSeen);
      for (const [meter, words] of Object.entries(METERS)) {
        const [, quantity = ''] = lines.find(([what]) => what?.startsWith(words)) ?? [];
        expect({ meter, quantity: parseFloat(quantity.replaceAll(',', '')) }).toEqual({
          meter,
          quantity: used.get(meter),
        });
      }
    },
    WITHIN_MS,
  );
});

/** Within two points of what the same network comes to without privacy, and it does not tell who taught it. */
function isGoodEnough({ card }: TrainedModel, plain: number): void {
  expect(card).toMatchObject({
    mode: 'split',
    privacy: { delta: 1e-6, rounds: ROUNDS },
    export: { allowed: true },
  });
  expect(card.membership_inference.auc).toBeLessThanOrEqual(0.55);
  expect(card.quality.accuracy).toBeGreaterThan(plain - 0.02);
}

/** What was computed on the data, vCPU-s; the twin is free. */
async function jobSeconds({ researcher }: SandboxCast): Promise<number> {
  const jobs = await researcher.list<{ dry_run: boolean; used: Readonly<Record<string, number>> | null }>(
    '/v1/sandbox/jobs',
  );
  return jobs.reduce((sum, { dry_run: isDry, used }) => sum + (isDry ? 0 : (used?.['vcpu_seconds'] ?? 0)), 0);
}

/** What metering has counted of an agreement, once it has heard of the session, the table, the model, the questions, and all that computed. */
function usedOf(cast: SandboxCast, agreementId: string, seconds: number): Promise<ReadonlyMap<string, number>> {
  return eventually(
    async () => {
      const path = `/v1/usage/summary?agreement_id=${agreementId}&period=${period}`;
      const { totals } = await cast.researcher.get<{ totals: { meter: string; quantity: string }[] }>(path);
      const used = new Map(totals.map(({ meter, quantity }) => [meter, Number(quantity)]));
      expect([used.get('output_files'), used.get('predictions')]).toEqual([2, 3]);
      expect(used.get('session_minutes')).toBeGreaterThan(0);
      // Judging the model comes on top of the job and the rounds.
      expect(used.get('vcpu_seconds')).toBeGreaterThan(seconds);
      return used;
    },
    { withinMs: 30_000 },
  );
}

/** The month ends; its invoice has a line for each meter, with what was counted and what was agreed. */
async function isBilled(cast: SandboxCast, agreementId: string, used: ReadonlyMap<string, number>): Promise<void> {
  await cast.officer.post(`/v1/usage/periods/${period}/close`);
  await issueInvoices(cast.officer, period);
  const invoice = await until('The invoice', async () => {
    const all = await cast.researcher.list<{ id: string; agreement_id: string }>(`/v1/invoices?period=${period}`);
    return all.find((one) => one.agreement_id === agreementId);
  });
  const { lines } = await cast.researcher.get<{
    lines: { meter: string | null; quantity: string | null; amount: { amount: string } }[];
  }>(`/v1/invoices/${invoice.id}`);
  for (const meter of Object.keys(METERS) as (keyof typeof METERS)[]) {
    const line = lines.find((one) => one.meter === meter);
    expect(Number(line?.quantity)).toBe(used.get(meter));
    const due = Math.round(Number(line?.quantity) * Number(PRICES[meter]) * 100) / 100;
    expect(Math.abs(Number(line?.amount.amount) - due)).toBeLessThanOrEqual(0.01);
  }
}
