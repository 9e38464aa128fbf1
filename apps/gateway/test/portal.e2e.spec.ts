import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from './browser.js';
import { demoPassword, startGateway, type TestGateway } from './gateway.js';

const PAGE = { accept: 'text/html,application/xhtml+xml' };
const SCRIPT = '/portal/assets/main-a1b2c3.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

async function signedIn(persona: string): Promise<Browser> {
  const browser = gateway.browser();
  const page = await browser.open('/sign-in?return_to=/live');
  await browser.submit(page.url.pathname, { email: `${persona}@demo.example`, password: demoPassword });
  return browser;
}

interface State {
  readonly language: string;
  readonly demo: boolean;
  readonly me: { readonly email: string; readonly csrf_token: string; readonly display_name: string } | null;
  readonly people: readonly { readonly id: string; readonly email: string }[];
}

function stateIn(text: string): State {
  const json = /<script type="application\/json" id="page-state">(.*?)<\/script>/s.exec(text)?.[1] ?? 'null';
  return JSON.parse(json) as State;
}

async function pageFor(browser: Browser, path = '/'): Promise<{ response: Response; text: string; state: State }> {
  const { response, text } = await browser.open(path, { headers: PAGE });
  return { response, text, state: stateIn(text) };
}

describe('The portal', () => {
  it('is the first page of members, who find in it who they are; strangers find the trade', async () => {
    const { state, text } = await pageFor(await signedIn('buyer'));
    expect(state.me).toMatchObject({ email: 'buyer@demo.example', display_name: 'HK Health <Research>' });
    expect(text).not.toContain('<Research>');
    const stranger = await gateway.call('/', { headers: PAGE });
    expect(await stranger.text()).not.toContain('page-state');
  });

  it('answers every other address a browser asks for, in the language that was asked for', async () => {
    const { state, response, text } = await pageFor(gateway.browser(), '/contracts/agr_1/sign?lang=zh-Hant');
    expect(response.status).toBe(200);
    expect(text).toContain('<html lang="zh-Hant">');
    expect(state).toMatchObject({ language: 'zh-Hant', demo: true, me: null });
    expect(state.people.map(({ email }) => email)).toContain('auditor@demo.example');
  });

  it('never stands in for what programmes ask', async () => {
    for (const path of ['/v1/nothing', '/dsp/nothing', '/portal/nothing', '/assets/nothing.js', '/problems/x']) {
      const answer = await gateway.call(path, { headers: PAGE, as: 'buyer' });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const curl = await gateway.call('/catalog');
    expect(curl.status).toBe(404);
    expect(curl.headers.get('content-type')).toContain('application/problem+json');
    expect((await gateway.call('/catalog', { method: 'POST', headers: PAGE })).status).toBe(404);
  });

  it('runs under a policy with a nonce of its own in every answer, and is kept by nobody', async () => {
    const answers = await Promise.all([1, 2].map(() => gateway.call('/catalog', { headers: PAGE })));
    const nonces = answers.map((answer) => {
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).not.toMatch(/unsafe|\*|http:|https:/);
      expect(policy).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control')).toBe('no-store');
      return /script-src 'self' 'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? '';
    });
    expect(new Set(nonces).size).toBe(2);
    const text = await (answers[0] as Response).text();
    expect(text.match(/nonce="([^"]*)"/g)).toEqual(Array(2).fill(`nonce="${nonces[0]}"`));
    expect(text).not.toContain('__NONCE__');
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
  ])('gives its files for ever, as small as %s allows', async (accepted, encoding) => {
    const answer = await fetch(gateway.url + SCRIPT, { headers: { 'accept-encoding': accepted } });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(answer.headers.get('content-type')).toContain('text/javascript');
    expect(await answer.text()).toContain('page-state');
  });

  it.each(['assets/notes.txt', 'index.html', 'assets/none.js', 'assets/main-a1b2c3.js.br'])(
    'gives nothing but its own scripts, styles and pictures: not %s',
    async (name) => {
      expect((await gateway.call(`/portal/${name}`)).status).toBe(404);
    },
  );
});

describe('Taking another person’s place in a demonstration', () => {
  it('ends one session and begins the other, for pages of ours alone', async () => {
    const browser = await signedIn('buyer');
    const { state } = await pageFor(browser);
    const operator = state.people.find(({ email }) => email.startsWith('operator'))?.id ?? '';
    await browser.submit('/portal/persona', { account_id: operator, csrf_token: 'guessed' });
    expect((await pageFor(browser)).state.me?.email).toBe('buyer@demo.example');
    const before = browser.cookies.get('hetao-session')?.value ?? '';
    await browser.submit('/portal/persona', { account_id: operator, csrf_token: state.me?.csrf_token ?? '' });
    expect((await pageFor(browser)).state.me?.email).toBe('operator@demo.example');
    const old = await fetch(`${gateway.url}/v1/me`, { headers: { cookie: `hetao-session=${before}` } });
    expect(old.status).toBe(401);
  });

  it('knows no account that is none of the demonstration’s', async () => {
    const browser = await signedIn('buyer');
    const { state } = await pageFor(browser);
    await browser.submit('/portal/persona', {
      account_id: 'acc_01jz8r8t2vf3q0w9c5m7n4x6ka',
      csrf_token: state.me?.csrf_token ?? '',
    });
    expect((await pageFor(browser)).state.me?.email).toBe('buyer@demo.example');
  });

  it('does not exist outside of one, and a portal that was not built is none', async () => {
    const real = await startGateway({ env: { DEMO: '0', SEED_ACCOUNTS: '', PORTAL_FOLDER: '/nowhere' } });
    try {
      const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' };
      expect((await fetch(`${real.url}/portal/persona`, form)).status).toBe(404);
      expect((await fetch(`${real.url}/catalog`, { headers: PAGE })).status).toBe(404);
      expect((await fetch(`${real.url}/`, { headers: PAGE })).status).toBe(200);
    } finally {
      await real.stop();
    }
  });
});
