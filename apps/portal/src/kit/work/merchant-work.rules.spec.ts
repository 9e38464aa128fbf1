import { describe, expect, it } from '@jest/globals';
import type { Payout } from '@hetao/client';
import { lastPaid, merchantNeeds, type MerchantWork } from './merchant-work.rules.js';

const payout = (period: string, amount: string, status: Payout['status'] = 'settled', currency = 'CNY') =>
  ({ period, status, amount: { amount, currency } }) as Payout;

describe('what a merchant has to do', () => {
  const work = (some: object) =>
    merchantNeeds({
      requests: [],
      agreements: [],
      products: [],
      payouts: [],
      approvals: [],
      returnedDeclarations: [],
      organisation: { status: 'approved' },
      ...some,
    } as unknown as MerchantWork);

  it('is to answer what a buyer asked, not what lies with the buyer', () => {
    const requests = [
      { status: 'requested', offered_by: 'buyer' },
      { status: 'requested', offered_by: 'merchant' },
      { status: 'agreed', offered_by: 'buyer' },
    ];
    expect(work({ requests }).requests).toEqual([requests[0]]);
  });

  it('is to sign what it has not signed', () => {
    const agreements = [
      { status: 'awaiting_signatures', signatures: [{ party: 'buyer' }] },
      { status: 'awaiting_signatures', signatures: [{ party: 'merchant' }] },
    ];
    expect(work({ agreements }).sign).toEqual([agreements[0]]);
  });

  it.each([
    ['approved', false],
    ['review', false],
    ['supplement', true],
    ['draft', true],
  ])('an organisation that is %s has onboarding to do: %s', (status, open) => {
    expect(work({ organisation: { status } }).onboarding).toBe(open);
  });
});

describe('what was paid last', () => {
  it('is the newest month that arrived, by currency', () => {
    const payouts = [
      payout('2026-09', '5.00'),
      payout('2026-10', '0.10'),
      payout('2026-10', '0.20'),
      payout('2026-10', '7.00', 'settled', 'HKD'),
      payout('2026-11', '9.00', 'instructed'),
    ];
    expect(lastPaid(payouts)).toEqual({
      month: '2026-10',
      sums: [
        { amount: '0.30', currency: 'CNY' },
        { amount: '7.00', currency: 'HKD' },
      ],
    });
  });

  it('is nothing before the first', () => {
    expect(lastPaid([])).toBeUndefined();
  });
});
