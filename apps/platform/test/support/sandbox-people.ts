import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  approveTable,
  comesTrue,
  downloadBy,
  endSession,
  openSession,
  press,
  runByHand,
  submitTable,
  writeByHand,
  type Reader,
} from '@hetao/testing';

const TABLE = 'Patients by sex';

/** Everybody who decides what leaves: who keeps the data, and the exchange. */
export interface Researching {
  readonly researcher: Reader;
  readonly custodian: Reader;
  readonly officer: Reader;
}

/** Sees on what grounds the data opens to him, opens a session, and runs a query on what it shows. */
export async function explore({ researcher, custodian }: Researching, sql: string): Promise<void> {
  const { page, open } = researcher;
  await open('/sandbox');
  const grounds = await page.innerText('main');
  expect(grounds).toContain('GBA standard contract');
  expect(grounds).toContain('counts as an export; customs has released it');
  await openSession(researcher, custodian, 'Outcomes by syndrome');
  await writeByHand(page, sql);
  await runByHand(page);
  await endSession(page);
}

/** How much of the privacy budget the sandbox page says is used. */
export async function epsilonSeen({ page, open }: Reader): Promise<number> {
  await open('/sandbox');
  const meter = page.locator('meter[aria-label="privacy budget ε"]');
  return Number(await meter.getAttribute('value'));
}

/** Submitted, looked at by the custodian and by the exchange, released, and downloaded. @returns the file */
export async function takeTableHome({ researcher, custodian, officer }: Researching): Promise<string> {
  const id = await submitTable(researcher, TABLE);
  for (const reviewer of [custodian, officer]) expect(await approveTable(reviewer, TABLE)).toContain('female');
  await researcher.open(`/sandbox/outputs/${id}`);
  await researcher.page.getByText('hetao-release-record-v1').waitFor();
  return (await downloadBy(researcher.page, 'Download the table')).toString();
}

/** Two who did not train it let a model out as a file. @returns the file, and what the model's page then shows */
export async function takeModelHome(
  { researcher, custodian, officer }: Researching,
  id: string,
): Promise<{ readonly file: Uint8Array<ArrayBuffer>; readonly card: string }> {
  await openModel(researcher, id, '/sandbox');
  await press(researcher.page, 'Submit for review');
  for (const reviewer of [custodian, officer]) {
    await openModel(reviewer, id, '/sandbox/reviews');
    await reviewer.page.getByLabel('Give it away as a file').check();
    await reviewer.page.getByRole('button', { name: 'Vote', exact: true }).click();
    await reviewer.page.getByText('Your word counts.').waitFor();
  }
  await openModel(researcher, id, '/sandbox');
  const card = await researcher.page.innerText('main');
  return { file: new Uint8Array(await downloadBy(researcher.page, 'Download the model (ONNX)')), card };
}

async function openModel({ page, open }: Reader, id: string, list: string): Promise<void> {
  await open(list);
  await page.getByRole('link', { name: id.slice(-8) }).click();
  await page.waitForURL(`**/sandbox/models/${id}`);
  await page.getByText('Accuracy on patients it has not seen').waitFor();
}

/** Puts a row to the model whose page is open. @returns the probability that it answers */
export async function askModel(page: Page, row: readonly number[]): Promise<number> {
  const said = page.getByText('Probability:').locator('strong');
  const before = (await said.count()) > 0 ? await said.innerText() : '';
  await page.getByLabel('One row').fill(row.join(', '));
  await press(page, 'Ask the model');
  await comesTrue(async () => (await said.count()) > 0 && (await said.innerText()) !== before);
  return Number(await said.innerText());
}

/** The lines of the invoice that the list names first, as the page shows them: what, how much, where from, the amount. */
export async function invoiceSeen({ page, open }: Reader): Promise<readonly (readonly string[])[]> {
  await open('/invoices');
  await page.locator('.rows tbody a').first().click();
  const lines = page.getByRole('region', { name: 'Lines' }).locator('tbody tr');
  await lines.first().waitFor();
  return (await lines.allInnerTexts()).map((line) => line.split('\t').map((cell) => cell.trim()));
}
