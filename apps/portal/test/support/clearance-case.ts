import type { Page } from 'playwright-core';
import { idIn, type Reader, settled } from '@hetao/testing';
import { writeAnswers } from '../../src/kit/finding/facts.rules.js';
import { chooseByKeys, tabOnto, typeInto } from './keyboard.js';

/** What a hospital group of the mainland knows of key-coded records of 500 patients that go to a university. */
const FACTS = {
  ...{ 'tx.origin': 'CN', 'tx.destination': 'HK', 'tx.mode': 'api', 'tx.raw_visible': true, 'tx.hash_salted': false },
  ...{ 'tx.collected_abroad': false, 'tx.mixes_domestic': false, 'tx.purpose': 'academic', 'tx.necessity': true },
  ...{ 'tx.collective_basis': false, 'tx.onward_outside_gba': false, 'exp.ciio': false, 'exp.total_pi': 3_000_000 },
  ...{ 'exp.gba': true, 'exp.zone': 'none', 'exp.foreign_party': false, 'rcp.gba': true, 'rcp.listed_42': false },
  ...{ 'rcp.foreign_party': false, 'd.pi': 'deidentified', 'd.sensitive': true, 'd.under14': false },
  ...{ 'd.important': 'not_notified', 'd.core_or_secret': false, 'd.hgr': 'none', 'd.hgr_review_class': false },
  ...{ 'd.health': true, 'd.tcm_tech': false, 'd.us_bulk': false, 'ytd.general': 0, 'ytd.sensitive': 500 },
  'nl.status': 'na',
};
const PAPERS = [
  'CREDIT_CODE',
  'LEGAL_REP_ID',
  'HANDLER_ID',
  'AUTHORISATION',
  'COMMITMENT',
  'STANDARD_CONTRACT',
  'IMPACT_ASSESSMENT',
];

/** What is typed, in the order the page asks it: input by input. */
const BEFORE_FIELDS = [
  ['scenario', 'joint research'],
  ['necessity', 'single records'],
  ['persons_sensitive', '500'],
  ['exporter_name', 'Lingnan'],
  ['exporter_place', 'Guangzhou'],
  ['exporter_registration_number', '91440101MA5AAAAA0X'],
  ['ciio_basis', 'not identified'],
] as const;
const OF_RECIPIENT = [
  ['recipient_place', 'Hong Kong'],
  ['recipient_control', 'public'],
  ['storage_place', 'Hong Kong'],
  ['retention_days', '730'],
] as const;
const OF_FIELD = [
  ['fields_0_reason', 'outcome model'],
  ['fields_0_source', 'hospital'],
  ['fields_0_legal_basis', 'consent'],
] as const;
const OF_ASSESSMENT = [
  ['deidentification', 'key-coded'],
  ['assessment_lawfulness', 'consent'],
  ['assessment_impact', 'low'],
  ['assessment_measures', 'TLS'],
  ['assessment_recipient_law', 'PDPO'],
  ['assessment_incident_plan', '24 hours'],
  ['assessment_finished_on', '11012026'],
] as const;

/** A crossing declared by its exporter, in simplified Chinese and without a mouse: from the finding to digital customs. @returns its id */
export async function declaredByKeys(merchant: Reader, title: string, recipientId: string): Promise<string> {
  const { page } = merchant;
  const facts = writeAnswers(Object.entries(FACTS)) ?? '';
  await merchant.open(`/customs/check?${new URLSearchParams({ facts }).toString()}`);
  await chooseByKeys(page, '就此申报出境');
  await typeInto(page, '#start_title', title);
  await typeInto(page, '#start_recipient_name', 'Tai Mo Shan University');
  await typeInto(page, '#start_recipient_id', recipientId);
  await chooseByKeys(page, '创建草稿');
  await page.waitForURL('**/edit');
  await settled(page);
  await answer(page, BEFORE_FIELDS);
  await tick(page, 'no_other_channels');
  await answer(page, OF_RECIPIENT);
  await chooseByKeys(page, '添加');
  await page.locator('#declare_fields_0_name:focus').waitFor();
  await page.keyboard.type('pattern');
  await answer(page, OF_FIELD);
  for (const tag of ['personal', 'sensitive', 'health']) await tick(page, `fields_0_${tag}`);
  await answer(page, OF_ASSESSMENT);
  for (const paper of PAPERS) await handIn(page, paper);
  await chooseByKeys(page, '提交数据海关');
  await page.waitForURL(/\/declarations\/dcl_\w+$/);
  return idIn(page);
}

async function answer(page: Page, inputs: readonly (readonly [string, string])[]): Promise<void> {
  for (const [name, text] of inputs) await typeInto(page, `#declare_${name}`, text);
}

async function tick(page: Page, name: string): Promise<void> {
  await tabOnto(page, { css: `#declare_${name}` });
  await page.keyboard.press('Space');
}

/** Reaches the input with the keyboard; the dialog that opens there is the system's, and what it gives is set here. */
async function handIn(page: Page, paper: string): Promise<void> {
  const css = `#declare_documents_${paper}`;
  await tabOnto(page, { css });
  await page.setInputFiles(css, { name: `${paper}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(paper) });
  await page.getByText(`${paper}.pdf`).waitFor();
}
