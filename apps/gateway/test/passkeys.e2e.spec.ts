import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { manualClock, type ManualClock } from '@hetao/testing';
import { Authenticator, type Deviation } from './authenticator.js';
import type { Browser } from './browser.js';
import { demoPassword, startGateway, type TestGateway } from './gateway.js';

let gateway: TestGateway;
let clock: ManualClock;
beforeAll(async () => {
  clock = manualClock('2026-11-22T08:00:00Z');
  gateway = await startGateway({ clock });
});
afterAll(() => gateway.stop());

interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly last_used_at: string | null;
}
interface Options {
  readonly challenge: string;
  readonly user: { readonly id: string };
  readonly [option: string]: unknown;
}

/** Somebody signed in with a password, and what their pages send. */
async function person(email: string) {
  const browser = gateway.browser();
  const page = await browser.open('/sign-in?return_to=/v1/me');
  const { text } = await browser.submit(page.url.pathname, { email, password: demoPassword });
  const { csrf_token } = JSON.parse(text) as { csrf_token: string };
  return async <T>(path: string, method = 'GET', body?: unknown) => {
    const answer = await browser.send(path, {
      method,
      headers: {
        ...{ 'x-csrf-token': csrf_token, origin: gateway.url },
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    return { status: answer.status, body: (said === '' ? {} : JSON.parse(said)) as T };
  };
}
type Person = Awaited<ReturnType<typeof person>>;

const begin = async (send: Person) =>
  (await send<{ public_key: Options }>('/v1/me/passkeys/options', 'POST')).body.public_key;
const register = (send: Person, name: string, credential: unknown) =>
  send<Passkey & { readonly code: string }>('/v1/me/passkeys', 'POST', { name, credential });

/** A device with a passkey of this person. */
async function device(send: Person, name = 'laptop') {
  const authenticator = new Authenticator(gateway.url);
  const made = await register(send, name, authenticator.create(await begin(send)));
  expect(made.status).toBe(201);
  return { authenticator, id: made.body.id };
}

/** A browser before the sign-in page, and how it answers with a passkey. */
async function atTheDoor() {
  const browser = gateway.browser();
  const { url, text } = await browser.open('/sign-in?return_to=/v1/me');
  const options = async () =>
    (await (await browser.send(`${url.pathname}/passkey-options`, { method: 'POST' })).json()) as { challenge: string };
  const answer = (credential: unknown) =>
    browser.submit(`${url.pathname}/passkey`, { credential: JSON.stringify(credential) });
  return { browser, text, options, answer };
}

async function signIn(authenticator: Authenticator, deviation: Deviation = {}) {
  const door = await atTheDoor();
  return door.answer(authenticator.get(await door.options(), deviation));
}

const REFUSED = 'The passkey was not accepted';
const auditOf = async (action: string) =>
  (
    (await (await gateway.call(`/v1/audit-entries?action=${action}`, { as: 'merchant' })).json()) as {
      data: { result: string; object: string }[];
    }
  ).data;

describe('A passkey', () => {
  it('is asked for with the name of the exchange, found without a name, and never twice on one device', async () => {
    const send = await person('buyer@demo.example');
    const options = await begin(send);
    expect(options).toMatchObject({
      rp: { id: '127.0.0.1', name: 'Hetao Exchange' },
      user: { name: 'buyer@demo.example' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
    const { authenticator } = await device(send);
    expect(await begin(send)).toMatchObject({ excludeCredentials: [{ id: authenticator.id }] });
    const again = await register(send, 'again', authenticator.create(await begin(send)));
    expect([again.status, again.body.code]).toEqual([409, 'PASSKEY_KNOWN']);
  });

  it('signs its person in without a name, a password or a code, and says when it did', async () => {
    const send = await person('merchant@demo.example');
    const { authenticator, id } = await device(send, ' Work laptop ');
    clock.advance({ minutes: 1 });
    const door = await atTheDoor();
    expect(door.text).toContain('autocomplete="username webauthn"');
    expect(door.text).toContain('/assets/passkey.js');
    const done = await door.answer(authenticator.get(await door.options()));
    expect(JSON.parse(done.text)).toMatchObject({ via: 'session', email: 'merchant@demo.example' });
    const { body } = await send<{ data: Passkey[] }>('/v1/me/passkeys');
    expect(body.data).toEqual([
      {
        ...{ id, name: 'Work laptop', backed_up: false },
        ...{ created_at: '2026-11-22T08:00:00.000Z', last_used_at: '2026-11-22T08:01:00.000Z' },
      },
    ]);
    expect(await auditOf('passkey.registered')).toMatchObject([{ object: id, result: 'done' }]);
    expect(await auditOf('passkey.used')).toMatchObject([{ object: id, result: 'done' }]);
  });

  it('answers each challenge once, within five minutes, in the sign-in it was made for', async () => {
    const { authenticator } = await device(await person('merchant@demo.example'));
    const [one, other, late] = [await atTheDoor(), await atTheDoor(), await atTheDoor()];
    const [challenge, foreign, old] = [await one.options(), await other.options(), await late.options()];
    expect((await one.answer(authenticator.get(foreign))).text).toContain(REFUSED);
    expect((await one.answer(authenticator.get(challenge))).text).toContain(REFUSED);
    const fresh = authenticator.get(await one.options());
    const both = await Promise.all([one.answer(fresh), one.answer(fresh)]);
    expect(both.filter(({ text }) => text.includes('"via":"session"'))).toHaveLength(1);
    clock.advance({ minutes: 5 });
    expect((await late.answer(authenticator.get(old))).text).toContain(REFUSED);
  });

  it.each<[string, Deviation]>([
    ['on another site', { origin: 'https://exchange.example.evil' }],
    ['for another site', { rpId: 'evil.example' }],
    ['of another challenge', { challenge: 'x'.repeat(43) }],
    ['without a look at its owner', { unverified: true }],
    ['by another key', { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }],
    ['in the name of somebody else', { userHandle: Buffer.from('acc_operator').toString('base64url') }],
  ])('is not believed an answer given %s, and the audit hears of it', async (_what, deviation) => {
    const { authenticator, id } = await device(await person('merchant@demo.example'));
    const refused = await signIn(authenticator, deviation);
    expect(refused.url.pathname).toMatch(/^\/identify\//);
    expect(refused.text).toContain(REFUSED);
    expect((await auditOf('passkey.used')).filter(({ object }) => object === id)).toMatchObject([
      { result: 'refused' },
    ]);
  });

  it.each<[string, Deviation]>([
    ['on another site', { origin: 'https://exchange.example.evil' }],
    ['for another site', { rpId: 'evil.example' }],
    ['without a look at its owner', { unverified: true }],
    ['of another challenge', { challenge: 'x'.repeat(43) }],
  ])('is not registered that was made %s', async (_what, deviation) => {
    const send = await person('merchant@demo.example');
    const made = new Authenticator(gateway.url).create(await begin(send), deviation);
    const refused = await register(send, 'laptop', made);
    expect([refused.status, refused.body.code]).toEqual([422, 'PASSKEY_REFUSED']);
    const again = await register(send, 'laptop', made);
    expect([again.status, again.body.code]).toEqual([410, 'PASSKEY_CHALLENGE_OVER']);
  });

  it('whose counter goes back may have a copy, and neither gets in', async () => {
    const { authenticator } = await device(await person('merchant@demo.example'));
    expect((await signIn(authenticator, { counter: 5 })).text).toContain('"via":"session"');
    expect((await signIn(authenticator, { counter: 5 })).text).toContain(REFUSED);
    expect((await signIn(authenticator, { counter: 3 })).text).toContain(REFUSED);
    expect((await signIn(authenticator, { counter: 0 })).text).toContain(REFUSED);
    expect((await signIn(authenticator, { counter: 6 })).text).toContain('"via":"session"');
  });

  it('that is removed signs nobody in, and is removed by its owner alone', async () => {
    const send = await person('merchant@demo.example');
    const { authenticator, id } = await device(send);
    const stranger = await person('buyer@demo.example');
    expect(await stranger(`/v1/me/passkeys/${id}`, 'DELETE')).toMatchObject({
      ...{ status: 404, body: { code: 'PASSKEY_NOT_FOUND' } },
    });
    expect((await send(`/v1/me/passkeys/${id}`, 'DELETE')).status).toBe(204);
    expect((await signIn(authenticator)).text).toContain(REFUSED);
    expect(await auditOf('passkey.removed')).toMatchObject([{ object: id }]);
  });

  it('is a matter of people: a key neither registers nor removes one', async () => {
    for (const [path, method] of [
      ['/v1/me/passkeys/options', 'POST'],
      ['/v1/me/passkeys/pky_00000000000000000000000000', 'DELETE'],
    ] as const) {
      const refused = await gateway.call(path, { as: 'merchant', method });
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'PASSKEY_NEEDS_SESSION' }]);
    }
  });

  it.each(['', 'nonsense', '{}', '{"id":"x"}', `{"id":"${'x'.repeat(4_000)}"}`])(
    'that is none is told apart from a fault: %s',
    async (credential) => {
      const browser: Browser = gateway.browser();
      const { url } = await browser.open('/sign-in');
      expect((await browser.submit(`${url.pathname}/passkey`, { credential })).text).toContain(REFUSED);
      expect((await gateway.browser().submit(`${url.pathname}/passkey`, { credential })).response.status).toBe(400);
    },
  );
});
