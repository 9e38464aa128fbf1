import { expect, it } from '@jest/globals';
import { press } from '@hetao/testing';
import { STORY_MS, type World } from '../support/world.js';

/** What holds on every page: language, address, signing in, and addresses that lead nowhere. */
export function frameStories(world: World): void {
  it(
    'a search and a half-typed word survive a change of language, and the address holds the search',
    async () => {
      await world.as('buyer', async (reader) => {
        const { page } = reader;
        await reader.open('/catalog?q=zhongyao');
        expect(await page.locator('.card').count()).toBeGreaterThan(0);
        await page.fill('.top-search input', '处方');
        await page.click('.languages [lang="zh-Hant"]');
        await page.waitForFunction(() => document.querySelector('h1')?.textContent === '數據目錄');
        expect(new URL(page.url()).searchParams.get('q')).toBe('zhongyao');
        expect(await page.inputValue('.top-search input')).toBe('处方');
        expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-Hant');
      });
    },
    STORY_MS,
  );

  it(
    'strangers are led to sign in and come back; another role’s page and no page at all say so',
    async () => {
      await world.as(undefined, async ({ page }) => {
        await page.goto(`${world.url()}/catalog?q=x`);
        await page.waitForSelector('#email');
        await page.fill('#email', 'auditor@hetao.demo');
        await page.fill('#password', 'demo');
        await page.keyboard.press('Enter');
        await page.waitForURL(`${world.url()}/catalog?q=x`);
        await page.goto(`${world.url()}/access`);
        await page.waitForSelector('h1');
        expect(await page.textContent('h1')).toBe('This page is for another role');
        await page.goto(`${world.url()}/no/such/page`);
        await page.waitForSelector('h1');
        expect(await page.textContent('h1')).toBe('Nothing is here');
      });
    },
    STORY_MS,
  );

  it(
    'what is new is read once, the tour leads from page to page, and one click takes another person’s place',
    async () => {
      await world.as('buyer', async (reader) => {
        const { page } = reader;
        await reader.open('/');
        // Looking at what is new is reading it.
        await page.locator('.bell-count').waitFor();
        await page.click('.bell');
        await page.locator('.popover .news').getByText('Invoice issued:').first().waitFor();
        await page.keyboard.press('Escape');
        await page.locator('.bell-count').waitFor({ state: 'detached' });
        await press(page, 'Guided tour');
        await press(page, 'Next');
        await page.waitForURL('**/catalog');
        await page.keyboard.press('Escape');
        await page.locator('.tour').waitFor({ state: 'detached' });
        await page.click('.account-button');
        await page.locator('.persona-switch button', { hasText: 'Exchange auditor' }).click();
        await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('Exchange auditor'));
      });
    },
    STORY_MS,
  );
}
