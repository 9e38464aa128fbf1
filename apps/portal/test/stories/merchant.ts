import { expect, it } from '@jest/globals';
import { press, type Reader } from '@hetao/testing';
import { speaks } from '../support/speaks.js';
import { STORY_MS, type World } from '../support/world.js';

/** A merchant's day, in simplified Chinese: admitted, a product to the review, a buyer answered, the money followed. */
export function merchantStories(world: World): void {
  it(
    'onboarding → listing through the wizard → request agreed → payout from gross to net',
    async () => {
      await world.as('merchant', async (merchant) => {
        const { page } = merchant;
        await merchant.open('/');
        await speaks(merchant, 'zh-Hans');
        await press(page, '入驻');
        await page.getByText('您已获准入驻。').waitFor();
        await handIn(merchant);
        await agree(merchant);
        await press(page, '付款');
        await page.locator('.rows tbody a').first().click();
        await page.getByRole('heading', { name: '从总额到净额' }).waitFor();
        await page.locator('.sum-step summary').first().click();
        await page.locator('.sum-step[open] a', { hasText: 'HX-' }).first().waitFor();
      });
    },
    STORY_MS,
  );
}

/** A new listing: draft, one step of the wizard saved, and to the reviewer. */
async function handIn({ page }: Reader): Promise<void> {
  await press(page, '挂牌');
  await press(page, '新建挂牌');
  for (const [language, name, text] of [
    ['en', 'Ginseng trade index', 'Weekly price of ginseng by grade.'],
    ['zh-Hans', '人参交易指数', '按等级的人参周度价格。'],
    ['zh-Hant', '人參交易指數', '按等級的人參每週價格。'],
  ] as const) {
    await page.fill(`#name_${language}`, name);
    await page.fill(`#description_${language}`, text);
  }
  await press(page, '创建草稿');
  await page.getByRole('heading', { level: 1, name: '人参交易指数' }).waitFor();
  await page.getByRole('navigation', { name: '挂牌内容' }).getByRole('link', { name: '数据', exact: true }).click();
  await press(page, '添加');
  await page.fill('#fields_0_name', 'price');
  await page.fill('#fields_0_meaning', '每千克价格');
  await press(page, '保存草稿');
  await page.getByText('全部已保存。').waitFor();
  await press(page, '提交审核');
  await page.getByText('已提交，审核计时开始。').waitFor();
}

/** The buyer who waits for an answer, agreed to; the policy's own answer stands beside the button. */
async function agree({ page }: Reader): Promise<void> {
  await press(page, '使用申请');
  await page.locator('.rows tbody tr', { hasText: '英国' }).locator('a').first().click();
  await page.getByRole('heading', { name: '使用政策的判断' }).waitFor();
  expect(await page.textContent('main')).toContain('允许');
  await press(page, '同意并拟定许可');
  await page.getByText('已同意。许可待双方签署。').waitFor();
}
