import { expect, it } from '@jest/globals';
import type { Offer, Simulation } from '@hetao/client';
import { bpsOf, compared, percentOfBps, trialOf } from './fee-trial.rules.js';

const offer = {
  plan: {
    currency: 'CNY',
    components: [{ kind: 'per_unit', id: 'calls', meter: 'calls', unit_price: '0.12', per: '1' }],
    fee: { exchange_bps: 250, channel_bps: 100 },
  },
  time_zone: 'Asia/Shanghai',
  term: { from: '2026-11-01T00:00:00+08:00', until: '2027-11-01T00:00:00+08:00' },
  channel_partner_id: null,
} as unknown as Offer;

const simulation = (...shares: readonly (readonly [string, string])[]) =>
  ({
    gross: { amount: '100.00', currency: 'CNY' },
    months: [{ shares: shares.map(([party, amount]) => ({ party, amount: { amount, currency: 'CNY' } })) }],
  }) as unknown as Simulation;

it('a fee is written in percent and kept in hundredths of one, exactly', () => {
  expect([250, 0, 1, 10_000].map(percentOfBps)).toEqual(['2.5', '0', '0.01', '100']);
  expect(['2.5', '0', '0.01', '100', '0.29'].map(bpsOf)).toEqual([250, 0, 1, 10_000, 29]);
});

it('a trial changes the fee of the exchange and nothing else of the plan', () => {
  const trial = trialOf(offer, '2026-11', 300, { calls: ' 900 ', rows: '' });
  expect(trial.plan).toEqual({ ...offer.plan, fee: { exchange_bps: 300, channel_bps: 100 } });
  expect(trial.months).toEqual([{ period: '2026-11', usage: [{ meter: 'calls', quantity: '900' }] }]);
  expect(trial.channel_partner).toBe(false);
});

it('a plan without meters is tried with one use: a month without any costs nothing', () => {
  const flat = { ...offer, plan: { ...offer.plan, components: [{ kind: 'flat', id: 'access', amount: '1.00' }] } };
  expect(trialOf(flat as Offer, '2026-11', 300).months[0]?.usage).toEqual([{ meter: 'calls', quantity: '1' }]);
  expect(trialOf(offer, '2026-11', 300).months[0]?.usage).toEqual([]);
});

it('what one party gains another loses, to the cent', () => {
  const rows = compared(
    simulation(['merchant', '97.50'], ['exchange', '2.50']),
    simulation(['merchant', '96.99'], ['exchange', '3.01']),
  );
  expect(rows.map(({ party, difference }) => [party, difference.amount])).toEqual([
    ['merchant', '-0.51'],
    ['exchange', '0.51'],
  ]);
});

it('who gets something under one fee alone gets nothing under the other', () => {
  expect(compared(simulation(['merchant', '100.00']), simulation(['exchange', '100.00']))).toMatchObject([
    { party: 'merchant', tried: { amount: '0.00' } },
    { party: 'exchange', inForce: { amount: '0.00' } },
  ]);
});
