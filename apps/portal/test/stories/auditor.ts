import { expect, it } from '@jest/globals';
import { press, settled } from '@hetao/testing';
import { loggedReceipt } from '../support/trade.js';
import { STORY_MS, type World } from '../support/world.js';

/** An auditor's day: nothing is believed that was not computed again. */
export function auditorStories(world: World): void {
  it(
    'a receipt is verified step by step, and one that was changed fails at the step that says why',
    async () => {
      await world.as('auditor', async (auditor) => {
        const { page } = auditor;
        await auditor.open('/');
        await press(page, 'Verify a receipt');
        const receipt = await loggedReceipt(page);
        await page.fill('textarea', receipt);
        await press(page, 'Verify');
        await page.getByText('The receipt holds').waitFor();
        expect(await page.locator('.timeline > .tone-good').count()).toBe(4);
        await page.fill('textarea', receipt.replace(/"leaf_index": ?\d+/, '"leaf_index": 0'));
        await press(page, 'Verify');
        await page.getByText('The receipt does not hold').waitFor();
        expect(await page.locator('.timeline > .tone-bad').textContent()).toContain('The entry is in that state');
      });
    },
    STORY_MS,
  );

  it(
    'the audit log is searched for what one object lived through, and an invoice drawn from the books is performed again',
    async () => {
      await world.as('auditor', async (auditor) => {
        const { page } = auditor;
        await auditor.open('/');
        await press(page, 'Audit log');
        const object =
          (await page.locator('.rows tbody tr').nth(3).locator('td').nth(3).locator('code').getAttribute('title')) ??
          '';
        await page.getByLabel('Object').fill(object);
        await page.keyboard.press('Enter');
        await page.waitForURL(`**object=${object}`);
        await settled(page);
        await page.waitForFunction((count) => document.querySelectorAll('.rows tbody tr').length < count, 10);
        const found = await page
          .locator('.rows tbody tr td:nth-of-type(4) code')
          .evaluateAll((all) => all.map((one) => one.getAttribute('title')));
        expect(new Set(found)).toEqual(new Set([object]));
        await press(page, 'Invoices');
        await page.locator('.rows tbody tr').nth(2).locator('a').first().click();
        await press(page, 'Recompute here');
        await page.getByText('Every line comes out the same').waitFor();
        await press(page, 'Perform a sample');
        await page.getByLabel('Seed').fill('2026, the auditor');
        await press(page, 'Draw and perform again');
        await page.getByText('Every invoice comes out the same').waitFor();
        const paper = page.waitForEvent('download');
        await press(page, 'Working paper (JSON)');
        expect((await paper).suggestedFilename()).toMatch(/^sample-\d{4}-\d\d-\d+\.json$/);
      });
    },
    STORY_MS,
  );
}
