import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { eventually, manualClock, type ManualClock } from '@hetao/testing';
import { firstBreak } from '../src/audit/audit.codec.js';
import type { AuditEntryDto } from '../src/audit/audit.dto.js';
import type { AuditEntry } from '../src/audit/audit.js';
import type { Browser } from './browser.js';
import { startGateway, type TestGateway } from './gateway.js';
import { startUpstream, type Upstream } from './upstream.js';

const password = 'eight grey herons over the bay';
let upstream: Upstream;
let gateway: TestGateway;
let clock: ManualClock;
beforeAll(async () => {
  clock = manualClock('2026-11-22T08:00:00Z');
  upstream = await startUpstream();
  gateway = await startGateway({ clock, upstream });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly code: string;
    readonly link: string;
    readonly secret: string;
    readonly key: string;
    readonly csrf_token: string;
    readonly recovery_codes: readonly string[];
    readonly data: readonly Readonly<Record<string, unknown>>[];
    readonly [field: string]: unknown;
  };
}
type Sender = (path: string, method?: string, body?: unknown) => Promise<Answer>;

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
}

const withKey =
  (as: 'merchant' | 'buyer' | 'operator' | 'auditor'): Sender =>
  async (path, method = 'GET', body) =>
    answerOf(
      await gateway.call(path, {
        ...{ as, method },
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    );

/** Requests of somebody signed in, as a page of ours sends them. */
async function withSession(browser: Browser): Promise<Sender> {
  const me = (await (await browser.send('/v1/me')).json()) as { csrf_token: string };
  return async (path, method = 'GET', body) =>
    answerOf(
      await browser.send(path, {
        method,
        headers: {
          'x-csrf-token': me.csrf_token,
          origin: gateway.url,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
}

async function signIn(email: string, typed: string): Promise<{ browser: Browser; page: { url: URL; text: string } }> {
  const browser = gateway.browser();
  const asked = await browser.open('/sign-in');
  return { browser, page: await browser.submit(asked.url.pathname, { email, password: typed }) };
}

const merchant = withKey('merchant');

/** Invites somebody to the merchant's organisation, lets them join and sign in. */
async function member(
  email: string,
  roles: readonly string[],
): Promise<{ readonly id: string; readonly send: Sender }> {
  const invited = await merchant('/v1/invitations', 'POST', { email, personas: ['merchant'], roles });
  expect(invited.status).toBe(201);
  const token = new URL(invited.body.link).searchParams.get('token') ?? '';
  await gateway.browser().submit('/invitation', { token, display_name: 'Somebody', password });
  const send = await withSession((await signIn(email, password)).browser);
  return { id: String((await send('/v1/me')).body['account_id']), send };
}

describe('An invitation', () => {
  it('is a link that makes one account, with the roles it names', async () => {
    const body = { email: 'Editor@Lingnan.example', personas: ['merchant'], roles: ['editor'] };
    const invited = await merchant('/v1/invitations', 'POST', body);
    expect(invited).toMatchObject({ status: 201, body: { email: 'editor@lingnan.example', status: 'open' } });
    const path = invited.body.link.slice(gateway.url.length);
    const token = new URL(invited.body.link).searchParams.get('token') ?? '';
    const page = await gateway.browser().open(path);
    expect(page.text).toContain('editor@lingnan.example');
    const weak = await gateway
      .browser()
      .submit('/invitation', { token, display_name: 'E', password: 'Password2026!!' });
    expect(weak.response.status).toBe(422);
    const both = await Promise.all(
      ['One', 'Two'].map((display_name) => gateway.browser().submit('/invitation', { token, display_name, password })),
    );
    expect(both.map(({ response }) => response.status).sort()).toEqual([200, 410]);
    expect((await gateway.browser().open(path)).response.status).toBe(410);
    const send = await withSession((await signIn('editor@lingnan.example', password)).browser);
    expect((await send('/v1/me')).body).toMatchObject({ organisation_id: 'par_lingnan', roles: ['editor'] });
    expect((await merchant('/v1/invitations')).body.data[0]).not.toHaveProperty('link');
  });

  it('ends after seven days, or when it is taken back', async () => {
    const invite = async (email: string) =>
      (await merchant('/v1/invitations', 'POST', { email, personas: ['merchant'], roles: ['finance'] })).body;
    const [revoked, late] = [await invite('a@lingnan.example'), await invite('b@lingnan.example')];
    expect((await merchant(`/v1/invitations/${revoked.id}`, 'DELETE')).body).toMatchObject({ status: 'revoked' });
    expect((await merchant(`/v1/invitations/${revoked.id}`, 'DELETE')).status).toBe(404);
    clock.advance({ days: 7 });
    for (const { link } of [revoked, late]) {
      expect((await gateway.browser().open(link.slice(gateway.url.length))).response.status).toBe(410);
    }
  });

  it.each<[string, Sender, object]>([
    ['MEMBER_OF_ANOTHER_ORGANISATION', withKey('buyer'), { organisation_id: 'par_lingnan' }],
    ['PERSONA_NOT_YOURS_TO_GIVE', merchant, { personas: ['operator'] }],
    ['MEMBER_ROLES_INVALID', merchant, { roles: ['read_only', 'owner'] }],
    ['ACCOUNT_EMAIL_TAKEN', merchant, { email: 'buyer@demo.example' }],
    ['VALIDATION_FAILED', merchant, { roles: ['king'] }],
  ])('is refused with %s', async (code, send, change) => {
    const body = { email: 'c@lingnan.example', personas: ['merchant'], roles: ['editor'], ...change };
    const refused = await send('/v1/invitations', 'POST', send === merchant ? body : { ...body, personas: ['buyer'] });
    expect(refused.body.code).toBe(code);
  });
});

describe('A role', () => {
  it('that only reads changes nothing anywhere, but ends its own sessions', async () => {
    const { send } = await member('reader@lingnan.example', ['read_only']);
    expect((await send('/v1/products')).status).toBe(200);
    for (const path of ['/v1/products', '/v1/agreements/agr_1/sign', '/v1/api-keys', '/v1/webhook-endpoints']) {
      expect([path, (await send(path, 'POST', {})).body.code]).toEqual([path, 'MEMBER_ROLE_NEEDED']);
    }
    expect((await send('/v1/sessions/end-others', 'POST')).body).toEqual({ ended: 0 });
  });

  it('of finance changes what is money’s, and the catalog hears of everybody’s role, owners first', async () => {
    const { id, send } = await member('finance@lingnan.example', ['finance']);
    expect((await send('/v1/bank-details', 'POST', {})).status).toBe(200);
    expect((await send('/v1/customs/declarations', 'POST', {})).body.code).toBe('MEMBER_ROLE_NEEDED');
    await eventually(() => {
      const told = upstream.seen.filter(({ method, url }) => method === 'PUT' && url.includes('/team/'));
      expect(told.find(({ url }) => url.endsWith(`/par_lingnan/team/${id}`))?.body).toContain('"finance"');
      expect(told[0]?.body).toContain('"owner"');
    });
  });

  it('is given and taken by an owner alone, who stays one while there is no other', async () => {
    const { id, send } = await member('second@lingnan.example', ['editor']);
    const owner = (await merchant('/v1/members')).body.data.find(({ email }) => email === 'merchant@demo.example');
    const change = (by: Sender, whom: unknown, body: object) => by(`/v1/members/${String(whom)}`, 'PATCH', body);
    expect((await change(send, id, { roles: ['owner'] })).body.code).toBe('MEMBER_ROLE_NEEDED');
    expect((await change(merchant, owner?.['id'], { roles: ['editor'] })).body.code).toBe('MEMBER_LAST_OWNER');
    expect((await change(withKey('buyer'), id, { closed: true })).body.code).toBe('MEMBER_NOT_FOUND');
    expect((await change(merchant, id, { roles: ['compliance'] })).body).toMatchObject({ roles: ['compliance'] });
    expect((await change(merchant, id, { closed: true })).status).toBe(200);
    expect((await send('/v1/me')).body.code).toBe('ACCOUNT_CLOSED');
  });
});

describe('A session', () => {
  it('is listed with its device, and ended from another', async () => {
    const one = await signIn('buyer@demo.example', 'demo');
    const two = await signIn('buyer@demo.example', 'demo');
    const [first, second] = [await withSession(one.browser), await withSession(two.browser)];
    const { data } = (await first('/v1/sessions')).body;
    expect(data).toHaveLength(2);
    expect(data.filter(({ current }) => current === true)).toHaveLength(1);
    const other = data.find(({ current }) => current === false);
    expect((await withKey('merchant')(`/v1/sessions/${String(other?.['id'])}`, 'DELETE')).status).toBe(404);
    expect((await first(`/v1/sessions/${String(other?.['id'])}`, 'DELETE')).status).toBe(204);
    expect((await second('/v1/me')).body.code).toBe('SESSION_ENDED');
    expect((await first('/v1/me')).status).toBe(200);
  });
});

describe('A second factor', () => {
  const codeAt = (secret: string, at: Date) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

  it('is asked for at every sign-in once it is confirmed; each code is good once', async () => {
    const { send } = await member('careful@lingnan.example', ['editor']);
    const { secret } = (await send('/v1/me/second-factor', 'POST')).body;
    expect((await send('/v1/me/second-factor/confirm', 'POST', { code: '000000' })).body.code).toBe(
      'SECOND_FACTOR_CODE_WRONG',
    );
    const confirmed = await send('/v1/me/second-factor/confirm', 'POST', { code: codeAt(secret, clock.now()) });
    const [recovery = ''] = confirmed.body.recovery_codes;
    expect((await send('/v1/me/second-factor')).body).toMatchObject({ recovery_codes_left: 10 });

    const { browser, page } = await signIn('careful@lingnan.example', password);
    const ticket = /name="ticket" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    expect((await browser.send('/v1/me')).status).toBe(401);
    const replayed = await browser.submit(page.url.pathname, { ticket, code: codeAt(secret, clock.now()) });
    expect(replayed.response.status).toBe(422);
    const stranger = await signIn('careful@lingnan.example', password);
    const stolen = await stranger.browser.submit(stranger.page.url.pathname, { ticket, code: recovery });
    expect(stolen.response.status).toBe(422);
    clock.advance({ seconds: 30 });
    await browser.submit(page.url.pathname, { ticket, code: codeAt(secret, clock.now()) });
    expect((await browser.send('/v1/me')).status).toBe(200);

    const lost = await signIn('careful@lingnan.example', password);
    const again = /name="ticket" value="([^"]+)"/.exec(lost.page.text)?.[1] ?? '';
    await lost.browser.submit(lost.page.url.pathname, { ticket: again, code: recovery });
    const sender = await withSession(lost.browser);
    expect((await sender('/v1/me/second-factor/remove', 'POST', { code: recovery })).status).toBe(422);
    clock.advance({ seconds: 30 });
    const removed = await sender('/v1/me/second-factor/remove', 'POST', { code: codeAt(secret, clock.now()) });
    expect(removed.status).toBe(204);
    await withSession((await signIn('careful@lingnan.example', password)).browser);
  });

  it('is no business of a key', async () => {
    const refused = await merchant('/v1/me/second-factor', 'POST');
    expect(refused.body.code).toBe('SECOND_FACTOR_NEEDS_SESSION');
  });
});

describe('An API key', () => {
  const make = (change: object) =>
    merchant('/v1/api-keys', 'POST', { name: 'k', scopes: ['catalog:read', 'identity:write'], ...change });
  const use = (key: string) => gateway.call('/v1/products', { headers: { authorization: `Bearer ${key}` } });

  it('is rolled: both work until the overlap ends, then the new one alone', async () => {
    const old = (await make({})).body;
    const rolled = await merchant(`/v1/api-keys/${old.id}/roll`, 'POST', { overlap_hours: 1 });
    expect(rolled).toMatchObject({ status: 201, body: { name: 'k', scopes: ['catalog:read', 'identity:write'] } });
    expect([(await use(old.key)).status, (await use(rolled.body.key)).status]).toEqual([200, 200]);
    expect((await merchant(`/v1/api-keys/${old.id}/roll`, 'POST', {})).body.code).toBe('API_KEY_ROLLED_ALREADY');
    clock.advance({ hours: 1 });
    expect([(await use(old.key)).status, (await use(rolled.body.key)).status]).toEqual([401, 200]);
    expect((await withKey('buyer')(`/v1/api-keys/${old.id}/roll`, 'POST', {})).status).toBe(404);
  });

  it('works from its own addresses alone', async () => {
    const here = (await make({ addresses: ['127.0.0.0/8'] })).body;
    const elsewhere = (await make({ addresses: ['203.0.113.7', '2001:db8::/32'] })).body;
    expect((await use(here.key)).status).toBe(200);
    const refused = await use(elsewhere.key);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'API_KEY_ADDRESS_NOT_ALLOWED',
    ]);
    expect((await make({ addresses: ['203.0.113.0/40'] })).body.code).toBe('API_KEY_ADDRESSES_INVALID');
  });
});

describe('The audit', () => {
  it('tells an organisation what happened to its own, and the auditor everything', async () => {
    const own = (await merchant('/v1/audit-entries?limit=100')).body.data;
    expect(new Set(own.map(({ organisation_id }) => organisation_id))).toEqual(new Set(['par_lingnan']));
    const actions = new Set(own.map(({ action }) => action));
    for (const action of ['member.invited', 'member.joined', 'member.closed', 'api_key.rolled', 'session.started']) {
      expect(actions).toContain(action);
    }
    const all = await withKey('auditor')('/v1/audit-entries?organisation_id=par_hkhealth&action=session.started');
    expect(all.body.data.length).toBeGreaterThanOrEqual(2);
    expect((await merchant('/v1/audit-entries?organisation_id=par_hkhealth')).body.data).toEqual([]);
    const one = own[0];
    const search = `object=${String(one?.['object'])}&action=${String(one?.['action'])}&result=done`;
    expect((await withKey('auditor')(`/v1/audit-entries?${search}`)).body.data).toContainEqual(one);
  });

  it('notes a wrong password of an account, and nothing that was typed', async () => {
    await signIn('merchant@demo.example', 'my other password');
    const refused = await merchant('/v1/audit-entries?action=sign_in.refused');
    expect(refused.body.data[0]).toMatchObject({ result: 'refused', actor: { subject: 'nobody' } });
    expect(JSON.stringify(refused.body)).not.toContain('my other password');
  });

  it('is exported as one chain that anybody can compute again, and notices a change and a gap', async () => {
    const text = await (await gateway.call('/v1/audit-entries/export', { as: 'auditor' })).text();
    const entries = text
      .trim()
      .split('\n')
      .map((line) => toEntry(JSON.parse(line) as AuditEntryDto));
    expect(entries.length).toBeGreaterThan(20);
    expect(firstBreak(entries)).toBeUndefined();
    const [first, second, third] = entries as [AuditEntry, AuditEntry, AuditEntry];
    expect(firstBreak([first, { ...second, object: 'acc_other' }, third])?.id).toBe(second.id);
    expect(firstBreak([first, third])?.id).toBe(third.id);
  });

  it('stands: not even its own service can change it', async () => {
    const { database } = gateway.service;
    for (const sql of [
      'DELETE FROM audit_entries',
      `UPDATE audit_entries SET object = 'x'`,
      'TRUNCATE audit_entries',
    ]) {
      await expect(database.withClient((client) => client.query(sql))).rejects.toThrow('neither changed nor taken out');
    }
  });
});

function toEntry(dto: AuditEntryDto): AuditEntry {
  const { actor, organisation_id: organisationId, previous_hash: previousHash, at, ...rest } = dto;
  const { account_id: accountId, organisation_id: of, request_id: requestId, ...known } = actor;
  return {
    ...rest,
    ...{ organisationId, previousHash, at: new Date(at), detail: rest.detail as AuditEntry['detail'] },
    actor: { ...known, accountId, organisationId: of, requestId },
  };
}
