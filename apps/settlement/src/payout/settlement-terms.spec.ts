import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutoffOf, defaultTerms, planPayout, type SettlementTerms } from './settlement-terms.js';

const terms = (change: Partial<SettlementTerms>): SettlementTerms => ({ ...defaultTerms, ...change });
const due = (newMinor: bigint, waitedMinor = 0n, owedBackMinor = 0n) => ({
  newMinor,
  waitedMinor,
  owedBackMinor,
  currency: 'CNY' as const,
});

describe('when a party is paid', () => {
  it.each([
    [{ kind: 'monthly' } as const, '2015-06-10', '2015-06-10'],
    [{ kind: 'weekly', weekday: 3 } as const, '2015-06-10', '2015-06-10'],
    [{ kind: 'weekly', weekday: 5 } as const, '2015-06-10', null],
    [{ kind: 'weekly', weekday: 7 } as const, '2016-02-28', '2016-02-28'],
    [{ kind: 'after_days', days: 2 } as const, '2016-03-01', '2016-02-28'],
    [{ kind: 'after_days', days: 0 } as const, '2015-06-10', '2015-06-10'],
  ])('%j on %s: what was paid until %j', (cycle, today, cutoff) => {
    expect(cutoffOf(terms({ cycle }), today)).toBe(cutoff);
  });

  it('on each day of a week exactly once', () => {
    const week = Array.from({ length: 7 }, (_, n) => `2015-06-${String(8 + n).padStart(2, '0')}`);
    week.forEach((today, index) => {
      expect(cutoffOf(terms({ cycle: { kind: 'weekly', weekday: index + 1 } }), today)).toBe(today);
    });
  });
});

describe('what is paid', () => {
  const today = '2015-06-10';
  it('keeps a reserve of what is new, until its date', () => {
    expect(
      planPayout(due(10_001n, 500n), terms({ reserveBps: 1_000, reserveDays: 90 }), { held: false, today }),
    ).toEqual({
      payMinor: 9_501n,
      reserveMinor: 1_000n,
      nettedMinor: 0n,
      deferred: null,
      releaseOn: '2015-09-08',
    });
  });

  it('waits below the minimum, and together with what waited it may be enough', () => {
    const least = terms({ minimumMinor: { CNY: 1_000n } });
    expect(planPayout(due(999n), least, { held: false, today }).deferred).toBe('threshold');
    expect(planPayout(due(999n, 1n), least, { held: false, today })).toMatchObject({
      deferred: null,
      payMinor: 1_000n,
    });
    expect(planPayout(due(999n, 1n), least, { held: true, today }).deferred).toBe('hold');
  });

  it('sets off what the party owes back, and never pays less than nothing', () => {
    expect(planPayout(due(100n, 0n, 30n), defaultTerms, { held: false, today })).toMatchObject({
      payMinor: 70n,
      nettedMinor: 30n,
    });
    expect(planPayout(due(100n, 0n, 300n), defaultTerms, { held: false, today })).toMatchObject({
      payMinor: 0n,
      nettedMinor: 100n,
    });
  });

  it('for any amounts: the parts are the whole, none of them negative', () => {
    const amount = fc.bigInt(0n, 10n ** 18n);
    fc.assert(
      fc.property(amount, amount, amount, fc.integer({ min: 0, max: 10_000 }), (fresh, waited, owed, reserveBps) => {
        const plan = planPayout(due(fresh, waited, owed), terms({ reserveBps, reserveDays: 30 }), {
          held: false,
          today,
        });
        expect(plan.payMinor + plan.reserveMinor + plan.nettedMinor).toBe(fresh + waited);
        expect([plan.payMinor, plan.reserveMinor, plan.nettedMinor].every((part) => part >= 0n)).toBe(true);
      }),
    );
  });
});
