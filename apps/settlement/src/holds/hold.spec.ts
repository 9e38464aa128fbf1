import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { credit, debit, type AccountKey } from '../ledger/ledger.js';
import { checkReservation, checkVoid, holdStates, keyOfHold, postingOfHold, type Hold } from './hold.js';

const owed: AccountKey = { owner: 'org_1', kind: 'payable:merchant', currency: 'CNY' };
const out: AccountKey = { owner: 'exchange', kind: 'clearing:bank_out', currency: 'CNY' };
const now = new Date('2015-06-10T08:00:00Z');
const hold: Hold = {
  holdId: 'hld_1',
  idempotencyKey: 'k',
  movement: 'payout_instructed',
  effectiveAt: now,
  period: '2015-06',
  reference: { kind: 'payout', id: 'pay_1' },
  legs: [debit(owed, 100n), credit(out, 100n)],
  expiresAt: new Date('2015-06-11T08:00:00Z'),
  state: 'reserved',
  postedAs: null,
};

describe('a hold', () => {
  it.each(holdStates)('that is %s can be posted and given up as its state allows', (state) => {
    const posted = postingOfHold({ ...hold, state }, {}, now);
    const voided = checkVoid({ ...hold, state });
    const codes = [posted, voided].map((result) => (result.ok ? 'ok' : result.error.code));
    expect(codes).toEqual(
      {
        reserved: ['ok', 'ok'],
        // The same posting once more: the ledger answers what it is already.
        posted: ['ok', 'HOLD_RESOLVED'],
        voided: ['HOLD_RESOLVED', 'ok'],
        expired: ['HOLD_RESOLVED', 'HOLD_RESOLVED'],
      }[state],
    );
  });

  it('is over at the instant it expires, unless it was posted before', () => {
    const at = (ms: number) => new Date(hold.expiresAt.getTime() + ms);
    expect(postingOfHold(hold, {}, at(-1)).ok).toBe(true);
    expect(postingOfHold(hold, {}, at(0))).toMatchObject({ error: { code: 'HOLD_EXPIRED' } });
    expect(postingOfHold({ ...hold, state: 'posted' }, {}, at(1)).ok).toBe(true);
  });

  it('becomes a posting with one key, dated anew where its month is closed', () => {
    const effectiveAt = new Date('2015-07-01T00:00:00Z');
    expect(postingOfHold(hold, { effectiveAt, period: '2015-07' }, now)).toMatchObject({
      ok: true,
      value: { idempotencyKey: keyOfHold('hld_1'), effectiveAt, period: '2015-07', reference: hold.reference },
    });
    expect(postingOfHold(hold, { period: null }, now)).toMatchObject({ ok: true, value: { period: null } });
  });

  it('gives at most what it reserved, all legs on an account and side taken together', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(1n, 60n), { minLength: 1, maxLength: 4 }), (parts) => {
        const legs = parts.flatMap((amount) => [debit(owed, amount), credit(out, amount)]);
        const fits = parts.reduce((sum, amount) => sum + amount, 0n) <= 100n;
        expect(postingOfHold(hold, { legs }, now).ok).toBe(fits);
      }),
    );
    const turned = { legs: [credit(owed, 1n), debit(out, 1n)] };
    expect(postingOfHold(hold, turned, now)).toMatchObject({ error: { code: 'HOLD_EXCEEDED' } });
  });

  it.each([
    ['in the past', -1, false],
    ['now', 0, false],
    ['in a moment', 1, true],
    ['in 400 days', 400 * 86_400_000, true],
    ['later than that', 400 * 86_400_000 + 1, false],
    ['never', Number.NaN, false],
  ])('may end %s: %s ms', (_when, ms, allowed) => {
    const reservation = { ...hold, expiresAt: new Date(now.getTime() + ms) };
    expect(checkReservation(reservation, now).ok).toBe(allowed);
  });
});
