import { it } from '@jest/globals';
import { ProductListedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import pg from 'pg';
import { press, type Reader, settled } from '@hetao/testing';
import { STORY_MS, type World } from '../support/world.js';

/** What a handler gave up on, and what becomes of it. */
export function deadLetterStories(world: World): void {
  it(
    'a dead letter is read and replayed; another one is discarded on the word of two operators',
    async () => {
      await world.as('operator', async (operator) => {
        const { page } = operator;
        await operator.open('/ops/system');
        await page.getByRole('link', { name: 'Dead letters' }).click();
        await page.getByText('No dead letters').waitFor();
        await setAside(world.databaseUrl(), 2);
        await operator.open('/ops/dead-letters');
        await page.locator('main article').nth(1).waitFor();
        await page.getByText('The event and every cause').first().click();
        await page.getByText('"productId"').waitFor();
        await giveReason(operator, 'Replay');
        await page.locator('.tag', { hasText: /^ ?replayed/ }).waitFor();
        await giveReason(operator, 'Propose to discard');
        await page.locator('.tag', { hasText: 'discard proposed' }).waitFor();
      });
      await world.as('officer', async (officer) => {
        await officer.open('/ops/dead-letters?state=discard_proposed');
        await giveReason(officer, 'Confirm the discard');
        await officer.page.getByText('No dead letters').waitFor();
      });
    },
    STORY_MS,
  );
}

/** Presses the first button of this name and says why. */
async function giveReason({ page }: Reader, name: string): Promise<void> {
  await press(page, name);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('The directory was full and has room again');
  await dialog.getByRole('button', { name }).click();
  await dialog.waitFor({ state: 'hidden' });
  await settled(page);
}

/** As the gateway parks events that it cannot handle: these it can, once it is asked again. */
async function setAside(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let n = 0; n < count; n += 1) {
      const productId = newId('prd');
      const name = { en: 'Tide tables', 'zh-Hans': '潮汐表', 'zh-Hant': '潮汐表' };
      const listing = { productId, merchantId: newId('par'), name, kind: 'api', version: 1 };
      await client.query(
        `INSERT INTO gateway.dead_letters
           (id, consumer_group, event_id, type, source, topic, key, occurred_at, payload, attempts, error, failed_at)
         VALUES ($1, 'gateway', $2, $3, 'hetao/catalog', $4, $5, now(), $6, 6, $7, now())`,
        [
          ...[newId('dlt'), newId('evt'), ProductListedV1.type, ProductListedV1.topic.name, productId],
          Buffer.from(JSON.stringify({ ...listing, listedAt: new Date().toISOString() })),
          'Error: the directory is full\ncaused by RangeError: no room for one more',
        ],
      );
    }
  } finally {
    await client.end();
  }
}
