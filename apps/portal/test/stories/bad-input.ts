import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { press, type Reader, settled } from '@hetao/testing';
import { speaks } from '../support/speaks.js';
import { STORY_MS, type World } from '../support/world.js';

const AGREEMENTS = /\/v1\/agreements(\?|$)/;

/** What people and networks do to a page: two tabs, a server that is away, scripts from right to left, half a word. */
export function badInputStories(world: World): void {
  it(
    'two tabs edit one listing: the later one sees what differs, and nothing of it is lost',
    async () => {
      await world.as('merchant', async (merchant) => {
        const { page } = merchant;
        const address = await openDraft(merchant);
        const later = await page.context().newPage();
        await later.goto(page.url());
        await settled(later);
        await write(page, 'من اليمين إلى اليسار');
        await press(page, 'Save the draft');
        await page.getByText('Everything is saved.').waitFor();
        await write(later, 'Later, and longer than the first');
        await press(later, 'Save the draft');
        await later.locator('.problem-title').waitFor();
        const difference = later.locator('.problem table');
        await difference.getByText('من اليمين إلى اليسار').waitFor();
        await difference.getByText('Later, and longer than the first').waitFor();
        await press(later, 'Save yours over it');
        await later.getByText('Everything is saved.').waitFor();
        await merchant.open(address);
        expect(await descriptionOf(page).inputValue()).toBe('Later, and longer than the first');
        await later.close();
      });
    },
    STORY_MS,
  );

  it(
    'a server that is away is asked again on a click, one that is slow shows what comes, a refusal speaks as its reader does',
    async () => {
      await world.as('buyer', async (buyer) => {
        const { page } = buyer;
        await buyer.open('/');
        await page.route(AGREEMENTS, (route) => route.abort());
        await page.locator('nav.side a[href="/contracts"]').click();
        await page.locator('main .problem').waitFor();
        await page.unroute(AGREEMENTS);
        await page.route(AGREEMENTS, async (route) => {
          await page.locator('main .ant-skeleton').waitFor();
          await route.continue();
        });
        await page.locator('main .problem').getByRole('button', { name: 'Try again' }).click();
        await page.locator('main .rows').waitFor();
        await page.unroute(AGREEMENTS);
        await speaks(buyer, 'zh-Hant');
        await buyer.open('/contracts/agr_01jz8r8t2vf3q0w9c5m7n4x6ka');
        await page.locator('.problem-title').getByText('沒有這份許可').waitFor();
        // What never arrived, or is not there, is no fault of the page.
        const others = buyer.faults.filter((fault) => !/ERR_FAILED|404/.test(fault));
        buyer.faults.splice(0, buyer.faults.length, ...others);
      });
    },
    STORY_MS,
  );

  it(
    'an input method chooses with Enter, which searches nothing; a very long word breaks no page',
    async () => {
      await world.as('buyer', async ({ page, open }) => {
        await open('/catalog');
        const search = page.locator('.top-search input');
        await search.dispatchEvent('compositionstart');
        await search.fill('zhongyao');
        await search.press('Enter');
        expect(new URL(page.url()).search).toBe('');
        await search.dispatchEvent('compositionend');
        await search.fill('數'.repeat(100));
        await search.press('Enter');
        await page.waitForURL('**/catalog?q=*');
        await settled(page);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
        ).toBe(true);
      });
    },
    STORY_MS,
  );
}

/** The address of a draft of the merchant, opened. */
async function openDraft(merchant: Reader): Promise<string> {
  const id = await merchant.page.evaluate(
    async () =>
      ((await (await fetch('/v1/products?status=draft&limit=1')).json()) as { data: { id: string }[] }).data[0]?.id,
  );
  if (id === undefined) throw new Error('The demo world has no draft of this merchant.');
  await merchant.open(`/merchant/listings/${id}`);
  return `/merchant/listings/${id}`;
}

const descriptionOf = (page: Page) => page.locator('#description_en');

async function write(page: Page, text: string): Promise<void> {
  await descriptionOf(page).fill(text);
}
