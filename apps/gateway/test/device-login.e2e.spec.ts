import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { main } from '../../../tools/hetao/main.js';
import { demoPassword, startGateway, type TestGateway } from './gateway.js';
import type { Browser } from './browser.js';

const CLIENT = { client_id: 'hetao-cli' };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

interface Asked {
  readonly device_code: string;
  readonly user_code: string;
  readonly [field: string]: unknown;
}

async function post<T>(path: string, form: Record<string, string>): Promise<T & { readonly status: number }> {
  const answer = await fetch(gateway.url + path, {
    method: 'POST',
    headers: { 'user-agent': 'hetao on a laptop', host: 'elsewhere.example' },
    body: new URLSearchParams({ ...CLIENT, ...form }),
  });
  return { status: answer.status, ...((await answer.json()) as T) };
}

const ask = (scope = 'catalog:read identity:read') => post<Asked>('/oidc/device/auth', { scope });
const redeem = (device_code: string) =>
  post<{ error: string; access_token: string; scope: string; id_token?: string }>('/oidc/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code,
  });

/** Opens the page of codes as somebody who signs in on the way. */
async function opened(email = 'merchant@demo.example', path = '/device') {
  const browser = gateway.browser();
  const page = await browser.open(path);
  expect(page.url.pathname).toMatch(/^\/identify\//);
  return { browser, page: await browser.submit(page.url.pathname, { email, password: demoPassword }) };
}

const tokenIn = (text: string) => /name="csrf_token" value="([^"]+)"/.exec(text)?.[1] ?? '';

/** Somebody at the page of codes, and what they may send there. */
async function person(email?: string) {
  const { browser, page } = await opened(email);
  const csrf_token = tokenIn(page.text);
  const send = (user_code: string, decision?: string) =>
    browser.submit('/device', { csrf_token, user_code, ...(decision && { decision }) });
  return { browser, send };
}

describe('A programme that asks to be let in', () => {
  it('gets a code, waits, and is let in by whoever types it and says yes', async () => {
    const asked = await ask();
    expect(asked).toMatchObject({
      ...{ status: 200, expires_in: 600, interval: 2, verification_uri: `${gateway.url}/device` },
      verification_uri_complete: `${gateway.url}/device?user_code=${asked.user_code}`,
      user_code: expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/),
    });
    expect(await redeem(asked.device_code)).toMatchObject({ status: 400, error: 'authorization_pending' });

    const { browser, page } = await opened('merchant@demo.example', `/device?user_code=${asked.user_code}`);
    expect(page.text).toContain(`value="${asked.user_code}"`);
    expect(page.response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const csrf_token = tokenIn(page.text);
    const typed = asked.user_code.toLowerCase().replace('-', ' ');
    const confirm = await browser.submit('/device', { csrf_token, user_code: typed });
    expect(confirm.text).toContain('hetao on a laptop');
    expect(confirm.text).toContain('127.0.0.1');
    expect(confirm.text).toContain(asked.user_code);
    expect(confirm.text).toContain('<li>products and organisations: read</li>');
    expect(confirm.text).toContain('<li>members, keys and sessions: read</li>');
    expect(await redeem(asked.device_code)).toMatchObject({ error: 'authorization_pending' });
    const done = await browser.submit('/device', { csrf_token, user_code: asked.user_code, decision: 'approve' });
    expect([done.response.status, done.text]).toEqual([200, expect.stringContaining('It is let in')]);

    const got = await redeem(asked.device_code);
    expect(got).toMatchObject({ status: 200, scope: 'catalog:read identity:read', expires_in: 300 });
    expect(got.id_token).toBeUndefined();
    const call = (path: string) =>
      fetch(gateway.url + path, { headers: { authorization: `Bearer ${got.access_token}` } });
    expect(await (await call('/v1/me')).json()).toMatchObject({
      ...{ organisation_id: 'par_lingnan', via: 'api_key', email: 'merchant@demo.example' },
      scopes: expect.arrayContaining(['catalog:read', 'identity:read']),
    });
    expect((await call('/v1/agreements')).status).toBe(403);
    const audit = (await (
      await gateway.call('/v1/audit-entries?action=programme.admitted', { as: 'merchant' })
    ).json()) as {
      data: object[];
    };
    expect(audit.data).toMatchObject([
      { action: 'programme.admitted', object: 'hetao-cli', detail: { agent: 'hetao on a laptop' } },
    ]);
  });

  it('gets its token once: a code that is redeemed again ends what it gave', async () => {
    const asked = await ask();
    const { send } = await person();
    await send(asked.user_code, 'approve');
    const again = await send(asked.user_code, 'approve');
    expect([again.response.status, again.text]).toEqual([409, expect.stringContaining('answered already')]);
    const answers = await Promise.all([redeem(asked.device_code), redeem(asked.device_code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await redeem(asked.device_code)).toMatchObject({ status: 400, error: 'invalid_grant' });
    const token = answers.find(({ status }) => status === 200)?.access_token ?? '';
    const after = await fetch(`${gateway.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(after.status).toBe(401);
  });

  it('holds a token no longer than its grant, though the token was written down after the grant was ended', async () => {
    const asked = await ask();
    const { send } = await person();
    await send(asked.user_code, 'approve');
    const { access_token: token } = await redeem(asked.device_code);
    await gateway.service.uow.run((tx) =>
      tx.execute(
        `DELETE FROM oidc_records WHERE kind = 'Grant' AND id = (SELECT grant_id FROM oidc_records WHERE id = $1)`,
        [token],
      ),
    );
    const after = await fetch(`${gateway.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(after.status).toBe(401);
  });

  it('is told that it was turned away, and cannot be let in after that', async () => {
    const asked = await ask();
    const { send } = await person();
    const refused = await send(asked.user_code, 'refuse');
    expect(refused.text).toContain('It was turned away');
    expect((await send(asked.user_code, 'approve')).response.status).toBe(409);
    expect(await redeem(asked.device_code)).toMatchObject({ status: 400, error: 'access_denied' });
  });

  it('is told that its code is over, and so is whoever types it', async () => {
    const asked = await ask();
    await gateway.service.uow.run((tx) =>
      tx.execute(
        `UPDATE oidc_records SET expires_at = now(), payload = payload || jsonb_build_object('exp', 1)
         WHERE kind = 'DeviceCode' AND user_code = $1`,
        [asked.user_code.replace('-', '')],
      ),
    );
    const { send } = await person();
    const late = await send(asked.user_code, 'approve');
    expect([late.response.status, late.text]).toEqual([410, expect.stringContaining('too old')]);
    expect(await redeem(asked.device_code)).toMatchObject({ status: 400, error: 'expired_token' });
  });

  it('gets no scope that keys do not have, and all that they have where it names none', async () => {
    expect(await ask('catalog:read email')).toMatchObject({ status: 400, error: 'invalid_scope' });
    const { user_code } = await post<Asked>('/oidc/device/auth', {});
    const { send } = await person();
    expect((await send(user_code)).text.match(/<li>/g)).toHaveLength(10);
  });
});

describe('Whoever types codes', () => {
  it('is slowed down after five wrong ones, and the right one must wait too', async () => {
    const asked = await ask();
    const { send } = await person('buyer@demo.example');
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      const { response } = await send(`BBBB-BBB${guess}`);
      statuses.push(response.status);
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
    const right = await send(asked.user_code, 'approve');
    expect(right.response.status).toBe(429);
    expect(Number(right.response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await redeem(asked.device_code)).toMatchObject({ error: 'authorization_pending' });
  });

  it('has to do so on this very page, signed in', async () => {
    const asked = await ask();
    const { browser } = await person('operator@demo.example');
    const forged = { csrf_token: 'guess', user_code: asked.user_code, decision: 'approve' };
    expect((await browser.submit('/device', forged)).response.status).toBe(403);
    const stranger: Browser = gateway.browser();
    expect((await stranger.submit('/device', forged)).url.pathname).toMatch(/^\/identify\//);
    expect(await redeem(asked.device_code)).toMatchObject({ error: 'authorization_pending' });
    // The provider's own page would take codes without counting them.
    const theirs = await browser.send(`/oidc/device?user_code=${asked.user_code}`);
    expect([theirs.status, theirs.headers.get('location')]).toEqual([302, `${gateway.url}/device`]);
  });

  it.each([
    ['zh-Hans', '允许程序登录', '产品与机构：读取'],
    ['zh-Hant', '允許程式登入', '產品與機構：讀取'],
  ])('reads it in %s', async (language, title, right) => {
    const { user_code } = await ask('catalog:read');
    const { browser } = await person();
    const page = await browser.open(`/device?lang=${language}`);
    expect(page.text).toContain(`<h1>${title}</h1>`);
    const confirm = await browser.submit('/device', { csrf_token: tokenIn(page.text), user_code });
    expect(confirm.text).toContain(`<li>${right}</li>`);
  });
});

it('hetao login keeps a key that was made for it, which does what was asked for and nothing else', async () => {
  const { send } = await person();
  const folder = mkdtempSync(join(tmpdir(), 'hetao-login-'));
  const around = { env: { HETAO_CONFIG: folder }, columns: undefined, signal: new AbortController().signal };
  const hetao = async (...args: readonly string[]) => {
    let said = '';
    let complained = '';
    let approved: Promise<unknown> | undefined;
    const code = await main(args, {
      ...around,
      write: (text) => (said += text),
      complain: (text) => {
        complained += text;
        const user_code = /type (\S+)/.exec(text)?.[1];
        if (user_code !== undefined) approved = send(user_code, 'approve');
      },
      input: () => Promise.resolve(''),
      // The pause of a person who types, as long as that takes.
      pause: async () => approved,
    });
    return { code, said, complained };
  };
  try {
    const login = ['--url', gateway.url, 'login', '--scope', 'identity:read', '--scope', 'identity:write'];
    const kept = await hetao(...login);
    expect([kept.code, kept.complained]).toEqual([0, expect.stringContaining(`Open ${gateway.url}/device and type `)]);
    expect(JSON.parse(kept.said)).toMatchObject({ url: gateway.url, organisation: 'par_lingnan' });
    const keys = JSON.parse((await hetao('keys', 'list')).said) as { name: string; scopes: string[] }[];
    expect(keys.find(({ name }) => name.startsWith('hetao on '))?.scopes).toEqual(['identity:read', 'identity:write']);
    expect((await hetao('product', 'search')).code).toBe(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
