import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '@hetao/testing';
import { settled, type Reader } from '../support/reader.js';
import { idIn, press } from '../support/trade.js';
import { faultsOf } from '../support/walk.js';
import { STORY_MS, type World } from '../support/world.js';

/** Told again on the same exchange, a story has names of its own. */
const now = Date.now();
const PURPOSE = `Syndromes by sex ${now}`;
const TABLE = `Patients by sex ${now}`;
const QUERY = 'SELECT gender, count(DISTINCT patient_id) AS n FROM patient GROUP BY gender';
/** Slower than the session takes keys: 15 a second. */
const KEY_MS = 80;
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
            await askForSession(buyer, custodian);
            const sessionId = idIn(buyer.page);
            await computeByHand(buyer.page);
            expect(await faultsOf(buyer.page, `/sandbox/sessions/${sessionId}`)).toEqual([]);
            await leave(buyer.page);
            const outputId = await submit(buyer);
            for (const reviewer of [custodian, operator]) await approve(reviewer, outputId);
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
async function askForSession(buyer: Reader, custodian: Reader): Promise<void> {
  const { page } = buyer;
  await buyer.open('/sandbox');
  const grounds = await page.textContent('main');
  expect(grounds).toContain('GBA standard contract');
  expect(grounds).toContain('counts as an export; customs has released it');
  await press(page, 'Ask for a session');
  await page.getByLabel('What you are going to do').fill(PURPOSE);
  await page.getByRole('dialog').getByRole('button', { name: 'Ask for a session' }).click();
  await page.getByRole('link', { name: PURPOSE }).first().waitFor();
  await custodian.open('/sandbox/reviews');
  await custodian.page.getByRole('link', { name: PURPOSE }).first().click();
  await settled(custodian.page);
  await press(custodian.page, 'Approve');
  await custodian.page.getByText('The session may be opened.').waitFor();
  await page.getByRole('link', { name: PURPOSE }).first().click();
  await settled(page);
  await press(page, 'Open the session');
}

/** Keys and the input method of the researcher's own machine write; the twin comes first, the same again is the data. */
async function computeByHand(page: Page): Promise<void> {
  const screen = page.locator('.viewer-screen canvas');
  await page.locator('canvas[data-state=open]').waitFor();
  await screen.click({ position: { x: 400, y: 200 } });
  await page.keyboard.type(`${QUERY} -- `, { delay: KEY_MS });
  const browser = await page.context().newCDPSession(page);
  await browser.send('Input.imeSetComposition', { text: 'bianzheng', selectionStart: 9, selectionEnd: 9 });
  await browser.send('Input.insertText', { text: '辨證' });
  await page.locator('[data-key-to-pixel]').waitFor();
  const before = await inkOf(page);
  await page.keyboard.press('Control+Enter');
  await done(page, true);
  await page.keyboard.press('Control+Enter');
  await done(page, false);
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

/** This story's job on the twin, or on the data, is done; the comment that the input method wrote is part of it. */
async function done(page: Page, isDryRun: boolean): Promise<void> {
  await comesTrue(() =>
    page.evaluate(
      async ({ dry, since }) => {
        const { data } = (await (await fetch('/v1/sandbox/jobs?limit=20')).json()) as {
          data: { dry_run: boolean; state: string; submitted_at: string }[];
        };
        return data.some((job) => job.dry_run === dry && job.state === 'done' && Date.parse(job.submitted_at) >= since);
      },
      { dry: isDryRun, since: now },
    ),
  );
}

async function leave(page: Page): Promise<void> {
  await press(page, 'End the session');
  await page.getByLabel('Reason').fill('done for today');
  await page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click();
  await page.getByText('This session is over').waitFor();
}

async function submit(buyer: Reader): Promise<string> {
  const { page } = buyer;
  await buyer.open('/sandbox');
  await page.getByRole('button', { name: 'Submit for review' }).first().click();
  await page.getByLabel('Title of the table').fill(TABLE);
  await page.getByRole('dialog').getByRole('button', { name: 'Submit for review' }).click();
  await page.getByRole('link', { name: TABLE }).first().click();
  await page.waitForURL('**/sandbox/outputs/out_*');
  return idIn(page);
}

async function approve(reviewer: Reader, outputId: string): Promise<void> {
  const { page } = reviewer;
  await reviewer.open('/sandbox/reviews');
  await page.getByRole('link', { name: TABLE }).first().click();
  await page.waitForURL(`**/sandbox/outputs/${outputId}`);
  await settled(page);
  expect(await page.textContent('.output-split')).toContain('female');
  expect(await page.getByText('No vote that you may see yet.').count()).toBe(1);
  await page.getByLabel('Approve').check();
  await page.getByLabel('Why').fill('Counts of ten persons and more');
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.getByText('Your vote counts for this content alone.').waitFor();
}

/** The released table with the record of why it was let out. */
async function takeHome(buyer: Reader, outputId: string): Promise<void> {
  const { page } = buyer;
  expect(await faultsOf(page, `/sandbox/outputs/${outputId}`)).toEqual([]);
  await buyer.open(`/sandbox/outputs/${outputId}`);
  const [file] = await Promise.all([page.waitForEvent('download'), press(page, 'Download the table')]);
  const table = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n');
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

/** Asked until it is so: a browser's own wait would take the promise of an answer for a yes. */
async function comesTrue(question: () => Promise<boolean>): Promise<void> {
  await eventually(async () => expect(await question()).toBe(true), { withinMs: 60_000, everyMs: 300 });
}

/** The custodian sees again what was shown, and that nothing of it was changed. */
async function lookAgain(custodian: Reader, sessionId: string): Promise<void> {
  const { page } = custodian;
  await custodian.open(`/sandbox/sessions/${sessionId}`);
  await page.getByText('Unchanged:').waitFor();
  await press(page, 'Play');
  await page.getByText(/^Entry \d+/).waitFor();
}
