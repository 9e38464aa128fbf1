import { newId } from '@hetao/kernel';
import type { TestCaller } from '@hetao/testing';

export const officer: TestCaller = { personas: ['operator'], organisationId: 'org_exchange', subject: 'usr_officer' };
export const second: TestCaller = { personas: ['operator'], organisationId: 'org_exchange', subject: 'usr_second' };
export const exporter = (): TestCaller => ({
  personas: ['merchant'],
  organisationId: newId('org'),
  subject: 'usr_exporter',
});
export const university = 'org_hkuniversity';

const sha = 'ab'.repeat(32);
/** What the exporter judged himself, and when. */
export const assessment = {
  lawfulness: 'separate consent, research of public interest',
  impact: 're-identification by linkage; low',
  measures: 'key-coding, k = 10, contract with audit',
  recipient_law: 'Cap. 486 applies; nothing keeps the recipient from the contract',
  incident_plan: 'notice within 24 hours',
  finished_on: '2026-11-01',
};
/** The documents of the standard contract and their hashes. */
export const documents = [
  'CREDIT_CODE',
  'LEGAL_REP_ID',
  'HANDLER_ID',
  'AUTHORISATION',
  'COMMITMENT',
  'STANDARD_CONTRACT',
  'IMPACT_ASSESSMENT',
].map((id) => ({ id, name: `${id}.pdf`, sha256: sha }));
export const paper = (reference: string) => ({
  ...{ reference, evidence_sha256: sha, decided_on: '2026-11-23', valid_until: '2027-12-01' },
});

/** TC-17: key-coded TCM records of 8,000 patients to a university in Hong Kong. */
export const tcmFacts = {
  'tx.origin': 'CN',
  'tx.destination': 'HK',
  'tx.mode': 'api',
  'tx.raw_visible': true,
  'tx.hash_salted': false,
  'tx.collected_abroad': false,
  'tx.mixes_domestic': false,
  'tx.purpose': 'academic',
  'tx.necessity': true,
  'tx.collective_basis': false,
  'tx.onward_outside_gba': false,
  'exp.ciio': false,
  'exp.total_pi': 3_000_000,
  'exp.gba': true,
  'exp.zone': 'none',
  'exp.foreign_party': false,
  'rcp.gba': true,
  'rcp.listed_42': false,
  'rcp.foreign_party': false,
  'd.pi': 'deidentified',
  'd.sensitive': true,
  'd.under14': false,
  'd.important': 'not_notified',
  'd.core_or_secret': false,
  'd.hgr': 'none',
  'd.hgr_review_class': false,
  'd.health': true,
  'd.tcm_tech': false,
  'd.us_bulk': false,
  'ytd.general': 0,
  'ytd.sensitive': 8_000,
  'nl.status': 'na',
};

export const field = (name: string, sensitive: boolean) => ({
  ...{ name, personal: true, sensitive, health: sensitive, gene: false, minor: false },
  ...{ reason: 'needed for the outcome model', source: 'hospital records', legal_basis: 'separate consent' },
});

/** A declaration of these records, complete unless changed. */
export const tcmDeclaration = (change: { facts?: object; form?: object } = {}) => ({
  facts: { ...tcmFacts, ...change.facts },
  form: {
    title: 'TCM real-world records for HKBU',
    exporter: {
      name: 'Guangzhou hospital group',
      place: 'Guangzhou, Guangdong',
      registration_number: '91440101MA5AAAAA0X',
      contact: 'data officer',
    },
    ciio_basis: 'asked the competent authority in 2026; not identified',
    recipient_id: university,
    recipient_name: 'A university in Hong Kong',
    recipient_place: 'Hong Kong',
    recipient_control: 'public',
    scenario: 'joint research',
    necessity: 'patterns cannot be studied without single records',
    fields: [field('pattern', true), field('age_band', false)],
    deidentification: 'key-coded, k = 10',
    storage_place: 'Hong Kong',
    retention_days: 730,
    persons: { general: 0, sensitive: 8_000 },
    other_channels: [],
    assessment,
    documents,
    ...change.form,
  },
});
