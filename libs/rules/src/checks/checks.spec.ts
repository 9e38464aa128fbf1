import { describe, expect, it } from '@jest/globals';
import { baseFacts } from '../../test/reference.js';
import type { Clause, Flag, Rule, RuleSet } from '../engine/rule-set.js';
import { szdexCrossBorder202611 as good } from '../szdex/szdex-2026-11.js';
import { checkFacts } from './check-facts.js';
import { checkRuleSet } from './check-rule-set.js';

const codes = (ruleSet: RuleSet): string[] => {
  const result = checkRuleSet(ruleSet);
  return result.ok ? [] : [...new Set(result.error.items?.map(({ code }) => code))];
};
const sample = good.rules.find(({ id }) => id === 'M-8-2') as Rule;
/** The good rule set with one more rule in front of the one named. */
const withRule = (before: string, change: Partial<Rule>): RuleSet => {
  const at = good.rules.findIndex(({ id }) => id === before);
  const plain: Rule = { ...sample, overrides: [] };
  const rule: Rule = { ...plain, id: 'NEW', stage: good.rules[at]?.stage ?? '', ...change };
  return { ...good, rules: [...good.rules.slice(0, at), rule, ...good.rules.slice(at)] };
};
const when = (...all: readonly Clause[]): { when: { all: readonly Clause[] } } => ({ when: { all } });
const withFlags = (...flags: readonly (readonly [string, Clause])[]): RuleSet => ({
  ...good,
  flags: [...good.flags, ...flags.map(([id, clause]): Flag => ({ ...(good.flags[0] as Flag), id, ...when(clause) }))],
});

describe('a rule set is refused when', () => {
  it('a rule is out of reach: behind another, against itself, or only for facts that contradict each other', () => {
    expect(codes(withRule('M-8-1', { ...when(...sample.when.all) }))).toEqual(['RULE_UNREACHABLE']);
    expect(codes(withRule('M-7-2', when(['ytd.general', 'lt', 5], ['ytd.general', 'gt', 7])))).toEqual([
      'RULE_UNREACHABLE',
    ]);
    expect(codes(withRule('M-7-2', when(['d.pi', 'eq', 'none'], ['d.sensitive', 'eq', true])))).toEqual([
      'RULE_UNREACHABLE',
    ]);
  });
  it('several earlier rules leave nothing between them', () => {
    const swallowed = withRule('DEF-01', { stage: 'foreign', ...when(['tx.origin', 'in', ['HK', 'SG', 'MY']]) });
    expect(codes(swallowed)).toEqual(['RULE_UNREACHABLE']);
  });
  it('two rules of a stage disagree and nobody said so', () => {
    const clash = withRule('M-7-4', { then: 'BLOCKED', ...when(['tx.origin', 'eq', 'CN'], ['exp.gba', 'eq', true]) });
    expect(codes(clash)).toContain('RULES_OVERLAP');
    expect(
      codes(
        withRule('M-7-4', {
          then: 'SC_OR_CERT',
          overrides: ['M-7-NL'],
          ...when(['tx.origin', 'eq', 'CN'], ['exp.gba', 'eq', true]),
        }),
      ),
    ).toContain('OVERRIDE_IDLE');
  });
  it('a rule reads what it decides, or flags read each other in a circle', () => {
    expect(codes(withRule('M-7-2', when(['pathway', 'eq', 'EXEMPT'])))).toEqual(['RULE_CIRCULAR']);
    expect(codes(withFlags(['A', ['flag.B', 'eq', true]], ['B', ['flag.A', 'eq', true]]))).toEqual(['RULE_CIRCULAR']);
    expect(codes(withFlags(['A', ['flag.B', 'eq', true]], ['B', ['flag.HEALTH_SECTOR_CHECK', 'eq', true]]))).toEqual(
      [],
    );
  });
  it.each<[string, Clause, string]>([
    ['a fact that does not exist', ['d.unheard_of', 'eq', true], 'FACT_UNKNOWN'],
    ['a value outside the list', ['tx.origin', 'eq', 'FR'], 'FACT_VALUE_INVALID'],
    ['one such value among good ones', ['tx.origin', 'in', ['CN', 'FR']], 'FACT_VALUE_INVALID'],
    ['an empty list', ['tx.origin', 'in', []], 'FACT_VALUE_INVALID'],
    ['a number where words are', ['tx.origin', 'lt', 5], 'OPERATOR_MISPLACED'],
    ['a list for eq', ['tx.origin', 'eq', ['CN']], 'OPERATOR_MISPLACED'],
    ['a comparison with nothing', ['tx.origin', 'eqfact', 'tx.nowhere'], 'FACT_UNKNOWN'],
  ])('a clause names %s', (_, clause, code) => expect(codes(withRule('M-7-2', when(clause)))).toEqual([code]));
  it('names lead nowhere, ids come twice, texts are missing, the order is broken, or a case is left over', () => {
    expect(codes(withRule('M-7-2', { then: 'SOMEWHERE', cite: ['NO-LAW'] }))).toEqual(['NAME_UNKNOWN']);
    expect(codes(withRule('M-7-2', { id: 'M-7-4' }))).toContain('ID_TWICE');
    expect(codes(withRule('M-7-2', { text: { ...sample.text, 'zh-Hant': ' ' } }))).toContain('TEXT_MISSING');
    expect(codes(withRule('M-7-2', { stage: 'foreign' }))).toContain('STAGE_ORDER');
    expect(codes({ ...good, rules: good.rules.slice(0, -1) })).toEqual(['NO_DEFAULT']);
  });
});

describe('facts are refused when', () => {
  const items = (facts: Record<string, unknown>) => {
    const result = checkFacts(good, { ...baseFacts, ...facts });
    return result.ok ? [] : result.error.items?.map(({ pointer, code }) => [pointer, code]);
  };
  it.each<[string, unknown, string]>([
    ['d.unheard_of', true, 'FACT_UNKNOWN'],
    ['__proto__x', 1, 'FACT_UNKNOWN'],
    ['tx.origin', 'FR', 'FACT_VALUE_INVALID'],
    ['tx.origin', 5, 'FACT_VALUE_INVALID'],
    ['d.health', 'yes', 'FACT_VALUE_INVALID'],
    ['ytd.general', -1, 'FACT_VALUE_INVALID'],
    ['ytd.general', 1.5, 'FACT_VALUE_INVALID'],
    ['ytd.general', '10', 'FACT_VALUE_INVALID'],
    ['ytd.general', Number.NaN, 'FACT_VALUE_INVALID'],
  ])('%s is %p', (key, value, code) => expect(items({ [key]: value })).toEqual([[`/${key}`, code]]));
  it.each<[string, Record<string, unknown>]>([
    ['sensitive data about nobody', { 'd.pi': 'none', 'd.sensitive': true }],
    ['children that are not sensitive', { 'd.under14': true, 'd.sensitive': false }],
    ['a list that applies in no zone', { 'exp.zone': 'none', 'nl.status': 'listed_sc' }],
    ['a review class of nothing', { 'd.hgr': 'none', 'd.hgr_review_class': true }],
  ])('they contradict each other: %s', (_, facts) => expect(items(facts)?.[0]?.[1]).toBe('FACTS_CONTRADICTORY'));
  it('and not while one of the two is unknown', () => {
    expect(items({ 'd.pi': null, 'd.sensitive': true, 'd.under14': null })).toEqual([]);
  });
});
