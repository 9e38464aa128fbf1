import { describe, expect, it } from '@jest/globals';
import type { InvoiceDetail, PayoutDetail } from '@hetao/client';
import { foreignCurrencies, waterfallOf } from './waterfall.rules.js';

const cny = (amount: string) => ({ amount, currency: 'CNY' as const });

const invoice = {
  id: 'inv_1',
  number: 'HX-2026-000001',
  gross: cny('2086.99'),
  shares: [
    { share: 'exchange', amount: cny('49.22') },
    { share: 'channel', amount: cny('23.63') },
    { share: 'merchant', amount: cny('1896.01') },
    { share: 'tax', amount: cny('118.13') },
    { share: 'source', amount: cny('0.00') },
  ],
} as unknown as InvoiceDetail;

const payout = {
  share: 'merchant',
  gross: cny('1896.01'),
  amount: cny('1896.01'),
  items: [{ invoice_id: 'inv_1', invoice_number: 'HX-2026-000001', amount: cny('1896.01') }],
} as unknown as PayoutDetail;

describe('from gross to net', () => {
  it('takes off what each party has, line by line, and ends at what the bank paid', () => {
    const steps = waterfallOf(payout, [invoice]);
    expect(steps.map(({ name, money }) => [name, money.amount])).toEqual([
      ['gross', '2086.99'],
      ['tax', '-118.13'],
      ['exchange', '-49.22'],
      ['channel', '-23.63'],
      ['others', '0.00'],
      ['earned', '1896.01'],
      ['net', '1896.01'],
    ]);
    expect(steps[1]?.lines).toEqual([{ invoiceId: 'inv_1', number: 'HX-2026-000001', money: cny('-118.13') }]);
  });

  it('says what was kept of it', () => {
    const kept = waterfallOf({ ...payout, amount: cny('1800.00') }, [invoice]).find(({ name }) => name === 'kept');
    expect(kept?.money).toEqual(cny('-96.01'));
  });

  it('knows whether any currency was exchanged', () => {
    expect(foreignCurrencies(payout, [invoice])).toEqual([]);
    expect(foreignCurrencies({ ...payout, amount: { amount: '2000.00', currency: 'HKD' } }, [invoice])).toEqual([
      'CNY',
    ]);
  });
});
