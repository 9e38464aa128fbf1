import { describe, expect, it } from '@jest/globals';
import { languages } from '@hetao/kernel';
import {
  builtInRuleSets,
  checkFacts,
  checkRuleSet,
  RuleEngine,
  szdexCrossBorder202611 as first,
  szdexCrossBorder2026111 as ruleSet,
  timeToClear,
  type Facts,
} from '../src/index.js';
import { baseFacts, workedCases } from './reference.js';

const engine = new RuleEngine(ruleSet);
const raised = (facts: Facts): readonly string[] =>
  engine.evaluate(facts).flags.flatMap(({ id, state }) => (state === 'true' ? [id] : []));

describe('the second version', () => {
  it('passes every check, comes after the first, and leaves the first as it was', () => {
    expect(checkRuleSet(ruleSet)).toEqual({ ok: true, value: ruleSet });
    expect(builtInRuleSets.map(({ version, effectiveFrom }) => [version, effectiveFrom])).toEqual([
      ['2026.11.0', '2026-09-01'],
      ['2026.11.1', '2026-11-23'],
    ]);
    expect(ruleSet.rules.filter(({ id }) => id !== 'EX-ELSEWHERE')).toEqual(first.rules);
    expect(first.facts.some((fact) => 'labels' in fact)).toBe(false);
  });

  it.each(workedCases)('comes to the worked case $id', ({ facts, expect: wanted }) => {
    const all = { ...baseFacts, ...facts };
    expect(checkFacts(ruleSet, all).ok).toBe(true);
    const finding = engine.evaluate(all);
    expect([finding.pathway, finding.rule, engine.nextQuestions(all)]).toEqual([wanted.pathway, wanted.rule, []]);
    expect(raised(all)).toEqual(expect.arrayContaining([...(wanted.flags ?? [])]));
    expect(raised(all).filter((id) => wanted.not_flags?.includes(id))).toEqual([]);
  });

  it('names every answer in three languages', () => {
    for (const fact of ruleSet.facts) {
      if (fact.type !== 'enum') continue;
      expect([fact.key, Object.keys(fact.labels ?? {})]).toEqual([fact.key, fact.values]);
      for (const label of Object.values(fact.labels ?? {}))
        for (const language of languages) expect(label[language]).toMatch(/\S/);
    }
  });
});

describe('data without persons from elsewhere', () => {
  it.each([
    ['HK', 'none', 'EXEMPT'],
    ['GB', 'anonymised', 'EXEMPT'],
    ['HK', 'deidentified', 'HK_PDPO'],
    ['VN', 'none', 'VN_PDPL_CTIA'],
    ['US', 'anonymised', 'US_DSP_CHECK'],
  ])('from %s, %s: %s', (origin, pi, pathway) => {
    const facts = { ...baseFacts, 'tx.origin': origin, 'tx.destination': 'CN', 'd.pi': pi };
    expect(engine.evaluate(facts)).toMatchObject({ pathway, needsPerson: false });
  });
});

describe('regimes beside the pathway', () => {
  const patients = { ...baseFacts, 'd.pi': 'deidentified', 'd.sensitive': true, 'ytd.sensitive': 8_000 };

  it('opens a track for the destination’s law where a mechanism sends persons’ data abroad', () => {
    expect(raised(patients)).toContain('DESTINATION_LAW');
    expect(raised({ ...baseFacts, 'd.pi': 'none' })).not.toContain('DESTINATION_LAW');
    expect(raised({ ...patients, 'tx.purpose': 'individual_contract' })).not.toContain('DESTINATION_LAW');
  });

  it('opens a track for bulk data of US persons, also when somebody else sells them on', () => {
    const resale = { ...baseFacts, 'tx.origin': 'SG', 'tx.destination': 'HK', 'd.us_bulk': true };
    expect(engine.evaluate(resale)).toMatchObject({ pathway: 'SG_PDPA_S26' });
    expect(raised(resale)).toContain('US_BULK_RESALE');
    expect(raised({ ...resale, 'tx.destination': 'MY' })).not.toContain('US_BULK_RESALE');
    const onward = { ...baseFacts, 'tx.origin': 'US', 'tx.destination': 'SG', 'd.us_bulk': true };
    expect(raised(onward)).toEqual(['US_NO_ONWARD_CLAUSE']);
    const direct = { ...onward, 'tx.destination': 'CN', 'tx.purpose': 'data_product_sale' };
    expect(engine.evaluate(direct)).toMatchObject({ pathway: 'BLOCKED', rule: 'STOP-06' });
  });

  it('keeps unknown as unknown: whether US persons are contained is asked before anything is released', () => {
    const unknown = { ...baseFacts, 'tx.origin': 'SG', 'tx.destination': 'HK', 'd.us_bulk': null };
    const flag = engine.evaluate(unknown).flags.find(({ id }) => id === 'US_BULK_RESALE');
    expect([flag?.state, engine.nextQuestions(unknown)]).toEqual(['unknown', ['d.us_bulk']]);
  });

  it('offers certification, and the Greater Bay Area contract where it is open, instead of the standard contract', () => {
    const bay = { ...patients, 'tx.destination': 'HK', 'rcp.gba': true };
    expect(engine.evaluate(bay).alternatives.map(({ id }) => id)).toEqual(['CERT', 'GBA_SC']);
    expect(engine.evaluate(patients).alternatives.map(({ id }) => id)).toEqual(['CERT']);
    expect(new RuleEngine(first).evaluate(bay).alternatives).toEqual([]);
  });
});

describe('the statutory time', () => {
  it('adds up one procedure, runs procedures beside each other, and says where there is no limit', () => {
    const finding = (facts: object) => engine.evaluate({ ...baseFacts, ...facts });
    const sensitive = { 'd.pi': 'deidentified', 'd.sensitive': true };
    expect(timeToClear(finding({ ...sensitive, 'ytd.sensitive': 15_000 }))).toMatchObject({
      workingDays: 57,
      extendable: true,
    });
    expect(timeToClear(finding({ ...sensitive, 'ytd.sensitive': 9 }))).toEqual({
      ...{ workingDays: 15, extendable: false, unlimited: ['DESTINATION_LAW'] },
    });
    const genes = { 'tx.purpose': 'academic', 'd.hgr': 'info', 'rcp.foreign_party': true };
    expect(timeToClear(finding({ ...sensitive, ...genes, 'ytd.sensitive': 9 }))).toMatchObject({
      workingDays: 20,
      extendable: true,
    });
    expect(timeToClear(finding({ 'd.pi': 'none' }))).toEqual({ workingDays: 0, extendable: false, unlimited: [] });
  });
});
