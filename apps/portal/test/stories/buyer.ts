import { expect, it } from '@jest/globals';
import { idIn, press, settled } from '@hetao/testing';
import { post, tabTo, untouchedProduct } from '../support/trade.js';
import { STORY_MS, type World } from '../support/world.js';

/** A buyer's day: from the product to the signature without a mouse, and the invoice computed again. */
export function buyerStories(world: World): void {
  it(
    'request → agree → sign, by keyboard alone; both sides hold the same hash',
    async () => {
      await world.as('merchant', async (merchant) => {
        const { organisation_id: merchantId } = await merchant.page.evaluate(
          async () => (await (await fetch('/v1/me')).json()) as { organisation_id: string },
        );
        await world.as('buyer', async (buyer) => {
          const { page } = buyer;
          const productId = await untouchedProduct(page, merchantId);
          await buyer.open(`/products/${productId}`);
          await tabTo(page, '.offer a.button');
          await page.keyboard.press('Enter');
          await page.waitForURL('**/request?**');
          await settled(page);
          await tabTo(page, 'form button[type=submit]');
          await page.keyboard.press('Enter');
          await page.waitForURL('**/requests/req_*');
          const requestId = idIn(page);
          const agreed = (await post(merchant, `/v1/access-requests/${requestId}/agree`)) as { agreement_id: string };
          const agreement = await merchant.page.evaluate(
            async (id) => (await (await fetch(`/v1/agreements/${id}`)).json()) as { document_hash: string },
            agreed.agreement_id,
          );
          await post(merchant, `/v1/agreements/${agreed.agreement_id}/sign`, {
            document_hash: agreement.document_hash,
          });
          await buyer.open(`/contracts/${agreed.agreement_id}/sign`);
          expect(await page.textContent('main')).toContain(agreement.document_hash);
          await tabTo(page, 'input[type=checkbox]');
          await page.keyboard.press('Space');
          await tabTo(page, 'main button.ant-btn-primary');
          await page.keyboard.press('Enter');
          await page.waitForURL(`**/contracts/${agreed.agreement_id}`);
          await settled(page);
          await page.getByText('Buyer:').waitFor();
        });
      });
    },
    STORY_MS,
  );

  it(
    'an invoice opens to its lines, and this browser comes to the same figures',
    async () => {
      await world.as('buyer', async (buyer) => {
        await buyer.open('/invoices');
        await buyer.page.click('.rows tbody a');
        await settled(buyer.page);
        await press(buyer.page, 'Recompute here');
        await buyer.page.getByText('Every line comes out the same').waitFor();
      });
    },
    STORY_MS,
  );

  it(
    'a session that ends in the middle of a form loses nothing',
    async () => {
      await world.as('buyer', async (buyer) => {
        const { page } = buyer;
        await buyer.open('/demand');
        await press(page, 'Post a need');
        await page.getByLabel('In one line').fill('潮汐數據 tide gauges');
        await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith('hetao-draft:')));
        await page.context().clearCookies();
        await page.getByLabel('What you need').fill('Every ten minutes');
        await page.getByLabel('Purpose').fill('navigation');
        await page.getByRole('dialog').getByRole('button', { name: 'Post a need' }).click();
        await page.getByText('Your session has ended').waitFor();
        // The refusal itself is no fault of the page.
        buyer.faults.splice(0, buyer.faults.length, ...buyer.faults.filter((fault) => !fault.includes('401')));
        await page.getByRole('link', { name: 'Sign in again' }).click();
        await page.waitForSelector('#email');
        await page.fill('#email', 'buyer@university.hetao.demo');
        await page.fill('#password', 'demo');
        await page.keyboard.press('Enter');
        await page.waitForURL('**/demand');
        await settled(page);
        await press(page, 'Post a need');
        expect(await page.getByLabel('In one line').inputValue()).toBe('潮汐數據 tide gauges');
        expect(await page.getByLabel('What you need').inputValue()).toBe('Every ten minutes');
      });
    },
    STORY_MS,
  );

  it(
    'the rules of the border are asked question by question, without a name, and the address holds the answers',
    async () => {
      await world.as(undefined, async (stranger) => {
        await stranger.open('/customs/check');
        const first = await stranger.page.textContent('.question');
        await press(stranger.page, 'Hong Kong');
        await stranger.page.waitForFunction((old) => document.querySelector('.question')?.textContent !== old, first);
        expect(new URL(stranger.page.url()).search).toContain('tx.origin');
        const before = await stranger.page.textContent('.question');
        await stranger.page.reload();
        await settled(stranger.page);
        expect(await stranger.page.textContent('.question')).toBe(before);
        await press(stranger.page, 'Back');
        expect(new URL(stranger.page.url()).search).toBe('');
      });
    },
    STORY_MS,
  );

  it(
    'a file is hashed where it lies: nothing of it leaves the browser',
    async () => {
      await world.as(undefined, async (stranger) => {
        const { page } = stranger;
        await stranger.open('/proofs');
        const sent: string[] = [];
        page.on('request', (request) => sent.push(request.url()));
        await page.setInputFiles('input[type=file]', {
          name: '病歷.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from('abc'),
        });
        await page.getByText('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad').waitFor();
        expect(sent).toEqual([]);
      });
    },
    STORY_MS,
  );
}
