import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { describeWithBrowser, freePort } from '@hetao/testing';
import { startGateway, type TestGateway } from './gateway.js';
import { tradeRoutes, world } from './trade-world.js';
import { startUpstream, type Upstream } from './upstream.js';

describeWithBrowser('The pages in a browser', (launch) => {
  let browser: Browser;
  let gateway: TestGateway;
  let upstream: Upstream;
  /** By its name: a passkey belongs to a name, never to an address. */
  let site: string;
  beforeAll(async () => {
    upstream = await startUpstream((app) => {
      tradeRoutes(app);
      app.get('/openapi.json', async () => ({ openapi: '3.1.0', paths: {} }));
    });
    const port = await freePort();
    site = `http://localhost:${port}`;
    gateway = await startGateway({ upstream, port, env: { PUBLIC_URL: site } });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await gateway.stop();
    await upstream.stop();
  });

  /** A page that tells what went wrong in it, and whom it asked outside of the exchange. */
  async function open(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: 'en', ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(site) && !url.startsWith('data:')) faults.push(`asked ${url}`);
    });
    await page.goto(site + path, { waitUntil: 'networkidle' });
    return { page, faults, close: () => context.close() };
  }

  /** Contrast of every text against what is drawn behind it, by WCAG 2.2 1.4.3; what is too weak. */
  function weakTexts(page: Page): Promise<string[]> {
    return page.evaluate(() => {
      const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
      const luminance = (color: string) => {
        const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const behind = (element: Element | null): string => {
        for (let at = element; at; at = at.parentElement) {
          const { backgroundColor } = getComputedStyle(at);
          if ((channels(backgroundColor)[3] ?? 1) > 0.99) return backgroundColor;
        }
        return 'rgb(255, 255, 255)';
      };
      return [...document.querySelectorAll('body *')].flatMap((element) => {
        const text = [...element.childNodes]
          .filter((node) => node.nodeType === 3)
          .map((node) => node.textContent?.trim())
          .join('');
        if (text === '' || element.closest('[hidden], .hidden, .skip, script') || element.getClientRects().length === 0)
          return [];
        const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((x, y) => y - x);
        const ratio = ((a ?? 0) + 0.05) / ((b ?? 0) + 0.05);
        return ratio < 4.5 ? [`${text.slice(0, 40)}: ${ratio.toFixed(2)}`] : [];
      });
    });
  }

  it.each([
    ['/', 'light', 1280],
    ['/', 'dark', 1280],
    ['/?lang=zh-Hant', 'dark', 390],
    ['/sign-in', 'light', 900],
    ['/sign-in?lang=zh-Hans', 'dark', 390],
    ['/problems/rate-limited', 'dark', 900],
  ] as const)(
    '%s in %s at %d px: no fault, no outside request, readable, nothing cut off',
    async (path, colorScheme, width) => {
      const { page, faults, close } = await open(path, { colorScheme, viewport: { width, height: 900 } });
      expect(faults).toEqual([]);
      expect(await weakTexts(page)).toEqual([]);
      const shape = await page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth > document.documentElement.clientWidth,
        headings: document.querySelectorAll('h1').length,
        unlabelled: [...document.querySelectorAll('input:not([type=hidden]), button, a')].filter((element) => {
          const { labels } = element as HTMLInputElement;
          return !(element.textContent?.trim() || element.getAttribute('aria-label') || labels?.length);
        }).length,
      }));
      expect(shape).toEqual({ overflow: false, headings: 1, unlabelled: 0 });
      await close();
    },
  );

  it('the reference draws every route under the strict policy', async () => {
    const { page, faults, close } = await open('/docs');
    await page.waitForSelector('.opblock');
    expect(await page.locator('.opblock').count()).toBeGreaterThanOrEqual(5);
    await page.locator('.opblock-summary-control').first().click();
    await page.waitForSelector('.opblock-body');
    expect(faults).toEqual([]);
    await close();
  });

  it('signing in and out needs no mouse', async () => {
    const { page, faults, close } = await open('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.goto(`${site}/sign-in?return_to=/live`, { waitUntil: 'networkidle' });
    await page.keyboard.type('buyer@demo.example');
    await page.keyboard.press('Tab');
    await page.keyboard.type('demo');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site}/live`);
    expect(await page.textContent('.account')).toContain('HK Health <Research>');
    await page.focus('.account button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('a[href^="/sign-in"]');
    expect(faults).toEqual([]);
    await close();
  });

  it('a passkey is made on a device, and signs in there without a name or a password', async () => {
    const { page, faults, close } = await open('/sign-in?return_to=/live');
    const device = await page.context().newCDPSession(page);
    await device.send('WebAuthn.enable');
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
        ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await page.fill('#email', 'merchant@demo.example');
    await page.fill('#password', 'demo');
    await page.press('#password', 'Enter');
    await page.waitForURL(`${site}/live`);
    expect(await makePasskey(page)).toBe(201);
    const signOut = async () => {
      await page.click('.account button');
      await page.waitForSelector('a[href^="/sign-in"]');
    };
    await signOut();
    // Offered in the list of the address field, and chosen there at once.
    await page.goto(`${site}/sign-in?return_to=/live`);
    await page.waitForURL(`${site}/live`);
    await signOut();
    // A browser that has no such list has the button.
    await page.addInitScript(() => Reflect.deleteProperty(PublicKeyCredential, 'isConditionalMediationAvailable'));
    await page.goto(`${site}/sign-in?return_to=/live`);
    await page.click('#passkey button');
    await page.waitForURL(`${site}/live`);
    expect(await page.textContent('.account')).toContain('嶺南中醫藥數據有限公司');
    expect(faults).toEqual([]);
    await close();
  });

  it('the first page moves on by itself, and the scheme can be chosen and is kept', async () => {
    const { page, faults, close } = await open('/', { colorScheme: 'light' });
    const count = page.locator('[data-figure="products"]');
    const before = Number(await count.textContent());
    world.products = before + 3;
    await page.waitForFunction(
      (wanted) => document.querySelector('[data-figure="products"]')?.textContent === wanted,
      String(before + 3),
      {
        timeout: 15_000,
      },
    );
    expect(await page.locator('[data-figure="products"].changed').count()).toBe(1);
    await page.click('[data-theme-switch]');
    await page.reload({ waitUntil: 'networkidle' });
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    expect(faults).toEqual([]);
    await close();
  });
});

/** Registers a passkey as the portal does, from whatever page of the exchange is open. @returns the last status */
function makePasskey(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { csrf_token } = (await (await fetch('/v1/me')).json()) as { csrf_token: string };
    const headers = { 'x-csrf-token': csrf_token, 'content-type': 'application/json' };
    const asked = await fetch('/v1/me/passkeys/options', { method: 'POST', headers: { 'x-csrf-token': csrf_token } });
    const { public_key } = (await asked.json()) as { public_key: PublicKeyCredentialCreationOptionsJSON };
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(public_key);
    const credential = await navigator.credentials.create({ publicKey });
    const body = JSON.stringify({ name: 'This browser', credential });
    return (await fetch('/v1/me/passkeys', { method: 'POST', headers, body })).status;
  });
}
