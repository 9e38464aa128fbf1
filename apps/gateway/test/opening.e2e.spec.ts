import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@hetao/runtime';
import { emptyDatabase, freePort, manualClock, type EmptyDatabase } from '@hetao/testing';
import { demoKeys, seedAccounts, startGateway } from './gateway.js';
import { rawHttp } from './raw-http.js';

const goodPassword = 'eight grey herons over the bay';
let database: EmptyDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database.drop());

describe('Seeds', () => {
  it('are written again and again to the same effect, and win over what was changed', async () => {
    const first = await startGateway({ databaseUrl: database.url });
    const accounts = () =>
      first.service.uow.run((tx) => tx.query<{ id: string }>('SELECT id FROM accounts ORDER BY id'));
    const ids = await accounts();
    expect(ids).toHaveLength(seedAccounts.length);
    await first.stop();

    const changed = seedAccounts.map((seed) => ({
      ...seed,
      display_name: `${seed.display_name}!`,
      password: 'changed',
    }));
    const second = await startGateway({ databaseUrl: database.url, env: { SEED_ACCOUNTS: JSON.stringify(changed) } });
    try {
      const rows = await second.service.uow.run((tx) =>
        tx.query<{ id: string; display_name: string }>('SELECT id, display_name FROM accounts ORDER BY id'),
      );
      expect(rows.map(({ id }) => ({ id }))).toEqual(ids);
      expect(rows.every(({ display_name }) => display_name.endsWith('!'))).toBe(true);
      expect((await second.call('/v1/me', { as: 'merchant' })).status).toBe(200);
      const browser = second.browser();
      const page = await browser.open('/sign-in?return_to=/v1/me');
      const done = await browser.submit(page.url.pathname, { email: 'buyer@demo.example', password: 'changed' });
      expect(done.response.status).toBe(200);
    } finally {
      await second.stop();
    }
  });

  it('are nobody once the same database serves a real exchange', async () => {
    const lines: string[] = [];
    const real = await startGateway({
      databaseUrl: database.url,
      env: { DEMO: '0', SEED_ACCOUNTS: '' },
      logger: lineLogger(lines),
    });
    try {
      const answer = await real.call('/v1/me', { as: 'operator' });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'API_KEY_UNKNOWN' });
      const browser = real.browser();
      const page = await browser.open('/sign-in');
      expect(page.text).not.toContain('demo_account');
      const refused = await browser.submit(page.url.pathname, { email: 'operator@demo.example', password: 'changed' });
      expect(refused.response.status).toBe(422);
      expect(setupLink(lines)).toBeDefined();
    } finally {
      await real.stop();
    }
  });
});

describe('An exchange that nobody can operate yet', () => {
  it('prints a link that makes the first operator, works once, and for 30 minutes', async () => {
    const own = await emptyDatabase();
    const clock = manualClock('2026-11-22T08:00:00Z');
    const lines: string[] = [];
    const gateway = await startGateway({
      databaseUrl: own.url,
      clock,
      env: { DEMO: '0', SEED_ACCOUNTS: '' },
      logger: lineLogger(lines),
    });
    try {
      const link = new URL(setupLink(lines) ?? '');
      const token = link.searchParams.get('token') ?? '';
      expect(link.origin).toBe(gateway.url);
      const browser = gateway.browser();
      const page = await browser.open(link.href);
      expect(page.text).toContain('Set up the exchange');

      clock.advance({ minutes: 31 });
      expect((await browser.open(link.href)).response.status).toBe(410);
      clock.advance({ minutes: -2 });

      const form = { token, display_name: '第一位營運者', email: 'first@exchange.example', password: goodPassword };
      const weak = await browser.submit('/setup', { ...form, password: 'Password2026!!' });
      expect(weak.response.status).toBe(422);
      expect(weak.text).toContain('usual password');
      expect(weak.text).toContain('value="first@exchange.example"');
      expect((await browser.submit('/setup', { ...form, token: 'guess' })).response.status).toBe(410);

      const [one, two] = await Promise.all([
        gateway.browser().submit('/setup', form),
        gateway.browser().submit('/setup', { ...form, email: 'second@exchange.example' }),
      ]);
      expect([one.response.status, two.response.status].sort()).toEqual([200, 410]);
      expect((await browser.open(link.href)).response.status).toBe(410);

      const email = one.response.status === 200 ? 'first@exchange.example' : 'second@exchange.example';
      const signIn = await browser.open('/sign-in?return_to=/v1/me');
      const done = await browser.submit(signIn.url.pathname, { email, password: goodPassword });
      expect(JSON.parse(done.text)).toMatchObject({ personas: ['operator'], organisation_id: 'org_exchange' });
    } finally {
      await gateway.stop();
      await own.drop();
    }
  });
});

describe('A restart', () => {
  it('signs nobody out, and keeps the keys that sign', async () => {
    const port = await freePort();
    const jwks = async (url: string) => (await fetch(`${url}/oidc/jwks`)).text();
    const before = await startGateway({ databaseUrl: database.url, port });
    const browser = before.browser();
    const page = await browser.open('/sign-in?return_to=/v1/me');
    await browser.submit(page.url.pathname, { email: 'buyer@demo.example', password: 'demo' });
    const keys = await jwks(before.url);
    expect(keys).not.toContain('"d"');
    await before.stop();

    const after = await startGateway({ databaseUrl: database.url, port });
    try {
      expect(await jwks(after.url)).toEqual(keys);
      expect((await browser.send('/v1/me')).status).toBe(200);
    } finally {
      await after.stop();
    }
  });

  it('with a secret that does not open the kept keys is refused, and says how to mend it', async () => {
    const start = startGateway({
      databaseUrl: database.url,
      env: { SESSION_SECRET: 'another secret with many many characters' },
    });
    await expect(start).rejects.toThrow(/SESSION_SECRET does not open the signing keys.*delete the row/);
  });
});

describe('A production exchange behind TLS', () => {
  it('uses __Host- cookies, HSTS and its public name only, whatever Host a request names', async () => {
    const port = await freePort();
    const gateway = await startGateway({
      port,
      env: {
        NODE_ENV: 'production',
        DEMO: '0',
        SEED_ACCOUNTS: '',
        PUBLIC_URL: 'https://exchange.example',
        SESSION_SECRET: 'a secret of our own with many characters',
      },
    });
    try {
      const begin = await fetch(`${gateway.url}/sign-in`, { redirect: 'manual' });
      expect(begin.headers.get('location')).toMatch(/^https:\/\/exchange\.example\/oidc\/auth\?/);
      expect(begin.headers.get('set-cookie')).toMatch(
        /^__Host-hetao-sign-in=\S+; .*Path=\/; HttpOnly; Secure; SameSite=Lax/,
      );
      expect(begin.headers.get('strict-transport-security')).toBe('max-age=31536000');
      const named = (path: string, host: string) =>
        rawHttp(
          gateway.url,
          `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`,
        );
      const discovery = await named('/oidc/.well-known/openid-configuration', 'evil.example');
      expect(discovery.body).toContain('"token_endpoint":"https://exchange.example/oidc/token"');
      expect(discovery.body).not.toContain('evil.example');
      expect((await named('/metrics', 'exchange.example')).status).toBe(404);
      expect((await named('/readyz', 'exchange.example')).status).toBe(404);
      expect((await named('/readyz', '10.0.0.7:8080')).status).toBe(200);
      const key = await fetch(`${gateway.url}/v1/me`, { headers: { authorization: `Bearer ${demoKeys.operator}` } });
      expect(key.status).toBe(401);
    } finally {
      await gateway.stop();
    }
  });
});

/** A logger whose lines a test can read. */
function lineLogger(lines: string[]) {
  const destination = new PassThrough();
  destination.on('data', (chunk: Buffer) => lines.push(...chunk.toString('utf8').split('\n')));
  return createLogger({ service: 'gateway', level: 'warn', destination });
}

function setupLink(lines: readonly string[]): string | undefined {
  return /http\S+\/setup\?token=[A-Za-z0-9_-]{43}/.exec(lines.join('\n'))?.[0];
}
