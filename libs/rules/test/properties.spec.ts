import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RuleEngine, szdexCrossBorder202611 as ruleSet, type Fact, type Facts, type FactValue } from '../src/index.js';
import { modelOutcome } from './reference.js';

const engine = new RuleEngine(ruleSet);
const counts = [0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000, 10_000_000, 20_000_000];

function valueOf(fact: Fact): fc.Arbitrary<FactValue> {
  if (fact.type === 'bool') return fc.boolean();
  if (fact.type === 'int') return fc.constantFrom(...counts);
  // The mainland is where the rules differ most; weight it, so that runs reach the later stages.
  const often = fact.key === 'tx.origin' ? fc.constant('CN') : fc.constantFrom(...fact.values);
  return fc.oneof({ weight: 3, arbitrary: often }, { weight: 1, arbitrary: fc.constantFrom(...fact.values) });
}
const whole: fc.Arbitrary<Facts> = fc.record(
  Object.fromEntries(ruleSet.facts.map((fact) => [fact.key, valueOf(fact)])),
);
/** Which facts stay unknown: few, some or nearly all of them. */
const hidden = fc.constantFrom(0.05, 0.3, 0.9).chain((share) =>
  fc.array(
    fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x < share),
    { minLength: 32, maxLength: 32 },
  ),
);
const hide = (facts: Facts, mask: readonly boolean[]): Facts =>
  Object.fromEntries(Object.entries(facts).map(([key, value], at) => [key, mask[at] ? null : value]));

const weight = (pathway: string): number | undefined => ruleSet.pathways.find(({ id }) => id === pathway)?.weight;
const runs = { numRuns: 2_000 };

describe('the engine', () => {
  it('says what the plain model over the reference says, known or unknown', () => {
    fc.assert(
      fc.property(whole, hidden, (facts, mask) => {
        const partial = hide(facts, mask);
        const finding = engine.evaluate(partial);
        const model = modelOutcome(partial);
        expect([finding.pathway, finding.rule]).toEqual([model.pathway, model.rule]);
        const states = { true: true, false: false, unknown: null };
        for (const { id, state } of finding.rules) expect([id, states[state]]).toEqual([id, model.states[id]]);
      }),
      runs,
    );
  });

  it('never takes unknown for false: what it says of rules, flags and doubts holds however the gaps are filled', () => {
    fc.assert(
      fc.property(whole, hidden, (facts, mask) => {
        const before = engine.evaluate(hide(facts, mask));
        const after = engine.evaluate(facts);
        for (const list of ['rules', 'flags', 'doubts'] as const) {
          before[list].forEach(({ id, state }, at) => {
            if (state !== 'unknown') expect([id, state]).toEqual([id, after[list][at]?.state]);
          });
        }
        if (before.pathway !== 'NEEDS_INFO' && before.openRules.length === 0)
          expect(after.pathway).toBe(before.pathway);
      }),
      runs,
    );
  });

  it('is monotone in volume: more people never lead to a lighter mechanism', () => {
    const more = fc.constantFrom(...counts);
    fc.assert(
      fc.property(whole, more, more, (facts, general, sensitive) => {
        const larger: Facts = {
          ...facts,
          'ytd.general': Math.max(facts['ytd.general'] as number, general),
          'ytd.sensitive': Math.max(facts['ytd.sensitive'] as number, sensitive),
        };
        const [light, heavy] = [engine.evaluate(facts).pathway, engine.evaluate(larger).pathway];
        const [from, to] = [weight(light), weight(heavy)];
        if (from === undefined || to === undefined) expect(heavy).toBe(light);
        else expect(to).toBeGreaterThanOrEqual(from);
      }),
      runs,
    );
  });

  it('does not depend on the order in which facts are given, nor on what it was asked before', () => {
    fc.assert(
      fc.property(whole, hidden, fc.array(fc.nat(), { minLength: 32, maxLength: 32 }), (facts, mask, order) => {
        const partial = hide(facts, mask);
        const entries = Object.entries(partial).map((entry, at) => [order[at] ?? 0, entry] as const);
        const shuffled = Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, entry]) => entry));
        const first = engine.evaluate(partial);
        engine.evaluate(facts);
        expect(engine.evaluate(shuffled)).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });

  it('asks only what matters: a fact it does not ask for changes nothing, whatever its value', () => {
    fc.assert(
      fc.property(whole, hidden, (facts, mask) => {
        const partial = hide(facts, mask);
        const asked = new Set(engine.nextQuestions(partial));
        const filled = Object.fromEntries(
          Object.entries(partial).map(([key, value]) => [key, value ?? (asked.has(key) ? null : facts[key])]),
        );
        const [before, after] = [engine.evaluate(partial), engine.evaluate(filled)];
        const final = before.pathway === 'BLOCKED';
        expect(after.pathway).toBe(before.pathway);
        if (!final)
          expect([after.flags, after.doubts, after.waitingFor]).toEqual([
            before.flags,
            before.doubts,
            before.waitingFor,
          ]);
      }),
      runs,
    );
  });

  it('comes to an end: answering its questions one by one always leads to an answer', () => {
    fc.assert(
      fc.property(whole, (facts) => {
        let known: Facts = {};
        for (let answered = 0; answered <= ruleSet.facts.length; answered += 1) {
          const [next] = engine.nextQuestions(known);
          if (next === undefined) break;
          expect(known[next]).toBeUndefined();
          known = { ...known, [next]: facts[next] };
        }
        const [finding, whole_] = [engine.evaluate(known), engine.evaluate(facts)];
        expect([finding.pathway, engine.nextQuestions(known)]).toEqual([whole_.pathway, []]);
      }),
      { numRuns: 500 },
    );
  });
});
