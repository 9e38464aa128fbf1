import { expect, it } from '@jest/globals';
import { press, type Reader, settled } from '@hetao/testing';
import { declaredByKeys } from '../support/clearance-case.js';
import { chooseByKeys, tabOnto, typeInto } from '../support/keyboard.js';
import { speaks } from '../support/speaks.js';
import { post } from '../support/trade.js';
import { STORY_MS, type World } from '../support/world.js';

/** The exchange's own day, in traditional Chinese: what waits, the border, the books. */
export function operatorStories(world: World): void {
  it(
    'inbox → review → market, and finding → declaration → authority → decision → release by a second officer, without a mouse',
    async () => {
      const title = 'Key-coded records of 500 patients';
      const recipient = await world.as('buyer', organisationOf);
      const id = await world.as('merchant', async (merchant) => {
        await merchant.open('/');
        await speaks(merchant, 'zh-Hans');
        return declaredByKeys(merchant, title, recipient);
      });
      await world.as('operator', async (operator) => {
        await operator.open('/');
        await speaks(operator, 'zh-Hant');
        await approveByKeys(operator);
        await decideByKeys(operator, id);
        expect(await operator.page.textContent('main')).toContain('雙人覆核');
      });
      await world.as('officer', async (officer) => {
        await officer.open(`/ops/clearance/${id}`);
        await speaks(officer, 'zh-Hant');
        await typeInto(officer.page, '#release_sensitive', '500');
        await tabOnto(officer.page, { css: 'main .narrow-form button[type=submit]' });
        await officer.page.keyboard.press('Enter');
        await officer.page.getByText('已放行').first().waitFor();
      });
    },
    STORY_MS,
  );

  it(
    'what the bank says and nothing matched is matched; a dispute of a buyer is decided',
    async () => {
      await world.as('buyer', disputeNewestInvoice);
      await world.as('operator', async (operator) => {
        const { page } = operator;
        await operator.open('/ops/inbox');
        await speaks(operator, 'zh-Hant');
        await page.getByRole('link', { name: 'Invoice HX-' }).click();
        await page.waitForURL('**/ops/reconciliation?**');
        await settled(page);
        await press(page, '確認匹配');
        await page.getByText('所有銀行流水均已對上').waitFor();
        await press(page, '爭議');
        await page.getByText('Two hours of calls were ours in the test').waitFor();
        await press(page, '支持並沖減');
        await page.getByRole('dialog').getByLabel('原因').fill('與測試環境的記錄一致');
        await page.getByRole('dialog').getByRole('button', { name: '支持並沖減' }).click();
        await page.getByText('爭議已決定').waitFor();
      });
    },
    STORY_MS,
  );
}

/** From the inbox to the listing that waits longest, and onto the market. */
async function approveByKeys({ page }: Reader): Promise<void> {
  await chooseByKeys(page, '待辦');
  await page.locator('main a[href*="/review"]').first().waitFor();
  await tabOnto(page, { css: 'main a[href*="/review"]' });
  const name = await page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/review');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await chooseByKeys(page, '批准上市');
  await page.getByText('已上市').first().waitFor();
}

/** From the board to the authority, and what it decided entered. */
async function decideByKeys({ page }: Reader, id: string): Promise<void> {
  const card = `a[href="/ops/clearance/${id}"]`;
  await chooseByKeys(page, '放行');
  await page.locator(card).waitFor();
  await tabOnto(page, { css: card });
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '報送主管部門' }).waitFor();
  await chooseByKeys(page, '報送主管部門');
  await page.getByText('已報送').waitFor();
  await clearTracksByKeys(page);
  await typeInto(page, '#decision_reference', 'SZ-2026-000117');
  await typeInto(page, '#decision_evidence_sha256', 'cd'.repeat(32));
  await typeInto(page, '#decision_decided_on', dateKeys(new Date()));
  await typeInto(page, '#decision_valid_until', dateKeys(new Date(Date.now() + 300 * 24 * 3_600_000)));
  await chooseByKeys(page, '錄入：通過');
  await page.getByRole('definition').filter({ hasText: 'SZ-2026-000117' }).waitFor();
}

async function clearTracksByKeys(page: Reader['page']): Promise<void> {
  const open = page.getByRole('button', { name: '錄入：已辦結' });
  for (let left = await open.count(); left > 0; left -= 1) {
    await typeInto(page, '[id^=track_][id$=_reference]', `SZ-2026-${left}`);
    await typeInto(page, '[id^=track_][id$=_sha256]', 'ab'.repeat(32));
    await page.keyboard.press('Enter');
    await open.nth(left - 1).waitFor({ state: 'detached' });
  }
}

/** A date as it is typed into a field of the browser whose language is English. */
function dateKeys(day: Date): string {
  const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-');
  return month + date + year;
}

async function organisationOf(reader: Reader): Promise<string> {
  const me = await reader.page.evaluate(
    async () => (await (await fetch('/v1/me')).json()) as { organisation_id: string },
  );
  return me.organisation_id;
}

/** The newest invoice of the buyer, whose first line the buyer's programme disputes. */
async function disputeNewestInvoice(buyer: Reader): Promise<void> {
  const invoice = await buyer.page.evaluate(
    async () => ((await (await fetch('/v1/invoices?limit=1')).json()) as { data: { id: string }[] }).data[0]?.id ?? '',
  );
  await post(buyer, `/v1/invoices/${invoice}/disputes`, {
    line_no: 1,
    reason: 'Two hours of calls were ours in the test',
  });
}
