import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, manualClock, type ManualClock } from '@hetao/testing';
import { demoPassword, startGateway, type TestGateway } from './gateway.js';
import type { Browser } from './browser.js';

let gateway: TestGateway;
let clock: ManualClock;
beforeAll(async () => {
  clock = manualClock('2026-11-22T08:00:00Z');
  gateway = await startGateway({ clock });
});
afterAll(() => gateway.stop());

/** The sign-in page of a browser that wants to go somewhere. */
async function signInPage(browser: Browser, returnTo = '/v1/me') {
  const page = await browser.open(`/sign-in?return_to=${encodeURIComponent(returnTo)}`);
  expect(page.response.status).toBe(200);
  return page;
}

async function signIn(browser: Browser, email: string, password: string = demoPassword) {
  const page = await signInPage(browser);
  return browser.submit(page.url.pathname, { email, password });
}

describe('Signing in with the provider inside', () => {
  it('goes to the provider with PKCE, asks once, and comes back with a cookie and no token', async () => {
    const browser = gateway.browser();
    const page = await signInPage(browser);
    const authorization = new URL(browser.visited.find((url) => url.includes('/oidc/auth')) ?? '');
    expect(Object.fromEntries(authorization.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid profile email',
      redirect_uri: `${gateway.url}/sign-in/callback`,
    });
    expect(page.url.pathname).toMatch(/^\/identify\//);
    expect(page.text).toContain('<h1>Sign in</h1>');

    const done = await browser.submit(page.url.pathname, { email: 'Merchant@Demo.example', password: demoPassword });
    expect(done.url.pathname).toBe('/v1/me');
    expect(JSON.parse(done.text)).toMatchObject({
      organisation_id: 'par_lingnan',
      personas: ['merchant'],
      via: 'session',
      email: 'merchant@demo.example',
      scopes: [],
    });
    const session = browser.cookies.get('hetao-session');
    expect(session?.flags).toMatch(/HttpOnly/);
    expect(session?.flags).toMatch(/SameSite=Lax/);
    expect(session?.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(browser.cookies.has('hetao-sign-in')).toBe(false);
    expect(done.text).not.toContain(session?.value);
  });

  it('says the same about a wrong password and an unknown address, and keeps what was typed', async () => {
    const browser = gateway.browser();
    const wrong = await signIn(browser, 'merchant@demo.example', 'not it');
    expect(wrong.response.status).toBe(422);
    expect(wrong.text).toContain('do not fit');
    expect(wrong.text).toContain('value="merchant@demo.example"');
    expect(wrong.text).not.toContain('not it');
    const unknown = await signIn(gateway.browser(), 'nobody@demo.example');
    expect(unknown.response.status).toBe(422);
    const message = /role="alert">([^<]+)</;
    expect(message.exec(unknown.text)?.[1]).toBe(message.exec(wrong.text)?.[1]);
  });

  it('lets one click in with a demo account', async () => {
    const browser = gateway.browser();
    const page = await signInPage(browser);
    const cards = [...page.text.matchAll(/name="demo_account" value="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(cards).toHaveLength(4);
    // The name in the seed holds a tag; on the page it is text.
    expect(page.text).toContain('HK Health &#60;Research&#62;');
    const done = await browser.submit(page.url.pathname, { demo_account: cards[0] ?? '' });
    expect(JSON.parse(done.text)).toMatchObject({ via: 'session', personas: ['operator'] });
  });

  it('cannot be continued in another browser', async () => {
    const page = await signInPage(gateway.browser());
    const stranger = gateway.browser();
    const answer = await stranger.submit(page.url.pathname, { email: 'merchant@demo.example', password: demoPassword });
    expect(answer.response.status).toBe(400);
    expect(stranger.cookies.has('hetao-session')).toBe(false);
  });

  it('believes no callback that it did not ask for, and none twice', async () => {
    const uninvited = await gateway.browser().open('/sign-in/callback?code=stolen&state=x');
    expect(uninvited.response.status).toBe(400);
    const browser = gateway.browser();
    const page = await signInPage(browser);
    const wrongState = await browser.open('/sign-in/callback?code=stolen&state=x');
    expect(wrongState.response.status).toBe(400);
    expect(page.url.pathname).toMatch(/^\/identify\//);
    const victim = gateway.browser();
    await signIn(victim, 'buyer@demo.example');
    const used = victim.visited.find((url) => url.includes('/sign-in/callback')) ?? '';
    const replay = await victim.open(used);
    expect(replay.response.status).toBe(400);
  });

  it('leads nowhere but to a path of this site', async () => {
    const browser = gateway.browser();
    const page = await signInPage(browser, 'https://evil.example/');
    const answer = await browser.submit(page.url.pathname, { email: 'buyer@demo.example', password: demoPassword });
    expect(answer.url.origin).toBe(gateway.url);
  });

  it('is slowed down after five wrong tries, also when they come at once, and the right password must wait too', async () => {
    const pages = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const browser = gateway.browser();
        return { browser, page: await signInPage(browser) };
      }),
    );
    const answers = await Promise.all(
      pages.map(({ browser, page }) =>
        browser.submit(page.url.pathname, { email: 'auditor@demo.example', password: 'guess' }),
      ),
    );
    const statuses = answers.map(({ response }) => response.status).sort();
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429, 429]);
    const right = await signIn(gateway.browser(), 'auditor@demo.example');
    expect(right.response.status).toBe(429);
    expect(Number(right.response.headers.get('retry-after'))).toBeGreaterThan(0);
    clock.advance({ seconds: 3 });
    const later = await signIn(gateway.browser(), 'auditor@demo.example');
    expect(JSON.parse(later.text)).toMatchObject({ personas: ['auditor'] });
  });
});

describe('A session', () => {
  async function signedIn(email = 'merchant@demo.example') {
    const browser = gateway.browser();
    const { text } = await signIn(browser, email);
    const me = JSON.parse(text) as { csrf_token: string; session_ends_at: string };
    return { browser, me };
  }

  it('needs the CSRF token for every change, from a page of this site', async () => {
    const { browser, me } = await signedIn();
    const change = (headers: Record<string, string>) =>
      browser.send('/v1/products', { method: 'POST', body: '{}', headers });
    const refused = async (headers: Record<string, string>) => {
      const answer = await change(headers);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'CSRF_TOKEN_WRONG' });
    };
    await refused({});
    await refused({ 'x-csrf-token': 'guess' });
    await refused({ 'x-csrf-token': me.csrf_token, origin: 'https://evil.example' });
    await refused({ 'x-csrf-token': me.csrf_token, 'sec-fetch-site': 'cross-site' });
    const other = await signedIn('buyer@demo.example');
    await refused({ 'x-csrf-token': other.me.csrf_token });
    const allowed = await change({ 'x-csrf-token': me.csrf_token, origin: gateway.url });
    expect(allowed.status).toBe(200);
    expect((await browser.send('/v1/products')).status).toBe(200);
  });

  it('ends when nobody uses it for half an hour, and lives on while somebody does', async () => {
    const { browser } = await signedIn();
    clock.advance({ minutes: 29 });
    expect((await browser.send('/v1/me')).status).toBe(200);
    clock.advance({ minutes: 29 });
    const still = await browser.send('/v1/me');
    expect(still.status).toBe(200);
    const { session_ends_at } = (await still.json()) as { session_ends_at: string };
    expect(new Date(session_ends_at).getTime() - clock.now().getTime()).toBe(30 * 60_000);
    clock.advance({ minutes: 30 });
    const ended = await browser.send('/v1/me');
    expect(ended.status).toBe(401);
    expect(await ended.json()).toMatchObject({ code: 'SESSION_ENDED' });
    expect((await browser.send('/v1/me')).status).toBe(401);
  });

  it('ends after twelve hours however much it is used', async () => {
    const { browser } = await signedIn();
    for (let half = 0; half < 25; half += 1) {
      clock.advance({ minutes: 28 });
      expect((await browser.send('/v1/me')).status).toBe(200);
    }
    clock.advance({ minutes: 20 });
    expect((await browser.send('/v1/me')).status).toBe(401);
  });

  it('ends for good at sign-out, at the provider too', async () => {
    const { browser, me } = await signedIn();
    const session = browser.cookies.get('hetao-session');
    const forged = await browser.submit('/sign-out', { csrf_token: 'guess' });
    expect(forged.url.pathname).toBe('/');
    expect((await browser.send('/v1/me')).status).toBe(200);
    await browser.submit('/sign-out', { csrf_token: me.csrf_token });
    expect(browser.cookies.has('hetao-session')).toBe(false);
    if (session) browser.cookies.set('hetao-session', session);
    expect((await browser.send('/v1/me')).status).toBe(401);
    const again = await browser.open('/sign-in');
    expect(again.url.pathname).toMatch(/^\/identify\//);
  });

  it('stops with the account, within a second even where another process closed it', async () => {
    const { browser } = await signedIn('buyer@demo.example');
    const disabled = (value: string) =>
      gateway.service.uow.run((tx) =>
        tx.execute(`UPDATE accounts SET disabled_at = ${value} WHERE email = 'buyer@demo.example'`),
      );
    await disabled('now()');
    const closedAt = performance.now();
    const closed = { status: 403, code: 'ACCOUNT_CLOSED' };
    await eventually(async () => {
      expect(await (await browser.send('/v1/me')).json()).toMatchObject(closed);
      expect(await (await gateway.call('/v1/me', { as: 'buyer' })).json()).toMatchObject(closed);
    });
    expect(performance.now() - closedAt).toBeLessThan(1_000);
    expect((await signIn(gateway.browser(), 'buyer@demo.example')).response.status).toBe(422);
    await disabled('NULL');
    await eventually(async () => expect((await browser.send('/v1/me')).status).toBe(200));
  });
});
