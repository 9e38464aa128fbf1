import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeWithBrowser } from '@hetao/testing';
import { startDemoExchange, type DemoExchange } from './support/demo-exchange.js';
import { readerOf, type Reader, type Role } from './support/reader.js';
import { addressOf, faultsOf, routesFor } from './support/walk.js';

const TEN_MINUTES_MS = 600_000;

/** One exchange and one browser for all of the portal: opening either takes longer than most tests. */
describeWithBrowser('The portal in a browser', (launch) => {
  let browser: Browser;
  let exchange: DemoExchange;
  beforeAll(async () => {
    [exchange, browser] = await Promise.all([startDemoExchange(), launch()]);
  }, TEN_MINUTES_MS);
  afterAll(async () => {
    await browser.close();
    await exchange.stop();
  });

  async function as<T>(role: Role | undefined, work: (reader: Reader) => Promise<T>): Promise<T> {
    const reader = await readerOf(browser, exchange, role);
    try {
      const result = await work(reader);
      expect(reader.faults).toEqual([]);
      return result;
    } finally {
      await reader.close();
    }
  }

  it.each(['buyer', 'merchant', 'operator', 'auditor'] as const)(
    'every page of a %s, in three languages, light and dark: no fault, nothing outside, nothing axe minds',
    async (role) => {
      await as(role, async (reader) => {
        await reader.open('/');
        const found: string[] = [];
        for (const { path } of await routesFor(reader.page, role)) {
          const address = await addressOf(reader.page, path);
          if (address !== undefined) found.push(...(await faultsOf(reader.page, address)));
        }
        expect(found).toEqual([]);
      });
    },
    TEN_MINUTES_MS,
  );

  it(
    'a search and a half-typed word survive a change of language, and the address holds the search',
    async () => {
      await as('buyer', async (reader) => {
        const { page } = reader;
        await reader.open('/catalog?q=zhongyao');
        const cards = await page.locator('.card').count();
        expect(cards).toBeGreaterThan(0);
        await page.fill('.top-search input', '处方');
        await page.click('.languages [lang="zh-Hant"]');
        await page.waitForFunction(() => document.querySelector('h1')?.textContent === '數據目錄');
        expect(new URL(page.url()).searchParams.get('q')).toBe('zhongyao');
        expect(await page.inputValue('.top-search input')).toBe('处方');
        expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-Hant');
      });
    },
    TEN_MINUTES_MS,
  );

  it(
    'strangers are led to sign in and come back; another role’s page and no page at all say so',
    async () => {
      await as(undefined, async ({ page }) => {
        await page.goto(`${exchange.url}/catalog?q=x`);
        await page.waitForSelector('#email');
        await page.fill('#email', 'auditor@hetao.demo');
        await page.fill('#password', 'demo');
        await page.keyboard.press('Enter');
        await page.waitForURL(`${exchange.url}/catalog?q=x`);
        await page.goto(`${exchange.url}/no/such/page`);
        expect(await page.textContent('h1')).toBe('Nothing is here');
      });
    },
    TEN_MINUTES_MS,
  );
});
