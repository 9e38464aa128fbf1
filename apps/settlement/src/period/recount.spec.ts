import { describe, expect, it } from '@jest/globals';
import { Recounting, type RatedAgreement } from './recount.js';

const agreement: RatedAgreement = {
  agreementId: 'agr_1',
  plan: {
    currency: 'CNY',
    components: [{ kind: 'per_unit', id: 'calls', meter: 'calls', unitPrice: '0.01', per: '1' }],
    fee: { exchangeBps: 500, channelBps: 0 },
    tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
  },
  tax: { jurisdiction: 'CN', rateBps: 600, mode: 'exclusive' },
  context: null,
  totals: [
    { meter: 'calls', quantity: '10000' },
    { meter: 'seats', quantity: '2.5' },
  ],
  charges: [{ chargeId: 'chg_1', meter: 'calls', quantity: '10000', amountMinor: 10_000n }],
};

describe('recounting', () => {
  it('finds what was kept equal to what the usage comes to', () => {
    const recounting = new Recounting();
    recounting.add(agreement, '2015-05');
    const { currencies, meters } = recounting.result();
    expect(currencies).toEqual([
      {
        currency: 'CNY',
        usage: { net: 10_000n, tax: 600n },
        rated: { net: 10_000n, tax: 600n },
        agreementIds: ['agr_1'],
        chargeIds: ['chg_1'],
      },
    ]);
    expect(meters.map(({ meter, usage, rated, unpriced }) => [meter, ...[usage, rated, unpriced].map(String)])).toEqual(
      [
        ['calls', '10000', '10000', '0'],
        ['seats', '2.5', '0', '2.5'],
      ],
    );
  });

  it('sees a charge that somebody changed', () => {
    const recounting = new Recounting();
    const [charge] = agreement.charges;
    if (charge === undefined) throw new Error('no charge');
    recounting.add({ ...agreement, charges: [{ ...charge, amountMinor: 9_999n }] }, '2015-05');
    const [cny] = recounting.result().currencies;
    expect(cny?.usage).toEqual({ net: 10_000n, tax: 600n });
    expect(cny?.rated).toEqual({ net: 9_999n, tax: 600n });
  });

  it('keeps currencies apart and adds agreements of one together', () => {
    const recounting = new Recounting();
    recounting.add(agreement, '2015-05');
    recounting.add({ ...agreement, agreementId: 'agr_2' }, '2015-05');
    recounting.add({ ...agreement, agreementId: 'agr_3', plan: { ...agreement.plan, currency: 'VND' } }, '2015-05');
    const { currencies } = recounting.result();
    // 10,000 calls at 0.01 are 100 whole dong: the charge kept in fen does not pass for them.
    expect(currencies.map(({ currency, usage, agreementIds }) => [currency, usage.net, agreementIds])).toEqual([
      ['CNY', 20_000n, ['agr_1', 'agr_2']],
      ['VND', 100n, ['agr_3']],
    ]);
  });
});
