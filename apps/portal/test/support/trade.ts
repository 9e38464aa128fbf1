import type { Page } from 'playwright-core';
import type { Reader } from '@hetao/testing';

/** A product of this merchant that the buyer neither has nor asked for, with an open offer. */
export async function untouchedProduct(page: Page, merchantId: string): Promise<string> {
  return page.evaluate(async (seller) => {
    const read = async (path: string) =>
      ((await (await fetch(path)).json()) as { data: { id: string; product_id: string; buyer_id: string | null }[] })
        .data;
    const [offers, requests, agreements] = await Promise.all([
      read(`/v1/offers?status=published&limit=100&merchant_id=${seller}`),
      read('/v1/access-requests?limit=100'),
      read('/v1/agreements?limit=100'),
    ]);
    const touched = new Set([...requests, ...agreements].map((deal) => deal.product_id));
    const free = offers.find((offer) => offer.buyer_id === null && !touched.has(offer.product_id));
    if (free === undefined) throw new Error('The demo world has no product left to ask for.');
    return free.product_id;
  }, merchantId);
}

/** A change as the merchant’s own programme makes it, in the merchant’s session. */
export async function post(reader: Reader, path: string, body: object = {}): Promise<unknown> {
  return reader.page.evaluate(
    async ([to, sent]) => {
      const me = (await (await fetch('/v1/me')).json()) as { csrf_token: string };
      const answer = await fetch(to, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-csrf-token': me.csrf_token,
          'idempotency-key': crypto.randomUUID(),
        },
        body: sent,
      });
      const said: unknown = await answer.json();
      if (!answer.ok) throw new Error(JSON.stringify(said));
      return said;
    },
    [path, JSON.stringify(body)] as const,
  );
}

/** Presses Tab until what has the focus is wanted, as somebody without a mouse does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const MOST = 120;
  for (let step = 0; step < MOST; step += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`${selector} cannot be reached with the Tab key on ${page.url()}.`);
}

/** A receipt of one of the log's first records, as the exchange hands it out with any record. */
export function loggedReceipt(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const read = async (path: string) => (await fetch(path)).json() as Promise<unknown>;
    const records = (await read('/v1/attestation-records?limit=5')) as { data: { id: string }[] };
    return JSON.stringify(await read(`/v1/attestation-records/${records.data.at(-1)?.id}/receipt`));
  });
}
