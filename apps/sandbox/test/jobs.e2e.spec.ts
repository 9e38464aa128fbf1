import { appendFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EntitlementGrantedV2, EntitlementRevokedV1, ReleaseIssuedV1, ReleaseRevokedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { documentHash, verifyDocumentHash, type PublicKeyJwk } from '@hetao/proofs';
import { eventually, type TestCaller } from '@hetao/testing';
import { UnitOfWork } from '@hetao/persistence';
import { rulesWith } from '../src/disclosure/disclosure-rules.js';
import { setDistance, setOf, type PatientSet } from '../src/disclosure/evidence.js';
import { QueryLedger } from '../src/disclosure/query-ledger.repository.js';
import { JobRunner } from '../src/job/job.runner.js';
import { RunJobs } from '../src/job/run-jobs.use-cases.js';
import { lumaOf } from '../src/pixel/jpeg.codec.js';
import { EnclaveDesks } from '../src/session/enclave-desk.maker.js';
import { SessionRepository } from '../src/session/session.repository.js';
import { ComputeLedger } from '../src/usage/usage.ledger.js';
import { WorkbenchDesk } from '../src/workbench/workbench.desk.js';
import { fixture, people, startSandbox, type Answer, type RunningSandbox } from './running-sandbox.js';
import { TestViewer } from './test-viewer.js';

const { custodian, viewer, stranger, operator } = people;
const terms = {
  ...{ epsilon: 3, queries_per_day: 30, session_minutes: 60, vcpu_seconds: 2_000, gb_seconds: 2_000, output_files: 3 },
  ...{ own_code: true, max_people: 2 },
};
const name = { en: 'TCM (synthetic)', 'zh-Hans': '中医（合成）', 'zh-Hant': '中醫（合成）' };

let sandbox: RunningSandbox;
let enclave: string;
const agreement = newId('agr');
const entitlement = newId('ent');
const product = newId('prd');
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_WORKERS: '1' });
  const opened = await sandbox.send(custodian, 'POST', '/v1/sandbox/enclaves', {
    product_id: product,
    name,
    data_class: 'synthetic',
    origin: 'CN',
    terms,
  });
  expect([opened.status, opened.body['isolation_floor'], opened.body['synthetic']]).toEqual([201, 'L0', true]);
  enclave = String(opened.body['id']);
  const admitted = await sandbox.send(custodian, 'POST', `/v1/sandbox/enclaves/${enclave}/synthetic-versions`, {
    persons: 600,
    seed: 7,
  });
  expect([admitted.status, admitted.body['version'], admitted.body['patients']]).toEqual([201, 1, 600]);
}, 120_000);
afterAll(() => sandbox.stop());

const submit = (as: TestCaller, job: object, dryRun = false): Promise<Answer> =>
  sandbox.send(as, 'POST', '/v1/sandbox/jobs', { enclave_id: enclave, dry_run: dryRun, ...job });
const ended = (as: TestCaller, { body }: Answer): Promise<Answer> =>
  eventually(
    async () => {
      const now = await sandbox.send(as, 'GET', `/v1/sandbox/jobs/${String(body['id'])}`);
      expect(['done', 'failed', 'rejected', 'timed_out', 'budget_exceeded']).toContain(now.body['state']);
      return now;
    },
    { withinMs: 60_000 },
  );
/** On the twin, then on the data. */
const run = async (job: object): Promise<Answer> => {
  const dry = await ended(viewer, await submit(viewer, job, true));
  expect([dry.body['state'], dry.body['reason']]).toEqual(['done', null]);
  return ended(viewer, await submit(viewer, job));
};
const sql = (text: string) => ({ kind: 'sql', sql: text });

/** A session of the viewer's, and a second workbench of the same session whose picture can be read as text. */
async function workbench() {
  const wish = { enclave_id: enclave, purpose: 'counts', language: 'en' };
  const id = String((await sandbox.send(viewer, 'POST', '/v1/sandbox/sessions', wish)).body['id']);
  await sandbox.send(custodian, 'POST', `/v1/sandbox/sessions/${id}/approve`);
  expect((await sandbox.send(viewer, 'POST', `/v1/sandbox/sessions/${id}/open`)).body['status']).toBe('ready');
  const eyes = new TestViewer(await sandbox.connect(viewer, id));
  eyes.hello();
  await eventually(() => expect(eyes.screen.whole).toBe(true), { withinMs: 15_000 });
  const { app } = sandbox.service;
  const session = await app.get(UnitOfWork).run((tx) => app.get(SessionRepository).load(tx, id));
  if (session === null) throw new Error('The session is gone.');
  const hands = app.get(EnclaveDesks).of(session);
  const failed: unknown[] = [];
  const onFailure = (error: unknown) => failed.push(error);
  const bench = new WorkbenchDesk(hands, { title: '', language: 'en', pollMs: 200, onFailure });
  await bench.start(() => undefined);
  const texts = () => {
    expect(failed).toEqual([]);
    return bench.picture().flatMap((primitive) => (primitive.kind === 'text' ? [primitive.text] : []));
  };
  return { eyes, hands, bench, texts };
}

const press = (x: number, y: number) => ({ kind: 'pointer', action: 'down', x, y, delta: 0 }) as const;

/** Dark pixels where the first number of a result's last column stands. */
function inkOf({ screen }: TestViewer): number {
  const { width, luma } = lumaOf(screen.picture);
  const rows = Array.from({ length: 18 }, (_, row) =>
    luma.subarray((412 + row) * width + 920, (412 + row) * width + 966),
  );
  return rows.reduce((ink, row) => ink + row.filter((value) => value < 128).length, 0);
}

describe('whom an enclave opens to', () => {
  const ask = async () => (await submit(viewer, sql('SELECT count(*) FROM patient'), true)).body['code'];

  it('nobody without agreement, admission, legal basis and release, each in turn; abroad least of all', async () => {
    expect(await ask()).toBe('COMPUTE_LICENCE_MISSING');
    const example = EntitlementGrantedV2.parse(fixture('hetao.contracts.entitlement-granted.v2'));
    await sandbox.says(EntitlementGrantedV2, {
      ...{ ...example, entitlementId: entitlement, agreementId: agreement, productId: product, placesOfUse: ['HK'] },
      ...{
        merchantId: custodian.organisationId,
        buyerId: viewer.organisationId,
        meters: ['vcpu_seconds', 'output_files'],
      },
      ...{
        release: { origin: 'CN', destination: 'HK' },
        validFrom: '2020-01-01T00:00:00Z',
        validUntil: '2099-01-01T00:00:00Z',
      },
    });
    expect(await ask()).toBe('COMPUTE_PERSON_UNKNOWN');
    const person = {
      agreement_id: agreement,
      subject: viewer.subject,
      name: '陳大文',
      place: 'HK',
      trained_on: '2026-01-05',
    };
    expect((await sandbox.send(stranger, 'POST', `/v1/sandbox/enclaves/${enclave}/people`, person)).status).toBe(404);
    expect((await sandbox.send(custodian, 'POST', `/v1/sandbox/enclaves/${enclave}/people`, person)).status).toBe(201);
    expect(await ask()).toBe('LEGAL_BASIS_MISSING');
    const basis = {
      kind: 'gba_standard_contract',
      reference: 'GBA-2026-7',
      destination: 'HK',
      valid_from: '2020-01-01T00:00:00Z',
      valid_until: '2099-01-01T00:00:00Z',
    };
    expect((await sandbox.send(custodian, 'POST', `/v1/sandbox/enclaves/${enclave}/legal-bases`, basis)).status).toBe(
      201,
    );
    expect(await ask()).toBe('REMOTE_VIEWING_NOT_RELEASED');
    const release = ReleaseIssuedV1.parse(fixture('hetao.customs.release-issued.v1'));
    await sandbox.says(ReleaseIssuedV1, {
      ...{
        ...release,
        agreementId: agreement,
        validFrom: '2020-01-01T00:00:00.000Z',
        validUntil: '2099-01-01T00:00:00.000Z',
      },
    });
    expect(await ask()).toBeUndefined();
  });
});

describe('a job', () => {
  it('runs on the twin first, is signed, settled and rounded, and says on what grounds it may be seen', async () => {
    const job = sql('SELECT gender, count(DISTINCT patient_id) AS n, avg(age) AS age FROM patient GROUP BY gender');
    expect((await submit(viewer, job)).body['code']).toBe('JOB_DRY_RUN_MISSING');
    const { body } = await run(job);
    expect(body).toMatchObject({
      state: 'done',
      money: 'settled',
      legal_basis: { kind: 'gba_standard_contract', place: 'HK' },
    });
    const result = body['result'] as { outcome: string; rows: [string, number, number][]; synthetic: boolean };
    expect([result.outcome, result.rows.map(([gender]) => gender), result.synthetic]).toEqual([
      'pass',
      ['female', 'male'],
      false,
    ]);
    for (const [, n] of result.rows) expect(n % 5).toBe(0);
    expect(Number((body['used'] as Record<string, number>)['vcpu_seconds'])).toBeGreaterThan(0);
    const receipt = (await sandbox.send(custodian, 'GET', `/v1/sandbox/jobs/${String(body['id'])}/receipt`)).body;
    const key = (await sandbox.send(viewer, 'GET', '/v1/sandbox/receipt-key')).body as unknown as PublicKeyJwk;
    expect(documentHash(receipt['document'])).toBe(receipt['hash']);
    expect(await verifyDocumentHash(String(receipt['hash']), String(receipt['signature']), key)).toBe(true);
    expect((await sandbox.send(stranger, 'GET', `/v1/sandbox/jobs/${String(body['id'])}`)).status).toBe(404);
  }, 120_000);

  it('that differs from an earlier one by a few patients is refused, and by itself is not', async () => {
    const everybody = sql('SELECT count(DISTINCT patient_id) AS n FROM patient');
    expect((await run(everybody)).body).toMatchObject({ result: { outcome: 'pass' } });
    expect((await ended(viewer, await submit(viewer, everybody))).body).toMatchObject({ result: { outcome: 'pass' } });
    // The complement of a handful: what is left differs from all of them by those.
    const oldest = sql('SELECT count(DISTINCT patient_id) AS n FROM patient WHERE age < 87');
    const refused = await run(oldest);
    expect(refused.body).toMatchObject({ state: 'done', result: { outcome: 'fail', rows: [] } });
    expect(refused.body['reason']).toMatch(/^RESULT_DIFFERS_TOO_LITTLE/);
  }, 120_000);

  it('of each built-in analysis shows what the data was made with', async () => {
    const regression = await run({ kind: 'regression', table: 'patient', outcome: 'age', covariates: ['age'] });
    expect(regression.body).toMatchObject({
      result: {
        rows: [
          ['(intercept)', expect.any(Number), expect.any(Number), 600],
          ['age', 1, expect.any(Number), 600],
        ],
      },
    });
    const clusters = await run({
      kind: 'clustering',
      table: 'outcome',
      columns: ['symptom_score', 'followup_days'],
      clusters: 2,
    });
    expect((clusters.body['result'] as { rows: unknown[] }).rows).toHaveLength(2);
  }, 120_000);

  it('of somebody’s own code waits for the custodian, who reads it; gated numbers of it are all that leaves', async () => {
    const source =
      'function main({ patient: [{ age, gender }] }) { return { old: age > 60, x: gender === "male" ? 1 : 0 }; }';
    const code = {
      ...{ kind: 'code', language: 'typescript', source, reads: [{ table: 'patient', columns: ['age', 'gender'] }] },
      ...{ groups: ['old'], measures: [{ kind: 'patients' }, { kind: 'sum', of: 'x' }] },
    };
    const dry = await ended(viewer, await submit(viewer, code, true));
    expect(dry.body).toMatchObject({ state: 'done', reason: null });
    const waits = await submit(viewer, code);
    expect(waits.body).toMatchObject({ state: 'awaiting_approval', money: 'reserved' });
    const path = `/v1/sandbox/jobs/${String(waits.body['id'])}`;
    const read = await sandbox.send(custodian, 'GET', `${path}/code`);
    expect(read.body).toMatchObject({ code_hash: waits.body['code_hash'], body: { source } });
    expect((await sandbox.send(stranger, 'GET', `${path}/code`)).status).toBe(404);
    const approvals = `/v1/sandbox/enclaves/${enclave}/code-approvals`;
    const wish = { code_hash: waits.body['code_hash'], name: 'Old by sex', agreement_id: agreement };
    expect((await sandbox.send(viewer, 'POST', approvals, wish)).status).toBe(403);
    expect((await sandbox.send(stranger, 'POST', approvals, wish)).status).toBe(404);
    expect((await sandbox.send(custodian, 'POST', approvals, wish)).status).toBe(201);
    const done = await ended(viewer, waits);
    expect([done.body['state'], done.body['reason'], done.body['money']]).toEqual(['done', null, 'settled']);
    const { columns, rows } = done.body['result'] as { columns: string[]; rows: [string, number, number][] };
    expect([columns, rows.map(([old]) => old)]).toEqual([
      ['old', 'patients', 'sum_x'],
      ['false', 'true'],
    ]);
    for (const row of rows) for (const value of row.slice(1)) expect(Number(value) % 5).toBe(0);
    // Approved, it runs at once; withdrawn, it waits again.
    expect((await ended(viewer, await submit(viewer, code))).body['state']).toBe('done');
    await sandbox.send(custodian, 'POST', `${approvals}/withdraw`, { code_hash: wish.code_hash });
    expect((await submit(viewer, code)).body['state']).toBe('awaiting_approval');
    const listed = (await sandbox.send(custodian, 'GET', approvals)).body['data'];
    expect(listed).toMatchObject([
      { name: 'Old by sex', approved_by: custodian.subject, withdrawn_at: expect.any(String) },
    ]);
  }, 120_000);

  it('of code in Python or R is refused where no container would hold it, and is told why', async () => {
    for (const language of ['python', 'r']) {
      const reads = [{ table: 'patient', columns: ['age'] }];
      const code = {
        kind: 'code',
        language,
        source: 'def main(p): return {}',
        reads,
        groups: [],
        measures: [{ kind: 'patients' }],
      };
      const refused = await submit(viewer, code, true);
      expect(refused.body).toMatchObject({ status: 503, code: 'CONTAINER_RUNTIME_MISSING' });
      expect(refused.body['detail']).toContain('no image is set for this language');
    }
  });

  it('that the gate refuses is told why, and reserves nothing', async () => {
    expect((await submit(viewer, sql('SELECT * FROM patient'))).body).toMatchObject({
      status: 422,
      code: 'QUERY_REFUSED',
    });
    expect(
      (
        await submit(viewer, {
          kind: 'table',
          table: 'patient',
          group_by: ['patient_id'],
          measures: [{ kind: 'rows' }],
        })
      ).body['code'],
    ).toBe('JOB_COLUMN_UNKNOWN');
    expect((await submit(stranger, sql('SELECT count(*) FROM patient'))).status).toBe(403);
  });

  it('leaves after two others approved it, one of them the custodian’s, blinded until then', async () => {
    const done = await run(sql('SELECT site, count(*) AS n FROM patient GROUP BY site'));
    const asked = await sandbox.send(viewer, 'POST', '/v1/sandbox/outputs', {
      job_id: done.body['id'],
      title: 'Sites',
    });
    expect(asked.body).toMatchObject({ state: 'auto_checked', author: viewer.subject });
    const path = `/v1/sandbox/outputs/${String(asked.body['id'])}`;
    const vote = (as: TestCaller, hash = asked.body['content_hash']) =>
      sandbox.send(as, 'POST', `${path}/reviews`, { vote: 'approve', comment: 'Fine.', content_hash: hash });
    expect((await sandbox.send(viewer, 'GET', `${path}/file`)).body['code']).toBe('OUTPUT_NOT_RELEASED');
    expect((await vote(custodian, '0'.repeat(64))).body['code']).toBe('OUTPUT_CHANGED');
    expect((await vote(custodian)).body['state']).toBe('partially_reviewed');
    expect((await vote(custodian)).body['code']).toBe('OUTPUT_VOTED_ALREADY');
    expect((await sandbox.send(operator, 'GET', path)).body['reviews']).toEqual([]);
    expect((await vote({ ...viewer, personas: ['operator'] })).body['code']).toBe('OUTPUT_REVIEWER_NOT_ALLOWED');
    expect((await vote(operator)).body['state']).toBe('released');
    const seen = (await sandbox.send(custodian, 'GET', path)).body;
    expect([(seen['reviews'] as unknown[]).length, seen['release_record']]).toMatchObject([
      2,
      { format: 'hetao-release-record-v1' },
    ]);
    const file = await sandbox.fetch(viewer, `${path}/file`);
    expect([file.status, (await file.text()).split('\n')[0]]).toEqual([200, 'site,n']);
    expect((await sandbox.fetch(custodian, `${path}/file`)).status).toBe(403);
    expect(
      (await sandbox.send(operator, 'POST', `${path}/recall`, { reason: 'A patient withdrew.' })).body['state'],
    ).toBe('recalled');
    expect((await sandbox.send(viewer, 'GET', `${path}/file`)).body['code']).toBe('OUTPUT_NOT_RELEASED');
  }, 120_000);

  it('is sent by keys in a pixel session, on the twin and then on the data; its gated numbers are on the screen', async () => {
    const { eyes, hands, bench, texts } = await workbench();
    const text = 'SELECT count(*) AS n FROM patient';
    for (const letter of text) eyes.key(letter);
    const empty = inkOf(eyes);
    eyes.key('Enter', 'control');
    await eventually(() => expect(texts()).toContain(`Twin · ${text}`), { withinMs: 30_000 });
    bench.input(press(1000, 90));
    await eventually(() => expect(texts().join()).toContain('Twin · passed the gate'), { withinMs: 60_000 });

    eyes.key('Enter', 'control');
    await eventually(() => expect(texts()).toContain(text), { withinMs: 30_000 });
    const frames = eyes.frames.length;
    bench.input(press(1000, 90));
    await eventually(() => expect(texts()).toEqual(expect.arrayContaining(['patient', 'n', '600'])), {
      withinMs: 60_000,
    });
    expect(texts().join()).toContain('Data · passed the gate');
    await eventually(() => expect(eyes.frames.length).toBeGreaterThan(frames), { withinMs: 15_000 });
    await eventually(() => expect(inkOf(eyes)).toBeGreaterThan(empty + 20), { withinMs: 15_000 });

    bench.input({ kind: 'text', text: 'SELECT * FROM patient' });
    bench.input({ kind: 'key', key: 'Enter', modifiers: ['control'] });
    await eventually(() => expect(texts().join()).toContain('What would pass: Send one SELECT'), { withinMs: 15_000 });

    const sent = await hands.run('query', 'SELECT count(*) AS again FROM patient');
    if (!('job' in sent)) throw new Error(sent.refused);
    await hands.cancel(sent.job);
    const [newest] = await hands.jobs();
    expect(newest).toMatchObject({ id: sent.job, status: 'cancelled', running: false });
    await bench.stop();
  }, 200_000);

  it('of a worker that is killed, of a process that died under it or of data that was changed fails, and costs nothing', async () => {
    const job = sql('SELECT count(*) AS once_more FROM patient');
    await ended(viewer, await submit(viewer, job, true));
    const { app, database } = sandbox.service;
    const sent = await submit(viewer, job);
    const killer = setInterval(() => app.get(JobRunner).stop(String(sent.body['id'])), 1);
    const killed = await ended(viewer, sent);
    clearInterval(killer);
    // It may have answered before it was killed: then it is paid for, and otherwise not.
    const { state: end, money } = killed.body;
    expect([
      ['failed', 'refunded'],
      ['done', 'settled'],
    ]).toContainEqual([end, money]);
    if (end === 'failed') expect(killed.body['reason']).toMatch(/^WORKER_FAILED/);

    const query = <Row extends object>(text: string, values: unknown[]) =>
      database.withClient(async (client) => (await client.query<Row>(text, values)).rows);
    const [table] = await query<{ path: string }>(
      `SELECT t->>'path' AS path FROM dataset_versions, jsonb_array_elements(tables) t WHERE enclave_id = $1 AND t->>'name' = 'patient'`,
      [enclave],
    );
    const file = join(sandbox.folder, table?.path ?? '');
    const { size } = await stat(file);
    await appendFile(file, 'x');
    const changed = await ended(viewer, await submit(viewer, job));
    await truncate(file, size);
    expect(changed.body).toMatchObject({
      state: 'failed',
      money: 'refunded',
      reason: 'DATASET_CHANGED: patient is not as it was admitted.',
    });

    for (const [state, failure] of [
      ['preparing', 'prepare_failed'],
      ['running', 'failed'],
      ['evidence', 'failed'],
    ]) {
      const stranded = newId('job');
      await query(
        `INSERT INTO jobs SELECT (jsonb_populate_record(j, jsonb_build_object('id', $2::text, 'state', $3::text, 'used', null,
           'money', 'reserved', 'changed_at', now() - interval '1 hour'))).* FROM jobs j WHERE id = $1`,
        [sent.body['id'], stranded, state],
      );
      await app.get(RunJobs).clearStranded();
      const { body } = await sandbox.send(viewer, 'GET', `/v1/sandbox/jobs/${stranded}`);
      expect(body).toMatchObject({ state: failure, money: 'refunded' });
    }
  }, 120_000);

  it('leaves a receipt upon the one before: none can be taken out or put in', async () => {
    const receipts = await sandbox.service.database.withClient(async (client) => {
      const of = 'SELECT hash, document FROM job_receipts WHERE enclave_id = $1 ORDER BY position';
      return (await client.query<{ hash: string; document: { previous_hash: string } }>(of, [enclave])).rows;
    });
    expect(receipts.length).toBeGreaterThan(5);
    receipts.forEach(({ hash, document }, at) => {
      expect(documentHash(document)).toBe(hash);
      expect(document.previous_hash).toBe(receipts[at - 1]?.hash ?? null);
    });
  });

  it('shows nothing more once the release is revoked, or the licence', async () => {
    const done = await run(sql('SELECT district, count(*) AS n FROM patient GROUP BY district'));
    expect(done.body['state']).toBe('done');
    const { releaseId } = ReleaseIssuedV1.parse(fixture('hetao.customs.release-issued.v1'));
    const revoked = ReleaseRevokedV1.parse(fixture('hetao.customs.release-revoked.v1'));
    await sandbox.says(ReleaseRevokedV1, { ...revoked, releaseId });
    const path = `/v1/sandbox/jobs/${String(done.body['id'])}`;
    expect((await sandbox.send(viewer, 'GET', path)).body['code']).toBe('REMOTE_VIEWING_NOT_RELEASED');
    expect((await sandbox.send(custodian, 'GET', path)).status).toBe(200);
    await sandbox.says(EntitlementRevokedV1, {
      ...EntitlementRevokedV1.parse(fixture('hetao.contracts.entitlement-revoked.v1')),
      entitlementId: entitlement,
      revokedAt: '2021-01-01T00:00:00.000Z',
    });
    expect((await submit(viewer, sql('SELECT count(*) FROM patient'))).body['code']).toBe('COMPUTE_LICENCE_MISSING');
  }, 120_000);
});

describe('what was told before', () => {
  const N = 400;
  const everybody = Array.from({ length: N }, (_, at) => at);
  const rules = rulesWith(10);
  let asked = 0;
  /** Asks as one project of one buyer; the code of the refusal, or nothing. */
  const tell = async (family: string, project: string, ...sets: (readonly number[])[]) => {
    const { app } = sandbox.service;
    const entry = {
      family,
      project,
      jobId: `job_${(asked += 1)}`,
      sets: sets.map((set) => setOf(set, N)),
      at: new Date(),
    };
    const entered = await app.get(UnitOfWork).runResult((tx) => app.get(QueryLedger).enter(tx, entry, rules));
    return entered.ok ? null : entered.error.code;
  };

  it('gives no handful away: all but one, its complement, one more, a vector of one, in either order or two at once', async () => {
    const without = (...gone: number[]) => everybody.filter((one) => !gone.includes(one));
    expect(await tell('differencing', 'agr_1', everybody)).toBeNull();
    expect(await tell('differencing', 'agr_1', everybody)).toBeNull();
    expect(await tell('differencing', 'agr_1', without(7))).toBe('RESULT_DIFFERS_TOO_LITTLE');
    expect(await tell('differencing', 'agr_1', without(1, 2, 3, 4, 5, 6, 7, 8, 9))).toBe('RESULT_DIFFERS_TOO_LITTLE');
    expect(await tell('differencing', 'agr_1', without(...everybody.slice(0, 10)))).toBeNull();
    expect(await tell('differencing', 'agr_1', everybody.slice(0, 200), [...everybody.slice(0, 199), 300])).toBe(
      'RESULT_DIFFERS_TOO_LITTLE',
    );
    // Another agreement of the same buyer puts its answers to the same use; another buyer cannot.
    expect(await tell('differencing', 'agr_2', without(7))).toBe('RESULT_DIFFERS_TOO_LITTLE');
    expect(await tell('somebody else', 'agr_3', without(7))).toBeNull();
    const halves = await Promise.all([
      tell('at once', 'agr_1', everybody.slice(0, 100)),
      tell('at once', 'agr_1', everybody.slice(0, 101)),
    ]);
    expect(halves.filter((code) => code === null)).toHaveLength(1);
  });

  it('holds for any questions whatever: no two answers differ by fewer than ten and more than none', async () => {
    const question = fc.record({ from: fc.integer({ min: 0, max: 30 }), to: fc.integer({ min: 60, max: 90 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 2, maxLength: 6 }), async (questions) => {
        const told: PatientSet[] = [];
        const family = `property ${(asked += 1)}`;
        for (const { from, to } of questions) {
          const set = everybody.slice(from, to);
          if ((await tell(family, 'agr_1', set)) === null) told.push(setOf(set, N));
        }
        for (const [at, one] of told.entries())
          for (const other of told.slice(at + 1))
            expect([1, 2, 3, 4, 5, 6, 7, 8, 9]).not.toContain(setDistance(one, other));
      }),
      { numRuns: 12 },
    );
  });

  it('is counted by the day and the project, refused questions too', async () => {
    for (let turn = 0; turn < 2; turn += 1) expect(await tell('capped', 'agr_1')).toBeNull();
    const few = { ...rules, queriesPerDay: 2 };
    const { app } = sandbox.service;
    const again = (project: string) => {
      const entry = { family: 'capped', project, jobId: 'job_x', sets: [], at: new Date() };
      return app.get(UnitOfWork).runResult((tx) => app.get(QueryLedger).enter(tx, entry, few));
    };
    expect(await again('agr_1')).toMatchObject({ ok: false, error: { code: 'QUERIES_USED_UP' } });
    expect((await again('agr_2')).ok).toBe(true);
  });
});

describe('what was reserved', () => {
  it('and used never passes what is agreed, whatever is asked at once and settled how often', async () => {
    const { app } = sandbox.service;
    const [uow, ledger] = [app.get(UnitOfWork), app.get(ComputeLedger)];
    const limits = {
      ...{
        epsilon: 3,
        queriesPerDay: 30,
        sessionMinutes: 60,
        vcpuSeconds: 100,
        gbSeconds: 100,
        outputFiles: 3,
        predictions: 9,
      },
      ...{ ownCode: true, maxPeople: 2 },
    };
    const step = fc.record({ reserve: fc.integer({ min: 1, max: 60 }), used: fc.integer({ min: 0, max: 60 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
        const agreementId = newId('agr');
        const uses = steps.map(({ reserve, used }) => ({
          ...{ reserve, used: Math.min(reserve, used) },
          use: { useId: newId('job'), agreementId, enclaveId: enclave, meters: [], at: new Date() },
        }));
        const reserved = await Promise.all(
          uses.map(({ use, reserve }) =>
            uow.runResult((tx) => ledger.reserve(tx, use, { vcpu_seconds: reserve }, limits)),
          ),
        );
        for (const [at, { use, used }] of uses.entries())
          if (reserved[at]?.ok === true)
            for (const amount of [used, 99]) await uow.run((tx) => ledger.settle(tx, use, { vcpu_seconds: amount }));
        const taken = await sandbox.service.database.withClient((client) =>
          client.query<{ most: string; settled: string }>(
            'SELECT coalesce(sum(reserved), 0) AS most, coalesce(sum(settled), 0) AS settled FROM compute_usage WHERE agreement_id = $1',
            [agreementId],
          ),
        );
        expect(Number(taken.rows[0]?.most)).toBeLessThanOrEqual(100);
        const due = uses.reduce((sum, { used }, at) => sum + (reserved[at]?.ok === true ? used : 0), 0);
        expect(Number(taken.rows[0]?.settled)).toBe(due);
      }),
      { numRuns: 8 },
    );
  });
});
