import { describe, expect, it } from '@jest/globals';
import type { CustomsFinding, CustomsRequirement, Declaration, DeclarationContentRead } from '@hetao/client';
import { answersOf, changeOf, factsGiven, sectionsFor, valuesOf, wayChosen } from './declare.rules.js';

const TAGS = { personal: true, sensitive: true, health: false, gene: false, minor: false };
const form: DeclarationContentRead['form'] = {
  ...{ title: 'Records', product_id: null, agreement_id: null, exporter: null, ciio_basis: null },
  ...{ recipient_id: 'org_1', recipient_name: 'University', recipient_place: 'HK', recipient_control: null },
  ...{ scenario: 'research', necessity: null, deidentification: null, storage_place: null, retention_days: 0 },
  ...{ onward_transfers: null, persons: { general: 0, sensitive: 5 }, other_channels: [], list_lookup: null },
  ...{ mechanism: null, contract: null, assessment: null, existing_numbers: ['SZ-1'] },
  fields: [{ name: 'pattern', ...TAGS, reason: 'model', source: null, legal_basis: null }],
  documents: [{ id: 'CREDIT_CODE', name: 'code.pdf', sha256: 'ab'.repeat(32) }],
};

describe('a form', () => {
  it('comes back from its inputs as it was read', () => {
    expect(changeOf(valuesOf(form))).toEqual(form);
    expect(changeOf(valuesOf({ ...form, other_channels: null }))).toEqual({ ...form, other_channels: null });
  });

  it('says of what was left empty, and of a group left empty, that it is not answered', () => {
    const typed = {
      ...valuesOf(form),
      ...{ scenario: '', recipient_control: undefined as unknown as null, no_other_channels: false },
      exporter: { name: '', place: '', registration_number: '', contact: null },
      assessment: { lawfulness: 'consent', impact: '' } as never,
    };
    expect(changeOf(typed)).toMatchObject({
      ...{ scenario: null, recipient_control: null, exporter: null, other_channels: null },
      assessment: { lawfulness: 'consent' },
    });
  });
});

describe('answers to customs', () => {
  const item = { about: '/form', request: 'Why?', answered_on: null };
  const asked = (status: Declaration['status']) => ({
    status,
    supplements: [
      {
        ...{ round: 1, reason: 'open', asked_on: '2026-11-23' },
        items: [
          { ...item, id: 's1.1', answer: null, evidence_sha256: null },
          { ...item, id: 's1.2', answer: 'Because.', evidence_sha256: 'ab' },
        ],
      },
    ],
  });

  it('are sent where something new was said, and are no part of the form', () => {
    const read = valuesOf(form, asked('returned'));
    expect(changeOf(read)).toEqual(form);
    expect(answersOf(read, asked('returned'))).toEqual([]);
    const typed = { answers: { ...read.answers, 's1.1': { text: ' It is needed. ' }, 's1.2': { text: 'Because.' } } };
    expect(answersOf(typed, asked('returned'))).toEqual([
      { item: 's1.1', answer: 'It is needed.', evidence_sha256: null },
      { item: 's1.2', answer: 'Because.', evidence_sha256: null },
    ]);
    expect(answersOf({ answers: { 's1.1': { text: '  ' } } }, asked('returned'))).toEqual([]);
  });

  it('are given only while customs waits for them', () => {
    expect(answersOf({ answers: { 's1.1': { text: 'Late' } } }, asked('submitted'))).toEqual([]);
  });
});

const way = (id: string, paper: string) => ({ id, documents: [{ id: paper }] }) as unknown as CustomsRequirement;
const asked = (facts: DeclarationContentRead['facts'], over: Partial<typeof form> = {}, of?: CustomsRequirement) =>
  sectionsFor({ form: { ...form, ...over }, facts }, of).map(({ id }) => id);

describe('what is asked', () => {
  it('of data about nobody leaves out what only persons make necessary', () => {
    expect(asked({ 'd.pi': 'none' })).toEqual(['crossing', 'exporter', 'recipient', 'data']);
    expect(asked({})).toContain('elsewhere');
  });

  it('follows zone, licence and the papers of the way chosen', () => {
    const licence = { product_id: 'prd_1', agreement_id: 'agr_1' };
    expect(asked({ 'exp.zone': 'hetao_sz', 'd.pi': 'none' }, licence, way('SC', 'IMPACT_ASSESSMENT'))).toEqual([
      ...['crossing', 'exporter', 'recipient', 'data'],
      ...['lookup', 'contract', 'assessment'],
    ]);
  });

  it('is the way chosen, else the pathway’s own', () => {
    const finding = { requirement: way('SC', 'A'), alternatives: [way('CERT', 'B')] } as unknown as CustomsFinding;
    expect(wayChosen(finding, 'CERT')?.id).toBe('CERT');
    expect(wayChosen(finding, 'GONE')?.id).toBe('SC');
    expect(wayChosen({ ...finding, requirement: null }, null)).toBeUndefined();
  });
});

it('only facts that somebody gave are listed', () => {
  expect(factsGiven({ 'd.pi': 'none', 'd.us_bulk': null, 'exp.ciio': false })).toEqual([
    ['d.pi', 'none'],
    ['exp.ciio', false],
  ]);
});
