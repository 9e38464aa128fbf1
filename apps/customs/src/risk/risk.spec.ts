import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askToLift, liftHold, type Hold } from './hold.js';
import { builtInRiskPolicy as policy } from './risk-policy.js';
import { isAccepted, scoreRisk, type RiskSignals } from './risk.js';

const calm: RiskSignals = {
  ...{ firstRecipient: false, percentOfLimit: 10, onward: false, retentionDays: 30, splitting: [], contradictions: [] },
  ...{ needsPerson: false, timesReturned: 0 },
};
const facts = { 'd.sensitive': false, 'd.health': false, 'd.under14': false, 'd.hgr': 'none' };
const rulesOf = (known: object, signals: Partial<RiskSignals> = {}): string[] =>
  scoreRisk(policy, { ...facts, ...known }, { ...calm, ...signals }).reasons.map(({ rule }) => rule);

describe('the risk of a declaration', () => {
  it.each<[string, object, Partial<RiskSignals>]>([
    ['RISK-FIRST-RECIPIENT', {}, { firstRecipient: true }],
    ['RISK-NEAR-THRESHOLD', {}, { percentOfLimit: 80 }],
    ['RISK-SENSITIVE', { 'd.sensitive': true }, {}],
    ['RISK-HEALTH', { 'd.health': true }, {}],
    ['RISK-UNDER-14', { 'd.under14': true }, {}],
    ['RISK-GENES', { 'd.hgr': 'info' }, {}],
    ['RISK-ONWARD', {}, { onward: true }],
    ['RISK-RETENTION', {}, { retentionDays: 1825 }],
    ['RISK-CONTRADICTION', {}, { contradictions: [{ fact: 'exp.ciio', declarationId: 'dcl_2' }] }],
    ['RISK-SPLITTING', {}, { splitting: ['SPLIT-RECIPIENT'] }],
    ['RISK-OPEN-LAW', {}, { needsPerson: true }],
    ['RISK-RETURNED', {}, { timesReturned: 2 }],
  ])('sees %s by itself', (rule, known, signals) => expect(rulesOf(known, signals)).toEqual([rule]));
  it('is nothing where nothing speaks against it, and unknown is no reason', () => {
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({ 'd.sensitive': null }, { percentOfLimit: null, retentionDays: null })).toEqual([]);
  });
  it('names its evidence', () => {
    const { reasons } = scoreRisk(policy, facts, {
      ...calm,
      contradictions: [{ fact: 'exp.ciio', declarationId: 'dcl_2' }],
    });
    expect(reasons).toEqual([
      { rule: 'RISK-CONTRADICTION', points: 40, evidence: ['risk.contradictions = 1', 'exp.ciio in dcl_2'] },
    ]);
  });
  it('of splitting alone, or contradictory answers with a new recipient and more, is held', () => {
    const score = (signals: Partial<RiskSignals>): number => scoreRisk(policy, facts, { ...calm, ...signals }).score;
    expect(score({ splitting: ['x'] })).toBeGreaterThanOrEqual(policy.holdAt);
    expect(score({ firstRecipient: true, percentOfLimit: 100 })).toBeLessThan(policy.holdAt);
  });
  it('is accepted only with every reason that officers have seen', () => {
    const names = fc.subarray(policy.rules.map(({ id }) => id));
    fc.assert(
      fc.property(names, names, (now, seen) => {
        const risk = { score: 0, reasons: now.map((rule) => ({ rule, points: 1, evidence: [] })) };
        expect(isAccepted(risk, [seen])).toBe(now.every((rule) => seen.includes(rule)));
      }),
    );
  });
});

describe('a hold', () => {
  const at = new Date('2026-12-02T02:00:00Z');
  const hold: Hold = {
    ...{ id: 'hld_1', declarationId: 'dcl_1', reason: 'why', riskReasons: [], putBy: 'usr_a', putAt: at },
    ...{ risk: null, liftReason: null, liftAskedBy: null, liftAskedAt: null, liftedBy: null, liftedAt: null },
  };
  it('is never lifted by one person alone, whatever they do and in whatever order', () => {
    const step = fc.record({ who: fc.constantFrom('usr_a', 'usr_b', 'usr_c'), lifts: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let now = hold;
        for (const { who, lifts } of steps) {
          const outcome = lifts ? liftHold(now, { by: who, at }) : askToLift(now, { reason: 'r', by: who, at });
          if (outcome.ok) now = outcome.value;
        }
        if (now.liftedBy === null) return;
        expect(now.liftAskedBy).not.toBeNull();
        expect(now.liftAskedBy).not.toBe(now.liftedBy);
      }),
    );
  });
});
