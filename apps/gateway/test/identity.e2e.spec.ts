import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ParticipantApprovedV1, ParticipantSuspendedV1 } from '@hetao/events';
import { eventually, manualClock, type ManualClock } from '@hetao/testing';
import { startGateway, type TestGateway } from './gateway.js';
import { startUpstream, type Upstream } from './upstream.js';

const known = 'par_01jz8r8t2vf3q0w9c5m7n4x6ka';
let upstream: Upstream;
let gateway: TestGateway;
let clock: ManualClock;
beforeAll(async () => {
  clock = manualClock('2026-11-22T08:00:00Z');
  upstream = await startUpstream((app) => {
    app.get('/v1/participants/:id', async (request, reply) => {
      const { id } = request.params as { id: string };
      await reply.status(id === known || id === 'par_lingnan' ? 200 : 404).send({ id });
    });
  });
  gateway = await startGateway({ clock, upstream });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
});

/** What the tests read of an answer; which of it is there depends on the route. */
interface Answer {
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly fix: string;
  readonly [field: string]: unknown;
}

async function post(path: string, as: 'operator' | 'merchant' | 'buyer' | 'auditor', body: unknown) {
  const answer = await gateway.call(path, {
    as,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

describe('POST /v1/members', () => {
  const member = {
    organisation_id: known,
    email: 'New.Member@lingnan.example',
    display_name: '陳大文',
    personas: ['merchant'],
    password: 'eight grey herons over the bay',
  };

  it('lets the operator add one, who can then sign in', async () => {
    const made = await post('/v1/members', 'operator', member);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      email: 'new.member@lingnan.example',
      organisation_id: known,
      display_name: '陳大文',
    });
    expect(JSON.stringify(made.body)).not.toMatch(/argon2|password/);
    const browser = gateway.browser();
    const page = await browser.open('/sign-in?return_to=/v1/me');
    const done = await browser.submit(page.url.pathname, { email: member.email, password: member.password });
    expect(JSON.parse(done.text)).toMatchObject({ organisation_id: known, personas: ['merchant'] });
    const [row] = await gateway.service.uow.run((tx) =>
      tx.query<{ password_hash: string }>(
        `SELECT password_hash FROM accounts WHERE email = 'new.member@lingnan.example'`,
      ),
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('lets a member add a colleague', async () => {
    const made = await post('/v1/members', 'merchant', {
      ...member,
      organisation_id: 'par_lingnan',
      email: 'c@lingnan.example',
    });
    expect(made.status).toBe(201);
  });

  it('lets the operator of a demonstration add its cast, with a password everybody knows, on the sign-in page or not', async () => {
    const cast = { ...member, password: 'demo', display_name: 'Cast' };
    const shown = await post('/v1/members', 'operator', { ...cast, email: 'shown@lingnan.example', demo: 'card' });
    const hidden = await post('/v1/members', 'operator', { ...cast, email: 'hidden@lingnan.example', demo: 'hidden' });
    expect([shown.status, hidden.status]).toEqual([201, 201]);
    const browser = gateway.browser();
    const page = await browser.open('/sign-in?return_to=/v1/me');
    expect(page.text).toContain('shown@lingnan.example');
    expect(page.text).not.toContain('hidden@lingnan.example');
    const done = await browser.submit(page.url.pathname, { demo_account: hidden.body.id });
    expect(JSON.parse(done.text)).toMatchObject({ email: 'hidden@lingnan.example', via: 'session' });
  });

  it.each([
    ['an address that is taken', 'operator', { email: 'NEW.member@lingnan.example' }, '409 ACCOUNT_EMAIL_TAKEN'],
    ['an organisation nobody knows', 'operator', { organisation_id: 'par_nowhere' }, '422 ORGANISATION_UNKNOWN'],
    ['another organisation, by a member', 'merchant', {}, '403 MEMBER_OF_ANOTHER_ORGANISATION'],
    [
      'a role of the exchange, by a member',
      'merchant',
      { organisation_id: 'par_lingnan', personas: ['operator'] },
      '403 PERSONA_NOT_YOURS_TO_GIVE',
    ],
    ['a usual password', 'operator', { password: 'Password2026!!' }, '422 PASSWORD_NOT_ACCEPTED'],
    ['no roles', 'operator', { personas: [] }, '422 VALIDATION_FAILED'],
    ['a field nobody asked for', 'operator', { admin: true }, '422 VALIDATION_FAILED'],
    ['an address that is none', 'operator', { email: 'x' }, '422 VALIDATION_FAILED'],
    ['an auditor', 'auditor', {}, '403 PERSONA_NOT_ALLOWED'],
    ['a demo account by a member', 'merchant', { demo: 'card' }, '403 DEMO_ACCOUNT_REFUSED'],
    ['a demo account of no kind', 'operator', { demo: true }, '422 VALIDATION_FAILED'],
  ] as const)('refuses %s', async (_what, as, change, refusal) => {
    const answer = await post('/v1/members', as, { ...member, email: 'x1@lingnan.example', ...change });
    expect(`${answer.status} ${answer.body.code}`).toBe(refusal);
    expect(answer.body.fix).toEqual(expect.any(String));
  });
});

describe('API keys', () => {
  async function bearer(key: string, path = '/v1/agreements') {
    const answer = await fetch(gateway.url + path, { headers: { authorization: `Bearer ${key}` } });
    return { status: answer.status, body: await answer.json(), challenge: answer.headers.get('www-authenticate') };
  }

  it('are shown once, work, say when they were used, and stop the moment they are revoked', async () => {
    const made = await post('/v1/api-keys', 'merchant', {
      name: 'Nightly upload',
      scopes: ['contracts:read', 'identity:read'],
    });
    expect(made.status).toBe(201);
    expect(made.body.key).toMatch(/^hx_test_[0-9A-Za-z]{36}$/);
    expect((await bearer(made.body.key)).status).toBe(200);
    const list = await gateway.call('/v1/api-keys?limit=100', { as: 'merchant' });
    const { data } = (await list.json()) as { data: { id: string; hint: string }[] };
    const listed = data.find(({ id }) => id === made.body.id);
    expect(listed).toMatchObject({
      name: 'Nightly upload',
      status: 'in_force',
      last_used_at: clock.now().toISOString(),
    });
    expect(listed?.hint).toBe(`hx_test_…${made.body.key.slice(-4)}`);
    expect(JSON.stringify(data)).not.toContain(made.body.key);

    const revoke = () => gateway.call(`/v1/api-keys/${made.body.id}`, { as: 'merchant', method: 'DELETE' });
    expect((await revoke()).status).toBe(200);
    expect(await (await revoke()).json()).toMatchObject({ status: 'revoked' });
    const refused = await bearer(made.body.key);
    expect(refused).toMatchObject({ status: 401, body: { code: 'API_KEY_REVOKED' } });
    expect(refused.challenge).toContain('error="invalid_token"');
  });

  it('stand in the database as a hash only', async () => {
    const made = await post('/v1/api-keys', 'buyer', { name: 'Once', scopes: ['usage:read'] });
    const rows = await gateway.service.uow.run((tx) =>
      tx.query<{ dump: string }>('SELECT api_keys::text AS dump FROM api_keys'),
    );
    expect(rows.some(({ dump }) => dump.includes(made.body.id))).toBe(true);
    expect(rows.some(({ dump }) => dump.includes(made.body.key.slice(10, 30)))).toBe(false);
  });

  it('do what their scopes say and nothing else', async () => {
    const made = await post('/v1/api-keys', 'merchant', { name: 'Reader', scopes: ['usage:read'] });
    expect((await bearer(made.body.key, '/v1/usage/windows')).status).toBe(200);
    const refused = await bearer(made.body.key, '/v1/invoices');
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'API_KEY_SCOPE_MISSING', meta: { scope: 'settlement:read' } },
    });
    expect(refused.challenge).toBe(
      'Bearer realm="hetao-exchange", error="insufficient_scope", scope="settlement:read"',
    );
    const write = await fetch(`${gateway.url}/v1/usage/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${made.body.key}` },
    });
    expect(write.status).toBe(403);
  });

  it('cannot make keys that may do more than themselves', async () => {
    const made = await post('/v1/api-keys', 'merchant', { name: 'Maker', scopes: ['identity:write', 'usage:read'] });
    const ask = async (scopes: string[]) => {
      const answer = await fetch(`${gateway.url}/v1/api-keys`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made.body.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Child', scopes }),
      });
      return { status: answer.status, body: await answer.json() };
    };
    expect((await ask(['usage:read'])).status).toBe(201);
    expect(await ask(['settlement:write'])).toMatchObject({ status: 403, body: { code: 'API_KEY_SCOPE_NOT_YOURS' } });
  });

  it('end when they said they would', async () => {
    const expires_at = new Date(clock.now().getTime() + 3_600_000).toISOString();
    const made = await post('/v1/api-keys', 'merchant', { name: 'Today', scopes: ['contracts:read'], expires_at });
    expect((await bearer(made.body.key)).status).toBe(200);
    clock.advance({ hours: 1 });
    expect(await bearer(made.body.key)).toMatchObject({ status: 401, body: { code: 'API_KEY_EXPIRED' } });
  });

  it('of another organisation are not there', async () => {
    const made = await post('/v1/api-keys', 'merchant', { name: 'Ours', scopes: ['usage:read'] });
    const answer = await gateway.call(`/v1/api-keys/${made.body.id}`, { as: 'buyer', method: 'DELETE' });
    expect(answer.status).toBe(404);
    expect((await bearer(made.body.key, '/v1/usage/windows')).status).toBe(200);
    const list = await gateway.call('/v1/api-keys?limit=100', { as: 'buyer' });
    const mine = (await list.json()) as { data: { organisation_id: string }[] };
    expect(mine.data.every(({ organisation_id }) => organisation_id === 'par_hkhealth')).toBe(true);
  });

  it('are listed page by page', async () => {
    const first = await (await gateway.call('/v1/api-keys?limit=1', { as: 'merchant' })).json();
    expect(first).toMatchObject({ has_more: true, data: [expect.anything()] });
    const second = await (
      await gateway.call(`/v1/api-keys?limit=1&cursor=${first.next_cursor}`, { as: 'merchant' })
    ).json();
    expect(second.data[0].id > first.data[0].id).toBe(true);
  });

  it.each([
    [{ name: '', scopes: ['usage:read'] }],
    [{ name: 'x', scopes: [] }],
    [{ name: 'x', scopes: ['everything'] }],
    [{ name: 'x', scopes: ['usage:read'], expires_at: 'tomorrow' }],
    [{ name: 'x', scopes: ['usage:read'], expires_at: '2020-01-01T00:00:00Z' }],
  ])('are not made of %j', async (body) => {
    expect((await post('/v1/api-keys', 'merchant', body)).status).toBe(422);
  });
});

describe('An organisation that is suspended', () => {
  it('cannot act any more, until it is let in again', async () => {
    await gateway.service.uow.run(async (tx) => {
      tx.append(ParticipantSuspendedV1, {
        participantId: 'par_lingnan',
        reason: 'Unpaid',
        suspendedAt: clock.now().toISOString(),
      });
    });
    await eventually(async () => {
      const answer = await gateway.call('/v1/products', { as: 'merchant' });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'ACCOUNT_CLOSED' });
    });
    await gateway.service.uow.run(async (tx) => {
      tx.append(ParticipantApprovedV1, {
        participantId: 'par_lingnan',
        name: { en: 'Lingnan', 'zh-Hans': '岭南', 'zh-Hant': '嶺南' },
        jurisdiction: 'CN',
        roles: ['merchant'],
        approvedAt: clock.now().toISOString(),
        approvedBy: 'acc_operator',
        homeCurrency: 'CNY',
        bankAccount: null,
      });
    });
    await eventually(async () => {
      expect((await gateway.call('/v1/products', { as: 'merchant' })).status).toBe(200);
    });
  });
});
