import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyCaller } from '@hetao/runtime';
import { eventually, freePort, testCallerKeys } from '@hetao/testing';
import { startGateway, type TestGateway } from './gateway.js';
import { tradeRoutes, world } from './trade-world.js';
import { startUpstream, type Upstream } from './upstream.js';

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream(tradeRoutes);
  gateway = await startGateway({ upstream });
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
});

async function home(path = '/?lang=en', init?: RequestInit) {
  const answer = await fetch(gateway.url + path, init);
  return { answer, text: await answer.text() };
}

/** The words of a page without its markup, as a reader has them. */
function words(text: string): string {
  return text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('The first page of a demonstration', () => {
  it('shows the trade: counts, names, figures and the equation', async () => {
    const { answer, text } = await home();
    expect(answer.status).toBe(200);
    const read = words(text);
    expect(read).toContain('10,000 Usage');
    expect(read).toContain('TCM &#60;formulas&#62;');
    expect(read).toContain('CNY 1,234.50');
    expect(read).toContain('The equation of 2026-10 ✓ balanced');
    expect(text).toContain('exchange fee CNY 64.50, tax CNY 70.00');
    expect(read).toContain('2,747,282,505 bytes');
    expect(read).toContain('Nothing is paid out yet.');
    expect(text).toContain(
      `curl -s &#39;${gateway.url}/v1/products?limit=3&#39; -H &#39;authorization: Bearer hx_test_DemoAuditor`,
    );
    expect(text).not.toContain('SECRET-IBAN');
  });

  it('reads with an identity that may only look, signed for the services', async () => {
    await home();
    const seen = upstream.seen.filter(({ url }) => url.startsWith('/v1/participants')).at(-1);
    const { publicKeys } = await testCallerKeys();
    const caller = await verifyCaller(String(seen?.headers['x-hetao-caller']), publicKeys);
    expect(caller).toMatchObject({ via: 'system', personas: ['auditor'] });
    expect(upstream.seen.every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each([
    ['zh-Hans', '交易实况', '岭南本草', '已挂牌'],
    ['zh-Hant', '交易實況', '嶺南本草', '已掛牌'],
    ['en', 'The trade, live', 'Lingnan Herbs', 'listed'],
  ])('speaks %s, names included', async (language, title, merchant, status) => {
    const { text } = await home(`/?lang=${language}`);
    expect(text).toContain(`<html lang="${language}">`);
    for (const word of [title, merchant, status]) expect(words(text)).toContain(word);
  });

  it('follows the browser’s language, and remembers the one that was asked for', async () => {
    expect((await home('/', { headers: { 'accept-language': 'zh-HK,zh;q=0.9' } })).text).toContain(
      '<html lang="zh-Hant">',
    );
    const browser = gateway.browser();
    await browser.open('/?lang=zh-Hans');
    expect((await browser.open('/', { headers: { 'accept-language': 'en' } })).text).toContain('<html lang="zh-Hans">');
  });

  it('asks no other site for anything, and runs nothing inline', async () => {
    const { answer, text } = await home();
    expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe|http|\*/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const links = [...text.matchAll(/(?:src|href|action)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !/^[/#]/.test(link))).toEqual([]);
    expect(text).not.toMatch(/<script>|<style|\son[a-z]+=|\sstyle=/);
  });

  it('gives its script 304 while nothing changed, and the new state when something did', async () => {
    const first = await home('/home/trade?lang=en');
    const etag = first.answer.headers.get('etag') ?? '';
    const same = await fetch(`${gateway.url}/home/trade?lang=en`, { headers: { 'if-none-match': etag } });
    expect(same.status).toBe(304);
    world.products = 2;
    await eventually(async () => {
      const next = await fetch(`${gateway.url}/home/trade?lang=en`, { headers: { 'if-none-match': etag } });
      expect(next.status).toBe(200);
      expect(await next.text()).toMatch(/data-figure="products">2</);
    });
  });

  it('asks the services once for many readers', async () => {
    await eventually(async () => {
      upstream.seen.length = 0;
      await Promise.all(Array.from({ length: 20 }, () => home('/home/trade?lang=en')));
      expect(upstream.seen.filter(({ url }) => url.startsWith('/v1/participants')).length).toBeLessThanOrEqual(1);
    });
  });

  it('shows somebody signed in what they may see, and a way out', async () => {
    const browser = gateway.browser();
    const page = await browser.open('/sign-in?return_to=/live');
    const done = await browser.submit(page.url.pathname, { email: 'buyer@demo.example', password: 'demo' });
    expect(done.url.pathname).toBe('/live');
    expect(words(done.text)).toContain('HK Health &#60;Research&#62;');
    expect(done.text).toContain('action="/sign-out"');
    expect(done.text).not.toContain('The equation of');
    const csrf = /name="csrf_token" value="([^"]+)"/.exec(done.text)?.[1] ?? '';
    const out = await browser.submit('/sign-out', { csrf_token: csrf });
    expect(out.text).toContain('href="/sign-in?');
  });
});

describe('The first page while services are away', () => {
  it('says which, and shows the rest', async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const alone = await startGateway({ upstream, env: { SETTLEMENT_URL: nobody } });
    try {
      const answer = await fetch(`${alone.url}/?lang=en`);
      expect(answer.status).toBe(200);
      const read = words(await answer.text());
      expect(read).toContain('settlement does not answer; the rest of the exchange goes on.');
      expect(read).toContain('Lingnan Herbs');
    } finally {
      await alone.stop();
    }
  });
});

describe('The first page of a real exchange', () => {
  it('shows visitors nothing of anybody’s trade', async () => {
    const real = await startGateway({ upstream, env: { DEMO: '0', SEED_ACCOUNTS: '' } });
    try {
      upstream.seen.length = 0;
      const text = await (await fetch(`${real.url}/?lang=en`)).text();
      expect(words(text)).toContain('Sign in to see your organisation');
      expect(words(text)).not.toContain('Lingnan');
      expect(text).not.toMatch(/hx_test|Demo data/);
      expect((await fetch(`${real.url}/home/trade`)).status).toBe(404);
      expect(upstream.seen).toEqual([]);
    } finally {
      await real.stop();
    }
  });
});
