import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { press, type Reader, settled } from '@hetao/testing';
import { loggedReceipt } from '../support/trade.js';
import { STORY_MS, type World } from '../support/world.js';

const IMAGES = fileURLToPath(new URL('../../../../docs/images/', import.meta.url));
/** A picture of the README is read beside text: small, and what matters of a page stands at its top. */
const MOST_BYTES = 200_000;
const SIZE = { width: 1280, height: 720 };

/**
 * The pictures of the README, light and dark, of the pages as they are today. Only when asked:
 * `HETAO_SCREENSHOTS=1 npm run jest -- apps/portal/test/portal.browser -t pictures`.
 */
export function screenshotStories(world: World): void {
  if (process.env['HETAO_SCREENSHOTS'] !== '1') return;

  it(
    'pictures of what a buyer sees',
    () =>
      world.as('buyer', async (buyer) => {
        const { page } = buyer;
        await buyer.open('/catalog');
        await picture(buyer, 'catalog');
        await page.locator('.card a').first().click();
        await page.waitForURL('**/products/*');
        await settled(page);
        await picture(buyer, 'product');
        await buyer.open('/invoices');
        await page.locator('.rows tbody a').first().click();
        await press(page, 'Recompute here');
        const result = page.getByText('Every line comes out the same');
        await result.waitFor();
        await result.scrollIntoViewIfNeeded();
        await picture(buyer, 'invoice');
      }),
    STORY_MS,
  );

  it(
    'pictures of what the exchange’s own people see',
    async () => {
      await world.as('operator', async (operator) => {
        await operator.open('/ops/clearance');
        await picture(operator, 'clearance');
        await operator.open('/ops/reconciliation');
        await picture(operator, 'reconciliation');
      });
      await world.as('auditor', async (auditor) => {
        await auditor.open('/audit/verify');
        await auditor.page.fill('textarea', await loggedReceipt(auditor.page));
        await press(auditor.page, 'Verify');
        await auditor.page.locator('.timeline > li').last().scrollIntoViewIfNeeded();
        await picture(auditor, 'verify');
      });
    },
    STORY_MS,
  );
}

/** What stands on the screen, in both colours. */
async function picture({ page }: Reader, name: string): Promise<void> {
  await mkdir(IMAGES, { recursive: true });
  await page.setViewportSize(SIZE);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const taken = await page.screenshot({ path: join(IMAGES, `portal-${name}-${colorScheme}.png`) });
    expect(taken.byteLength).toBeLessThanOrEqual(MOST_BYTES);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
