import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { EntitlementRevokedV1, ReleaseIssuedV1, ReleaseRevokedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { SERVICE_CONFIG } from '@hetao/runtime';
import { eventually, sendTwice, type TestCaller } from '@hetao/testing';
import { readMark } from '../src/pixel/invisible-mark.js';
import { lumaOf } from '../src/pixel/jpeg.codec.js';
import { markPattern } from '../src/pixel/mark-pattern.codec.js';
import { screenSize } from '../src/pixel/tiles.js';
import { newRecordingKey } from '../src/recording/recording-key.codec.js';
import { RecordingWriter } from '../src/recording/recording.writer.js';
import type { SandboxConfig } from '../src/sandbox.config.js';
import { SealAbandoned } from '../src/session/seal-abandoned.use-cases.js';
import { fixture, people, startSandbox, type LicensedEnclave, type RunningSandbox } from './running-sandbox.js';
import { TestViewer } from './test-viewer.js';

const { colleague, custodian, stranger, operator, second, auditor } = people;
let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const sessions = '/v1/sandbox/sessions';
const wish = (enclave: string) => ({ enclave_id: enclave, purpose: 'survival after syndrome', language: 'zh-Hant' });

/** A session as far as its opening; every person of its own, as each may have one alone. */
async function opened(known?: LicensedEnclave): Promise<{ id: string; person: TestCaller }> {
  const enclave = known ?? (await sandbox.enclave());
  const person = await sandbox.admit(enclave);
  const asked = await sandbox.send(person, 'POST', sessions, wish(enclave.id));
  expect(asked).toMatchObject({ status: 201, body: { status: 'requested', place: 'HK' } });
  const id = String(asked.body['id']);
  expect((await sandbox.send(custodian, 'POST', `${sessions}/${id}/approve`)).status).toBe(200);
  const open = await sandbox.send(person, 'POST', `${sessions}/${id}/open`);
  expect(open).toMatchObject({ status: 200, body: { status: 'ready' } });
  return { id, person };
}

async function watched(enclave?: LicensedEnclave) {
  const session = await opened(enclave);
  const eyes = new TestViewer(await sandbox.connect(session.person, session.id));
  eyes.hello();
  await eventually(() => expect(eyes.screen.whole).toBe(true), { withinMs: 15_000 });
  return { ...session, eyes };
}

/** Sealing writes, signs and tells: on a busy machine that takes its time. */
const sealed = (id: string) => eventually(async () => expect(await statusOf(id)).toBe('sealed'), { withinMs: 20_000 });
const statusOf = async (id: string) => (await sandbox.send(auditor, 'GET', `${sessions}/${id}`)).body['status'];

describe('A pixel session', () => {
  it('is shown, written in, recorded and sealed; a reviewer sees it again, and that nothing was changed', async () => {
    const { id, person, eyes } = await watched();
    expect(eyes.messages[0]).toMatchObject({ type: 'welcome', session: id, status: 'active', width: 1280 });
    const written = eyes.text('選擇 count(*) 中醫');
    await eventually(() => expect(eyes.heard).toBe(written));
    const key = markPattern(Buffer.from('ZGVtby1vbmx5LWludmlzaWJsZS1waXhlbC1tYXJrLWs=', 'base64'), screenSize);
    expect(readMark(lumaOf(eyes.screen.picture), key).epoch).toBeGreaterThan(0);

    expect((await sandbox.send(person, 'POST', `${sessions}/${id}/end`, { reason: 'done' })).status).toBe(200);
    await eventually(() => expect(eyes.closedWith).toBe(4410));
    await sealed(id);

    const stated = "SELECT data FROM outbox WHERE type = 'hetao.sandbox.compute-used.v1' AND data->>'useId' = $1";
    const { rows } = await sandbox.service.database.withClient((client) => client.query(stated, [id]));
    expect(rows).toMatchObject([{ data: { quantities: [{ meter: 'session_minutes', quantity: '1' }] } }]);

    const recording = `${sessions}/${id}/recording`;
    const verdict = await sandbox.send(auditor, 'GET', `${recording}/verification`);
    expect(verdict.body).toMatchObject({ intact: true, faults: [] });
    const { body } = await sandbox.send(custodian, 'GET', recording);
    const entries = body['data'] as readonly {
      tiles: { jpeg_base64: string }[] | null;
      event: { event: string } | null;
    }[];
    const recorded = entries.flatMap(({ tiles }) => tiles?.map(({ jpeg_base64 }) => jpeg_base64) ?? []);
    const shown = eyes.frames.flatMap((frame) => eyes.tilesOf(frame));
    expect(recorded.slice(0, shown.length)).toEqual(shown);
    expect(entries.map(({ event }) => event?.event).filter(Boolean)).toEqual(['begin', 'connected', 'end']);
    // What was written is in the pictures, and nowhere as text.
    expect(JSON.stringify(entries)).not.toMatch(/選擇|count\(/);
    expect((await sandbox.send(person, 'GET', recording)).status).toBe(403);
    expect((await sandbox.send({ ...stranger }, 'GET', recording)).status).toBe(404);
  });

  it('opens to an admitted person under an agreement in force, and to nobody by an API key', async () => {
    const enclave = await sandbox.enclave();
    const person = await sandbox.admit(enclave);
    const refused = async (as: TestCaller, id = enclave.id) =>
      (await sandbox.send(as, 'POST', sessions, wish(id))).body['code'];
    expect(await refused(stranger)).toBe('COMPUTE_LICENCE_MISSING');
    expect(await refused(colleague)).toBe('COMPUTE_PERSON_UNKNOWN');
    expect(await refused(person, newId('enc'))).toBe('ENCLAVE_UNKNOWN');
    expect(await refused({ ...person, via: 'api_key', scopes: ['*'] })).toBe('SESSION_PERSON_ONLY');
    const over = await sandbox.enclave({ validUntil: '2021-01-01T00:00:00Z' });
    expect(await refused(person, over.id)).toBe('COMPUTE_LICENCE_MISSING');
  });

  it('has no session without a legal basis for the place it is looked at from', async () => {
    const enclave = await sandbox.enclave();
    const person = await sandbox.admit(enclave);
    const withdraw = 'UPDATE legal_bases SET withdrawn_at = now() WHERE enclave_id = $1';
    await sandbox.service.database.withClient((client) => client.query(withdraw, [enclave.id]));
    const refused = await sandbox.send(person, 'POST', sessions, wish(enclave.id));
    expect(refused).toMatchObject({ status: 403, body: { code: 'LEGAL_BASIS_MISSING' } });
  });

  it('crosses a border with a release only, which it names; when that is revoked the screen goes dark', async () => {
    const enclave = await sandbox.enclave({ release: { origin: 'CN', destination: 'HK' } });
    const early = await sandbox.send(await sandbox.admit(enclave), 'POST', sessions, wish(enclave.id));
    expect(early.body['code']).toBe('REMOTE_VIEWING_NOT_RELEASED');
    const example = ReleaseIssuedV1.parse(fixture('hetao.customs.release-issued.v1'));
    const releaseId = newId('rel');
    const dates = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2099-01-01T00:00:00Z' };
    await sandbox.says(ReleaseIssuedV1, { ...example, ...dates, releaseId, agreementId: enclave.agreementId });
    const { id, eyes } = await watched(enclave);
    const seen = await sandbox.send(auditor, 'GET', `${sessions}/${id}`);
    expect(seen.body).toMatchObject({ release_id: releaseId, legal_basis: { kind: 'gba_standard_contract' } });
    const revoked = ReleaseRevokedV1.parse(fixture('hetao.customs.release-revoked.v1'));
    await sandbox.says(ReleaseRevokedV1, { ...revoked, releaseId });
    await eventually(() => expect(eyes.closedWith).toBe(4410));
    await sealed(id);
    const ended = await sandbox.send(auditor, 'GET', `${sessions}/${id}`);
    expect(ended.body['end_reason']).toBe('REMOTE_VIEWING_NOT_RELEASED');
  });

  it('is approved by the custodian of the data, not by its viewer, a colleague or a stranger', async () => {
    const enclave = await sandbox.enclave();
    const person = await sandbox.admit(enclave);
    const asked = await sandbox.send(person, 'POST', sessions, wish(enclave.id));
    const path = `${sessions}/${String(asked.body['id'])}`;
    const approve = async (as: TestCaller) => (await sandbox.send(as, 'POST', `${path}/approve`)).status;
    expect([await approve(colleague), await approve({ ...stranger, personas: ['merchant'] })]).toEqual([403, 404]);
    const own: TestCaller = { ...person, organisationId: custodian.organisationId, personas: ['merchant'] };
    expect(await approve(own)).toBe(403);
    expect((await sandbox.send(person, 'POST', `${path}/open`)).body['code']).toBe('SESSION_NOT_NOW');
    expect(await approve(custodian)).toBe(200);
  });

  it('is one for a person: a second is refused while the first lives', async () => {
    const enclave = await sandbox.enclave();
    const { id, person } = await opened(enclave);
    const asked = await sandbox.send(person, 'POST', sessions, wish(enclave.id));
    const other = `${sessions}/${String(asked.body['id'])}`;
    await sandbox.send(custodian, 'POST', `${other}/approve`);
    expect((await sandbox.send(person, 'POST', `${other}/open`)).body['code']).toBe('SESSION_ALREADY_LIVE');
    const [ended, again] = await sendTwice(`${sandbox.service.url}${sessions}/${id}/end`, person, { reason: 'done' });
    expect(ended).toMatchObject({ status: 200, replayed: 'false', body: { status: 'ended' } });
    expect(again).toEqual({ ...ended, replayed: 'true' });
    await sealed(id);
    expect((await sandbox.send(person, 'POST', `${other}/open`)).status).toBe(200);
  });
});

describe('A licence as its holder sees it', () => {
  const sandboxLicences = '/v1/sandbox/licences';
  const licenceOf = async (as: TestCaller, { id }: LicensedEnclave) => {
    const { body } = await sandbox.send(as, 'GET', `${sandboxLicences}?limit=100`);
    return (body['data'] as readonly { readonly enclave_id: string }[]).find(({ enclave_id: of }) => of === id);
  };

  it('says why it does not open and what to do, then on what grounds it does, and what is left of it', async () => {
    const enclave = await sandbox.enclave();
    expect(await licenceOf(colleague, enclave)).toMatchObject({
      ...{ grounds: null, used: null },
      refusal: { code: 'COMPUTE_PERSON_UNKNOWN', fix: expect.stringContaining('Ask the custodian') },
    });
    const person = await sandbox.admit(enclave);
    expect(await licenceOf(person, enclave)).toMatchObject({
      grounds: {
        ...{ agreement_id: enclave.agreementId, place: 'HK', is_export: true, release_id: null },
        legal_basis: { kind: 'gba_standard_contract', reference: 'GBA-2026-7' },
      },
      ...{ refusal: null, limits: { session_minutes: 600, epsilon: 3 }, used: { session_minutes: 0, output_files: 0 } },
    });
  });

  it('is nobody else’s, and no list of one’s own data; machines and merchants have none', async () => {
    const enclave = await sandbox.enclave();
    expect(await licenceOf(stranger, enclave)).toBeUndefined();
    const own: TestCaller = { ...custodian, personas: ['merchant', 'buyer'] };
    expect((await sandbox.send(own, 'GET', sandboxLicences)).body['data']).toEqual([]);
    expect((await sandbox.send(custodian, 'GET', sandboxLicences)).status).toBe(403);
  });
});

describe('Its stream', () => {
  it('is for its own person alone', async () => {
    const { id, person } = await opened();
    const refusal = async (as: TestCaller) => {
      const error = await sandbox.connect(as, id).then(() => 'connected', String);
      return error;
    };
    expect(await refusal(colleague)).toContain('404');
    expect(await refusal(operator)).toContain('403');
    expect(await refusal({ ...person, via: 'api_key', scopes: ['*'] })).toContain('404');
    const bare = new WebSocket(`${sandbox.service.url.replace('http', 'ws')}${sessions}/${id}/stream`);
    const [error] = (await once(bare, 'error')) as [Error];
    expect(error.message).toContain('401');
    expect((await sandbox.send(person, 'GET', `${sessions}/${id}/stream`)).status).toBe(428);
  });

  it.each([
    ['a clipboard', { type: 'clipboard', text: 'x' }],
    ['a file', { type: 'file', name: 'a.csv' }],
    ['a second greeting', { type: 'hello', version: 1 }],
    ['a key with something beside', { type: 'key', number: 1, key: 'a', modifiers: [], paste: true }],
  ])('ends with %s: it is not in the protocol', async (_name, message) => {
    const { eyes } = await watched();
    eyes.say(message);
    await eventually(() => expect(eyes.closedWith).toBe(4400));
  });

  it('takes up again where it was left, in a new connection; the old one goes', async () => {
    const { id, person, eyes } = await watched();
    eyes.text('select 1');
    const again = new TestViewer(await sandbox.connect(person, id));
    await eventually(() => expect(eyes.closedWith).toBe(4409));
    again.hello();
    await eventually(() => expect(again.screen.whole).toBe(true), { withinMs: 15_000 });
    expect(again.messages[0]).toMatchObject({ type: 'welcome', status: 'active' });
  });

  it('takes keys at the pace of hands, tells what it left out, and ends under a machine', async () => {
    const { eyes } = await watched();
    for (let turn = 0; turn < 60; turn += 1) eyes.key('x');
    await eventually(() => expect(eyes.messages.some(({ type }) => type === 'dropped')).toBe(true));
    expect(eyes.closedWith).toBeUndefined();
    for (let turn = 0; turn < 600; turn += 1) eyes.key('x');
    await eventually(() => expect(eyes.closedWith).toBe(4429));
  });
});

describe('A frozen session', () => {
  it('shows nothing until two operators and its viewer say yes', async () => {
    const { id, person, eyes } = await watched();
    const path = `${sessions}/${id}`;
    expect((await sandbox.send(operator, 'POST', `${path}/freeze`, { reason: 'looks like a code' })).status).toBe(200);
    await eventually(() => expect(eyes.status).toBe('frozen'));
    const before = eyes.frames.length;
    eyes.text('nobody hears this');
    expect((await sandbox.send(operator, 'POST', `${path}/thaw`)).body['status']).toBe('frozen');
    expect((await sandbox.send(operator, 'POST', `${path}/thaw`)).body['code']).toBe('SESSION_SAME_OPERATOR');
    expect((await sandbox.send(second, 'POST', `${path}/thaw`)).body['status']).toBe('frozen');
    expect(eyes.frames).toHaveLength(before);
    expect((await sandbox.send(person, 'POST', `${path}/prove`)).body['status']).toBe('active');
    await eventually(() => expect(eyes.frames.length).toBeGreaterThan(before));
    expect((await sandbox.send(operator, 'POST', `${path}/freeze`, { reason: 'again' })).status).toBe(200);
    expect((await sandbox.send(operator, 'POST', `${path}/terminate`, { reason: 'it was one' })).status).toBe(200);
    await sealed(id);
    const history = (await sandbox.send(auditor, 'GET', `${path}/history`)).body['data'] as readonly {
      command: string;
    }[];
    expect(history.map(({ command }) => command).slice(-4)).toEqual(['prove', 'freeze', 'terminate', 'seal']);
  });
});

describe('A licence that is revoked', () => {
  it('ends the session it opened', async () => {
    const enclave = await sandbox.enclave();
    const { id } = await watched(enclave);
    const revoked = EntitlementRevokedV1.parse(fixture('hetao.contracts.entitlement-revoked.v1'));
    const at = new Date().toISOString();
    await sandbox.says(EntitlementRevokedV1, { ...revoked, entitlementId: enclave.entitlementId, revokedAt: at });
    await sealed(id);
  });
});

describe('A session whose process died', () => {
  it('is ended and sealed by another process, with all that was shown in it', async () => {
    const enclave = await sandbox.enclave();
    const person = await sandbox.admit(enclave);
    const id = String((await sandbox.send(person, 'POST', sessions, wish(enclave.id))).body['id']);
    const { key, wrapped } = newRecordingKey({ shenzhen: Buffer.alloc(32), hongKong: Buffer.alloc(32) }, id);
    const folder = join(sandbox.folder, 'recordings');
    const { SANDBOX_RECEIPT_KEY: signingKey } = sandbox.service.app.get<SandboxConfig>(SERVICE_CONFIG);
    const startedAt = new Date().toISOString();
    const head = { session: id, startedAt, width: 1280, height: 720, tile: 80, wrappedKey: wrapped };
    const writer = await RecordingWriter.begin({ folder, signingKey, maxBytes: 1e6 }, head, key);
    await writer.append({ kind: 'event', atMs: Date.now(), content: Buffer.from('{"event":"begin"}') });
    await appendFile(join(folder, `${id}.rec`), Buffer.alloc(11, 1));
    const dead = `UPDATE pixel_sessions SET status = 'active', content = content || '{"status":"active"}',
      lease_until = now() - interval '1 minute' WHERE id = $1`;
    await sandbox.service.database.withClient((client) => client.query(dead, [id]));

    await sandbox.service.app.get(SealAbandoned).execute();
    expect(await statusOf(id)).toBe('sealed');
    const verdict = await sandbox.send(auditor, 'GET', `${sessions}/${id}/recording/verification`);
    expect(verdict.body).toMatchObject({ intact: true, records: 1, checkpoints: 1 });
  });
});
