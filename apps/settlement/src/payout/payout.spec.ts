import { describe, expect, it } from '@jest/globals';
import { newId } from '@hetao/kernel';
import fc from 'fast-check';
import { endToEndIdOf, payablesOf, type OpenShare } from './payout.js';

describe('payables', () => {
  const share: fc.Arbitrary<OpenShare> = fc.record({
    invoiceId: fc.stringMatching(/^inv_[a-z0-9]{6}$/),
    share: fc.constantFrom('merchant' as const, 'channel' as const),
    shareKey: fc.constantFrom('merchant', 'channel'),
    paidOn: fc.constant('2015-06-10'),
    owner: fc.constantFrom('org_a', 'org_b'),
    amountMinor: fc.bigInt(1n, 10n ** 12n),
    currency: fc.constantFrom('CNY' as const, 'VND' as const),
  });

  it('are one per party, role and currency, hold every share once, and come in the same order for any order of shares', () => {
    fc.assert(
      fc.property(fc.array(share, { maxLength: 30 }), (shares) => {
        const payables = payablesOf(shares);
        const keys = payables.map(({ beneficiaryId, share: role, currency }) => `${beneficiaryId} ${role} ${currency}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(payables.flatMap(({ items }) => items)).toHaveLength(shares.length);
        for (const { items, amountMinor, beneficiaryId, currency } of payables) {
          expect(items.reduce((sum, item) => sum + item.amountMinor, 0n)).toBe(amountMinor);
          expect(items.every((item) => item.owner === beneficiaryId && item.currency === currency)).toBe(true);
        }
        const reversed = payablesOf([...shares].reverse());
        expect(reversed.map(({ amountMinor }) => amountMinor)).toEqual(payables.map(({ amountMinor }) => amountMinor));
      }),
    );
  });
});

describe('the reference that a bank carries', () => {
  it('fits ISO 20022 Max35Text in the character set of SEPA', () => {
    expect(endToEndIdOf(newId('pay'))).toMatch(/^PAY[0-9A-Z]{26}$/);
  });
});
