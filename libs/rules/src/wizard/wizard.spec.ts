import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { baseFacts, workedCases } from '../../test/reference.js';
import { checkFacts } from '../checks/check-facts.js';
import type { Fact, Facts, FactValue } from '../engine/rule-set.js';
import { szdexCrossBorder2026111 as ruleSet } from '../szdex/szdex-2026-11-1.js';
import { Wizard } from './wizard.js';

const wizard = new Wizard(ruleSet);
const counts = [0, 1, 9_999, 10_000, 99_999, 100_000, 1_000_000, 20_000_000];

function valueOf(fact: Fact): fc.Arbitrary<FactValue> {
  if (fact.type === 'bool') return fc.boolean();
  if (fact.type === 'int') return fc.constantFrom(...counts);
  const often = fact.key === 'tx.origin' ? fc.constant('CN') : fc.constantFrom(...fact.values);
  return fc.oneof({ weight: 3, arbitrary: often }, { weight: 1, arbitrary: fc.constantFrom(...fact.values) });
}
/** Whole answers that do not contradict each other. */
const whole: fc.Arbitrary<Facts> = fc
  .record(Object.fromEntries(ruleSet.facts.map((fact) => [fact.key, valueOf(fact)])))
  .filter((facts) => checkFacts(ruleSet, facts).ok);
const hidden = fc.constantFrom(0.1, 0.4, 0.9).chain((share) =>
  fc.array(
    fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x < share),
    { minLength: 32, maxLength: 32 },
  ),
);
const hide = (facts: Facts, mask: readonly boolean[]): Facts =>
  Object.fromEntries(Object.entries(facts).map(([key, value], at) => [key, mask[at] ? null : value]));
const said = ({ pathway, rule, flags, doubts, needsPerson }: ReturnType<Wizard['ask']>['finding']) => ({
  ...{ pathway, rule, flags, doubts, needsPerson },
});

describe('the wizard', () => {
  it('asks first what settles most, and names the pathways the answer may still become', () => {
    const start = wizard.ask({});
    expect(start.questions[0]).toBe('tx.origin');
    expect(new Set(start.possible)).toEqual(new Set(ruleSet.pathways.map(({ id }) => id)));
    const abroad = { 'tx.destination': 'CN', 'd.core_or_secret': false };
    expect(wizard.ask({ ...abroad, 'tx.origin': 'VN' }).possible).toEqual(['VN_PDPL_CTIA']);
    expect(wizard.ask({ ...abroad, 'tx.origin': 'SG' }).possible).toEqual(['EXEMPT', 'SG_PDPA_S26']);
  });

  it('says what a count decides while it is open', () => {
    const sensitive = { ...baseFacts, 'd.sensitive': true, 'd.pi': 'deidentified', 'ytd.sensitive': null };
    const state = wizard.ask(sensitive);
    expect([state.questions, [...state.possible].sort()]).toEqual([
      ['ytd.sensitive'],
      ['SC_OR_CERT', 'SECURITY_ASSESSMENT'],
    ]);
  });

  it('does not ask what follows from the answers, and says from which rule it follows', () => {
    const { implied, facts, questions } = wizard.ask({ 'd.pi': 'none' });
    expect(implied).toEqual([
      { fact: 'd.sensitive', values: [false], because: 'X-SENSITIVE-NOT-PI' },
      { fact: 'd.under14', values: [false], because: 'X-CHILD-NOT-PI' },
    ]);
    expect(wizard.ask({ 'd.sensitive': true }).implied).toMatchObject([
      { fact: 'd.pi', values: ['deidentified', 'identified'] },
    ]);
    expect([facts['d.sensitive'], questions.includes('d.under14')]).toEqual([false, false]);
  });

  it.each(workedCases)('comes to the worked case $id', ({ facts, expect: wanted }) => {
    const state = wizard.ask({ ...baseFacts, ...facts });
    expect([state.finding.pathway, state.finding.rule, state.questions, state.possible]).toEqual([
      ...[wanted.pathway, wanted.rule, [], [wanted.pathway]],
    ]);
  });

  it('asks only what matters: every question has two possible answers that lead to different findings', () => {
    fc.assert(
      fc.property(whole, hidden, (facts, mask) => {
        const state = wizard.ask(hide(facts, mask));
        for (const key of state.questions) {
          const fact = ruleSet.facts.find((each) => each.key === key) as Fact;
          const values = fact.type === 'enum' ? fact.values : fact.type === 'bool' ? [true, false] : counts;
          const possible = values
            .map((value) => ({ ...state.facts, [key]: value }))
            .filter((each) => checkFacts(ruleSet, each).ok);
          const findings = possible.map((each) => wizard.engine.evaluate(each));
          const different = new Set(
            findings.map(({ pathway, rules, flags, doubts }) => JSON.stringify([pathway, rules, flags, doubts])),
          );
          expect([key, different.size > 1]).toEqual([key, true]);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('never calls a pathway impossible that some answers lead to, and once nothing is asked nothing changes it', () => {
    fc.assert(
      fc.property(whole, hidden, (facts, mask) => {
        const state = wizard.ask(hide(facts, mask));
        const end = wizard.ask(facts).finding;
        expect(state.possible).toContain(end.pathway);
        if (state.questions.length === 0 && state.finding.pathway !== 'BLOCKED')
          expect(said(state.finding)).toEqual(said(end));
      }),
      { numRuns: 150 },
    );
  });

  it('never takes unknown for false: what it infers holds in every whole answer, and so does every state it names', () => {
    fc.assert(
      fc.property(whole, hidden, (facts, mask) => {
        const state = wizard.ask(hide(facts, mask));
        for (const { fact, values } of state.implied)
          expect([fact, values.includes(facts[fact] as FactValue)]).toEqual([fact, true]);
        const end = wizard.engine.evaluate(facts);
        for (const list of ['rules', 'flags', 'doubts'] as const)
          state.finding[list].forEach(({ id, state: known }, at) => {
            if (known !== 'unknown') expect([id, end[list][at]?.state]).toEqual([id, known]);
          });
      }),
      { numRuns: 150 },
    );
  });

  it('does not depend on the order in which answers came', () => {
    fc.assert(
      fc.property(whole, hidden, fc.array(fc.nat(), { minLength: 32, maxLength: 32 }), (facts, mask, order) => {
        const partial = hide(facts, mask);
        const entries = Object.entries(partial).map((entry, at) => [order[at] ?? 0, entry] as const);
        const shuffled = Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, entry]) => entry));
        const [first, second] = [wizard.ask(partial), wizard.ask(shuffled)];
        expect([second.questions, second.possible, said(second.finding)]).toEqual([
          first.questions,
          first.possible,
          said(first.finding),
        ]);
      }),
      { numRuns: 40 },
    );
  });
});
