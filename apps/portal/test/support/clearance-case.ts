import type { Reader } from './reader.js';
import { post } from './trade.js';

const sha256 = 'ab'.repeat(32);

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

const formOf = (title: string, recipientId: string) => ({
  title,
  exporter: { name: 'Lingnan Bencao Data', place: 'Guangzhou', registration_number: '91440101MA5AAAAA0X' },
  ciio_basis: 'asked the competent authority in 2026; not identified',
  recipient_id: recipientId,
  recipient_name: 'Tai Mo Shan University, Hong Kong',
  recipient_place: 'Hong Kong',
  recipient_control: 'public',
  scenario: 'joint research',
  necessity: 'patterns cannot be studied without single records',
  fields: [
    {
      ...{ name: 'pattern', personal: true, sensitive: true, health: true, gene: false, minor: false },
      ...{ reason: 'needed for the outcome model', source: 'hospital records', legal_basis: 'separate consent' },
    },
  ],
  deidentification: 'key-coded, k = 10',
  storage_place: 'Hong Kong',
  retention_days: 730,
  persons: { general: 0, sensitive: 500 },
  other_channels: [],
  assessment: {
    ...{ lawfulness: 'separate consent', impact: 'low: key-coded', measures: 'TLS, access log' },
    ...{ recipient_law: 'PDPO', incident_plan: 'notice within 24 hours', finished_on: '2026-11-01' },
  },
  documents: PAPERS.map((id) => ({ id, name: `${id}.pdf`, sha256 })),
});

/** A declaration that the merchant's own programme made and handed in. @returns its id */
export async function declared(merchant: Reader, title: string, recipientId: string): Promise<string> {
  const { id } = (await post(merchant, '/v1/customs/declarations', {
    facts: FACTS,
    form: formOf(title, recipientId),
  })) as { id: string };
  await post(merchant, `/v1/customs/declarations/${id}/check`);
  await post(merchant, `/v1/customs/declarations/${id}/submit`);
  return id;
}
