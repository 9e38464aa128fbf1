import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.js';
import { idIn, press, settled, type Reader } from './reader.js';

/** Slower than a session takes keys: 15 a second. */
const KEY_MS = 80;
const ANSWERED_WITHIN_MS = 60_000;

/** A researcher asks for a session, who keeps the data approves it, and it opens. @returns its id */
export async function openSession(researcher: Reader, custodian: Reader, purpose: string): Promise<string> {
  const { page } = researcher;
  await press(page, 'Ask for a session');
  await page.getByLabel('What you are going to do').fill(purpose);
  await page.getByRole('dialog').getByRole('button', { name: 'Ask for a session' }).click();
  await page.getByRole('link', { name: purpose }).first().waitFor();
  await custodian.open('/sandbox/reviews');
  await custodian.page.getByRole('link', { name: purpose }).first().click();
  await settled(custodian.page);
  await press(custodian.page, 'Approve');
  await custodian.page.getByText('The session may be opened.').waitFor();
  await page.getByRole('link', { name: purpose }).first().click();
  await settled(page);
  await press(page, 'Open the session');
  await page.locator('canvas[data-state=open]').waitFor();
  return idIn(page);
}

/** Writes into the editor that the session shows, key by key. */
export async function writeByHand(page: Page, text: string): Promise<void> {
  await page.locator('.viewer-screen canvas').click({ position: { x: 400, y: 200 } });
  await page.keyboard.type(text, { delay: KEY_MS });
}

/** Runs what is written: on the twin first, then the same on the data. */
export async function runByHand(page: Page): Promise<void> {
  const since = Date.now();
  for (const isDryRun of [true, false]) {
    await page.keyboard.press('Control+Enter');
    await comesTrue(() => hasRun(page, isDryRun, since));
  }
}

/** Whether a job on the twin, or on the data, was submitted since then (milliseconds of the epoch) and is done. */
function hasRun(page: Page, isDryRun: boolean, since: number): Promise<boolean> {
  return page.evaluate(
    async ({ dry, from }) => {
      const { data } = (await (await fetch('/v1/sandbox/jobs?limit=20')).json()) as {
        data: { dry_run: boolean; state: string; submitted_at: string }[];
      };
      return data.some((job) => job.dry_run === dry && job.state === 'done' && Date.parse(job.submitted_at) >= from);
    },
    { dry: isDryRun, from: since },
  );
}

export async function endSession(page: Page): Promise<void> {
  await press(page, 'End the session');
  await page.getByLabel('Reason').fill('done for today');
  await page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click();
  await page.getByText('This session is over').waitFor();
}

/** Sends the newest job's table to its reviewers. @returns the request's id */
export async function submitTable({ page, open }: Reader, title: string): Promise<string> {
  await open('/sandbox');
  await page.getByRole('button', { name: 'Submit for review' }).first().click();
  await page.getByLabel('Title of the table').fill(title);
  await page.getByRole('dialog').getByRole('button', { name: 'Submit for review' }).click();
  await page.getByRole('link', { name: title }).first().click();
  await page.waitForURL('**/sandbox/outputs/out_*');
  return idIn(page);
}

/** Finds the table among what is to be reviewed, looks at it, and lets it out. @returns what was to be seen before the vote */
export async function approveTable({ page, open }: Reader, title: string): Promise<string> {
  await open('/sandbox/reviews');
  await page.getByRole('link', { name: title }).first().click();
  await page.waitForURL('**/sandbox/outputs/out_*');
  await settled(page);
  await page.getByLabel('Approve').check();
  const seen = await page.innerText('main');
  await page.getByLabel('Why').fill('Counts of ten persons and more');
  await page.getByRole('button', { name: 'Vote', exact: true }).click();
  await page.getByText('Your vote counts for this content alone.').waitFor();
  return seen;
}

/** The file that the button of these words saves. */
export async function downloadBy(page: Page, words: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), press(page, words)]);
  return readFileSync(await file.path());
}

/** Asked until it is so: a browser's own wait would take the promise of an answer for a yes. */
export async function comesTrue(question: () => Promise<boolean>): Promise<void> {
  await eventually(
    async () => {
      if (!(await question())) throw new Error('It has not come true.');
    },
    { withinMs: ANSWERED_WITHIN_MS, everyMs: 300 },
  );
}
