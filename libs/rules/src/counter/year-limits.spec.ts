import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { baseFacts } from '../../test/reference.js';
import { RuleEngine } from '../engine/engine.js';
import type { Facts } from '../engine/rule-set.js';
import { szdexCrossBorder202611 as ruleSet } from '../szdex/szdex-2026-11.js';
import { yearLimits } from './year-limits.js';

const engine = new RuleEngine(ruleSet);
const of = (facts: Facts) => yearLimits(engine, { ...baseFacts, ...facts });
const weight = (facts: Facts): number | undefined =>
  ruleSet.pathways.find(({ id }) => id === engine.evaluate(facts).pathway)?.weight;

describe('the limits of a year', () => {
  it('are where the law puts them', () => {
    expect(of({ 'ytd.general': 500 })).toEqual({ general: 100_000, sensitive: null });
    expect(of({ 'ytd.general': 100_000 })).toEqual({ general: 1_000_000, sensitive: null });
    expect(of({ 'd.sensitive': true, 'ytd.sensitive': 8_000 })).toEqual({ general: 1_000_000, sensitive: 10_000 });
    expect(of({ 'd.sensitive': true, 'ytd.sensitive': 10_000 })).toEqual({ general: null, sensitive: null });
    expect(of({ 'tx.purpose': 'individual_contract' })).toEqual({ general: null, sensitive: null });
    expect(of({ 'tx.origin': 'SG', 'tx.destination': 'CN' })).toEqual({ general: null, sensitive: null });
  });
  it('are exactly the counts from which the rules ask for more', () => {
    const count = fc.oneof(fc.nat(12_000), fc.nat(1_100_000));
    const flags = fc.record({ 'd.sensitive': fc.boolean(), 'exp.ciio': fc.boolean() });
    const counts = fc.record({ 'ytd.general': count, 'ytd.sensitive': count });
    fc.assert(
      fc.property(flags, counts, counts, (known, now, more) => {
        const facts: Facts = { ...baseFacts, ...known, ...now };
        const limits = yearLimits(engine, facts);
        const general = now['ytd.general'] + more['ytd.general'];
        const sensitive = now['ytd.sensitive'] + more['ytd.sensitive'];
        const reaches = (limit: number | null, persons: number): boolean => limit !== null && persons >= limit;
        const passed = reaches(limits.general, general) || reaches(limits.sensitive, sensitive);
        const later = { ...facts, 'ytd.general': general, 'ytd.sensitive': sensitive };
        expect(passed).toBe((weight(later) ?? 0) > (weight(facts) ?? 0));
      }),
      { numRuns: 1_000 },
    );
  });
});
