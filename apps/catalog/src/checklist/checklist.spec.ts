import { describe, expect, it } from '@jest/globals';
import { jurisdictions } from '@hetao/kernel';
import { checklist, requirementsFor } from './checklist.js';

describe('the tables', () => {
  it.each(jurisdictions)(
    'of %s ask every role for something, each line with its law and in three languages',
    (home) => {
      for (const roles of [['merchant'], ['buyer'], ['law_firm'], ['registrar']]) {
        const asked = requirementsFor(home, roles);
        expect(asked.length).toBeGreaterThan(1);
        expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
        for (const { article, title } of asked)
          expect([...Object.values(article), ...Object.values(title)]).not.toContain('');
      }
    },
  );

  it('ask a merchant from outside the mainland for an agent and a representative there', () => {
    for (const home of jurisdictions.filter((place) => place !== 'CN')) {
      const ids = requirementsFor(home, ['merchant']).map(({ id }) => id.slice(3));
      expect(ids).toEqual(expect.arrayContaining(['mainland_agent', 'pi_representative']));
      expect(requirementsFor(home, ['buyer']).map(({ id }) => id.slice(3))).not.toContain('mainland_agent');
    }
  });
});

describe('a paper', () => {
  const paper = {
    requirement: 'sg_acra_profile',
    issuedOn: '2026-01-15',
    validUntil: null,
    legalisation: 'apostille',
  };
  const stateOn = (today: string, change: object = {}) =>
    checklist('SG', ['merchant'], [{ ...paper, ...change }], today).find(
      ({ requirement }) => requirement.id === paper.requirement,
    )?.state;

  it('may be as old as its line says, to the day', () => {
    expect(stateOn('2026-04-15')).toBe('present');
    expect(stateOn('2026-04-16')).toBe('too_old');
    expect(stateOn('2027-01-01', { issuedOn: '2026-10-31' })).toBe('present');
  });

  it('is legalised as its line says, and holds', () => {
    expect(stateOn('2026-02-01', { legalisation: null })).toBe('not_legalised');
    expect(stateOn('2026-02-01', { legalisation: 'notarised' })).toBe('not_legalised');
    expect(stateOn('2026-02-02', { validUntil: '2026-02-01' })).toBe('expired');
  });
});
