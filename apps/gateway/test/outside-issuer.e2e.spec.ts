import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@hetao/testing';
import { startGateway, type TestGateway } from './gateway.js';
import { startOutsideIssuer, type OutsideIssuer } from './outside-issuer.js';

const client = { id: 'exchange-at-the-park', secret: 'a secret the park gave us' };

let gateway: TestGateway;
let outside: OutsideIssuer | undefined;
let port: number;
beforeAll(async () => {
  port = await freePort();
  gateway = await startGateway({
    env: { OIDC_ISSUER: `http://127.0.0.1:${port}`, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
  });
});
afterAll(async () => {
  await gateway.stop();
  await outside?.stop();
});

describe('An identity provider outside', () => {
  it('that is away: a page that says so, 503, and the next try works once it is back', async () => {
    const answer = await gateway.browser().open('/sign-in');
    expect(answer.response.status).toBe(503);
    expect(answer.response.headers.get('retry-after')).toBe('10');
    expect(answer.text).toContain('does not answer');
    outside = await startOutsideIssuer(port, { ...client, origin: gateway.url });
    const back = await gateway.browser().send('/sign-in');
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toContain(`http://127.0.0.1:${port}/auth?`);
  });

  it('is believed for a verified e-mail address of a member', async () => {
    if (outside) outside.person = { sub: 'person-7', email: 'Buyer@demo.example', verified: true };
    const browser = gateway.browser();
    const answer = await browser.open('/sign-in?return_to=/v1/me');
    expect(JSON.parse(answer.text)).toMatchObject({ organisation_id: 'par_hkhealth', via: 'session' });

    const { csrf_token } = JSON.parse(answer.text) as { csrf_token: string };
    const out = await browser.send('/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf_token }).toString(),
    });
    const end = new URL(out.headers.get('location') ?? '');
    expect(end.origin).toBe(`http://127.0.0.1:${port}`);
    expect(end.searchParams.get('id_token_hint')).toMatch(/^ey/);
    expect((await browser.send('/v1/me')).status).toBe(401);
  });

  it('that has named somebody once is believed by the subject from then on, and by the address no more', async () => {
    const signIn = async (sub: string, email: string) => {
      if (outside) outside.person = { sub, email, verified: true };
      return gateway.browser().open('/sign-in?return_to=/v1/me');
    };
    const moved = await signIn('person-7', 'new-address@elsewhere.example');
    expect(JSON.parse(moved.text)).toMatchObject({ email: 'buyer@demo.example' });
    // The issuer gave the address that was given up to somebody else.
    expect((await signIn('person-70', 'buyer@demo.example')).response.status).toBe(403);
    const first = await Promise.all([1, 2].map(() => signIn('person-8', 'merchant@demo.example')));
    expect(first.map(({ response }) => response.status)).toEqual([200, 200]);
    const audit = await (await gateway.call('/v1/audit-entries?action=member.changed', { as: 'merchant' })).json();
    expect((audit as { data: object[] }).data).toMatchObject([{ detail: { known_at: `http://127.0.0.1:${port}` } }]);
  });

  it('keeps the passkeys of its people: one made here would never be asked for', async () => {
    if (outside) outside.person = { sub: 'person-7', email: 'buyer@demo.example', verified: true };
    const browser = gateway.browser();
    const { text } = await browser.open('/sign-in?return_to=/v1/me');
    const headers = { 'x-csrf-token': (JSON.parse(text) as { csrf_token: string }).csrf_token };
    const refused = await browser.send('/v1/me/passkeys/options', { method: 'POST', headers });
    const detail = expect.stringContaining(`http://127.0.0.1:${port}`);
    expect(await refused.json()).toMatchObject({
      code: 'PASSKEY_REFUSED',
      detail,
      fix: 'Register your passkey there.',
    });
  });

  it.each([
    ['an address it has not verified', { sub: 'person-10', email: 'auditor@demo.example', verified: false }],
    ['somebody who is no member', { sub: 'person-9', email: 'stranger@elsewhere.example', verified: true }],
    ['a subject that looks like one of our accounts', { sub: 'acc_operator', email: '', verified: false }],
  ])('is not believed for %s', async (_what, person) => {
    if (outside) outside.person = person;
    const browser = gateway.browser();
    const answer = await browser.open('/sign-in?return_to=/v1/me');
    expect(answer.response.status).toBe(403);
    expect(answer.text).toContain('no account on this exchange');
    expect(browser.cookies.has('hetao-session')).toBe(false);
  });

  it('leaves no provider inside to sign in at', async () => {
    expect((await fetch(`${gateway.url}/oidc/.well-known/openid-configuration`)).status).toBe(404);
    expect((await fetch(`${gateway.url}/oidc/jwks`)).status).toBe(404);
  });
});
