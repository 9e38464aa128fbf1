import { describe, expect, it } from '@jest/globals';
import { languages } from '@hetao/kernel';
import { checkFacts, checkRuleSet, RuleEngine, szdexCrossBorder202611 as ruleSet } from '../src/index.js';
import { baseFacts, referenceCitations, referenceRuleSet, workedCases } from './reference.js';

const engine = new RuleEngine(ruleSet);

describe('the first rule set is the reference', () => {
  it('names the same version, stages, pathways and facts', () => {
    const { ruleset } = referenceRuleSet;
    expect([ruleSet.id, ruleSet.version]).toEqual([ruleset.id, ruleset.version]);
    expect(ruleSet.stages.map(({ id }) => id)).toEqual(ruleset.order);
    expect(ruleSet.pathways.map(({ id }) => id)).toEqual(ruleset.pathways);
    const facts = ruleSet.facts.map(({ key, type, ...rest }) => [
      key,
      type,
      'values' in rest ? rest.values : undefined,
    ]);
    expect(facts).toEqual(Object.entries(referenceRuleSet.facts).map(([key, { type, values }]) => [key, type, values]));
  });

  it('has its rules and flags, in its order, clause by clause', () => {
    const plain = ({ id, stage, when, then, cite, certainty }: (typeof referenceRuleSet.rules)[number]) => ({
      ...{ id, stage, when, then, cite, certainty },
    });
    expect(ruleSet.rules.map(plain)).toEqual(referenceRuleSet.rules.map(plain));
    expect(ruleSet.flags.map((flag) => plain({ ...flag }))).toEqual(referenceRuleSet.flags.map(plain));
  });

  it('cites every source of the reference, and passes its own checks', () => {
    expect(ruleSet.citations.map(({ id }) => id).sort()).toEqual(Object.keys(referenceCitations).sort());
    expect(checkRuleSet(ruleSet)).toEqual({ ok: true, value: ruleSet });
  });
});

describe('the worked cases of the reference', () => {
  it.each(workedCases)('$id $title', ({ facts, expect: wanted, beyond_doubt: beyondDoubt }) => {
    const all = { ...baseFacts, ...facts };
    expect(checkFacts(ruleSet, all).ok).toBe(true);
    const finding = engine.evaluate(all);
    expect([finding.pathway, finding.rule]).toEqual([wanted.pathway, wanted.rule]);
    const raised = finding.flags.filter(({ state }) => state === 'true').map(({ id }) => id);
    expect(raised).toEqual(expect.arrayContaining([...(wanted.flags ?? [])]));
    expect(raised.filter((id) => wanted.not_flags?.includes(id))).toEqual([]);
    expect(finding.needsPerson).toBe(!beyondDoubt);
    expect([finding.waitingFor, finding.openRules, engine.nextQuestions(all)]).toEqual([null, [], []]);
  });

  it('are the 35 of the text', () => expect(workedCases).toHaveLength(35));
});

describe('a finding', () => {
  const tcm = workedCases.find(({ id }) => id === 'TC-17');
  const finding = engine.evaluate({ ...baseFacts, ...tcm?.facts });

  it('tells documents, authority, clocks, validity, citations and certainty', () => {
    expect(finding.requirement?.documents.map(({ id }) => id)).toContain('STANDARD_CONTRACT');
    expect(finding.requirement?.clocks.map(({ id, count }) => [id, count])).toEqual([
      ['SC_FILING', 10],
      ['SC_CHECK', 15],
      ['SC_SUPPLEMENT', 10],
    ]);
    expect(finding.requirement?.validity).toEqual({ contractTerm: true });
    expect(finding.further.map(({ id }) => id)).toEqual(['GBA_SC', 'HEALTH_SECTOR']);
    expect(finding.citations.map(({ id }) => id)).toEqual(expect.arrayContaining(['CBDF-8', 'SCM-4', 'GBA-HK-2']));
    expect(finding.certainty).toBe('settled');
  });

  it('lists every rule and every flag with its state', () => {
    expect(finding.rules.map(({ id }) => id)).toEqual(ruleSet.rules.map(({ id }) => id));
    expect(finding.flags.map(({ id }) => id)).toEqual(ruleSet.flags.map(({ id }) => id));
    expect(finding.rules.find(({ id }) => id === 'M-7-4')?.state).toBe('false');
  });

  it('has words in three languages for all it says', () => {
    const texts = [...finding.citations, ...(finding.requirement?.documents ?? []), ...finding.further[0]!.clocks];
    for (const { text } of texts) for (const language of languages) expect(text[language]).toMatch(/\S/);
  });
});
