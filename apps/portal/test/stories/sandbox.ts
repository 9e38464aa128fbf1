import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  approveTable,
  comesTrue,
  downloadBy,
  endSession,
  eventually,
  openSession,
  press,
  runByHand,
  submitTable,
  writeByHand,
  type Reader,
} from '@hetao/testing';
import { faultsOf } from '../support/walk.js';
import { STORY_MS, type World } from '../support/world.js';

/** Told again on the same exchange, a story has names of its own. */
const now = Date.now();
const PURPOSE = `Syndromes by sex ${now}`;
const TABLE = `Patients by sex ${now}`;
const QUERY = 'SELECT gender, count(DISTINCT patient_id) AS n FROM patient GROUP BY gender';
/** Where a result's last column stands on the shown screen, px. */
const FIGURES = { x: 920, y: 412, width: 46, height: 18 } as const;

/** Data stays, compute travels: a researcher in Hong Kong, the data's custodian, and the exchange. */
export function sandboxStories(world: World): void {
  it(
    'a researcher opens a session on the TCM data, writes and runs SQL on its pixels; two reviewers let the table out; its use is counted',
    async () => {
      await world.as('buyer', (buyer) =>
        world.as('merchant', (custodian) =>
          world.as('operator', async (operator) => {
            await seeGrounds(buyer);
            const sessionId = await openSession(buyer, custodian, PURPOSE);
            await computeByHand(buyer.page);
            expect(await faultsOf(buyer.page, `/sandbox/sessions/${sessionId}`)).toEqual([]);
            await endSession(buyer.page);
            const outputId = await submitTable(buyer, TABLE);
            for (const reviewer of [custodian, operator]) await approve(reviewer);
            await takeHome(buyer, outputId);
            await counted(buyer.page, [sessionId, outputId]);
            await lookAgain(custodian, sessionId);
          }),
        ),
      );
    },
    STORY_MS,
  );
}

/** Remote viewing counts as export: the page says on what grounds it opens, before anybody asks for it. */
async function seeGrounds({ page, open }: Reader): Promise<void> {
  await open('/sandbox');
  const grounds = await page.textContent('main');
  expect(grounds).toContain('GBA standard contract');
  expect(grounds).toContain('counts as an export; customs has released it');
}

/** Keys and the input method of the researcher's own machine write; the twin comes first, the same again is the data. */
async function computeByHand(page: Page): Promise<void> {
  await writeByHand(page, `${QUERY} -- `);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Input.imeSetComposition', { text: 'bianzheng', selectionStart: 9, selectionEnd: 9 });
  await browser.send('Input.insertText', { text: '辨證' });
  await page.locator('[data-key-to-pixel]').waitFor();
  const before = await inkOf(page);
  await runByHand(page);
  await eventually(async () => expect(await inkOf(page)).toBeGreaterThan(before + 20), { withinMs: 60_000 });
}

/** Dark pixels where a result's figures stand. */
function inkOf(page: Page): Promise<number> {
  return page.evaluate(({ x, y, width, height }) => {
    const screen = document.querySelector<HTMLCanvasElement>('.viewer-screen canvas');
    // Read from a copy: the screen itself stays where it is drawn fastest.
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (screen === null || copy === null) throw new Error('There is no screen to look at.');
    copy.drawImage(screen, x, y, width, height, 0, 0, width, height);
    const { data } = copy.getImageData(0, 0, width, height);
    return [...data].filter((value, at) => at % 4 === 1 && value < 128).length;
  }, FIGURES);
}

/** Nobody sees another's vote before his own, and each sees what would leave. */
async function approve(reviewer: Reader): Promise<void> {
  const seen = await approveTable(reviewer, TABLE);
  expect(seen).toContain('female');
  expect(seen).toContain('No vote that you may see yet.');
}

/** The released table with the record of why it was let out. */
async function takeHome(buyer: Reader, outputId: string): Promise<void> {
  const { page } = buyer;
  expect(await faultsOf(page, `/sandbox/outputs/${outputId}`)).toEqual([]);
  await buyer.open(`/sandbox/outputs/${outputId}`);
  const file = await downloadBy(page, 'Download the table');
  const table = file.toString().trim().split('\n');
  expect(table).toHaveLength(3);
  expect(table[0]).toBe('gender,n');
  expect(await page.textContent('main')).toContain('hetao-release-record-v1');
}

/** Metering has heard of the session's minutes and of the released table, each under its own id. */
async function counted(page: Page, uses: readonly string[]): Promise<void> {
  await comesTrue(() =>
    page.evaluate(async (ids) => {
      const { data: sessions } = (await (await fetch('/v1/sandbox/sessions?limit=1')).json()) as {
        data: { agreement_id: string }[];
      };
      const hour = (from: number) => new Date(Math.floor((Date.now() + from) / 3_600_000) * 3_600_000).toISOString();
      const range = `from=${hour(-3_600_000)}&to=${hour(7_200_000)}`;
      const records = await fetch(`/v1/usage/records?agreement_id=${sessions[0]?.agreement_id}&${range}&limit=100`);
      const text = await records.text();
      return ids.every((id) => text.includes(id));
    }, uses),
  );
}

/** The custodian sees again what was shown, and that nothing of it was changed. */
async function lookAgain(custodian: Reader, sessionId: string): Promise<void> {
  const { page } = custodian;
  await custodian.open(`/sandbox/sessions/${sessionId}`);
  await page.getByText('Unchanged:').waitFor();
  await press(page, 'Play');
  await page.getByText(/^Entry \d+/).waitFor();
}
