import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { equationOf, type CurrencyFigures } from './equation.js';

const whole: CurrencyFigures = {
  currency: 'CNY',
  usage: { net: 10_000n, tax: 600n },
  rated: { net: 10_000n, tax: 600n },
  invoiced: { net: 10_000n, tax: 600n },
  credited: { net: 0n, tax: 0n },
  split: { merchant: 9_000n, channel: 200n, fee: 800n, tax: 600n },
  settled: { merchant: 9_000n, channel: 200n, fee: 800n, tax: 600n },
  clearing: new Map([['clearing:bank_in', 0n]]),
};

describe('the equation of a period', () => {
  it('holds when every source tells the same amount', () => {
    expect(equationOf(whole)).toEqual({
      currency: 'CNY',
      amounts: { usage: 10_600n, rated: 10_600n, invoiced: 10_600n, split: 10_600n, settled: 10_600n },
      differences: [],
      balanced: true,
    });
  });

  it('holds when what credit notes took back is missing from what was divided', () => {
    const back = { net: 1_000n, tax: 60n };
    const less = { ...whole.split, merchant: 8_000n, tax: 540n };
    expect(equationOf({ ...whole, credited: back, split: less, settled: less })).toMatchObject({
      differences: [],
      balanced: true,
    });
    expect(equationOf({ ...whole, credited: back }).differences).toEqual([
      { left: 'invoiced', right: 'split', amountMinor: -1_060n },
    ]);
  });

  it('names the neighbours that differ, and by how much', () => {
    const { differences, balanced } = equationOf({ ...whole, settled: { ...whole.settled, merchant: 0n } });
    expect(balanced).toBe(false);
    expect(differences).toEqual([{ left: 'split', right: 'settled', amountMinor: 9_000n }]);
  });

  it('does not hold while a clearing account holds anything', () => {
    expect(equationOf({ ...whole, clearing: new Map([['clearing:bank_in', -1n]]) }).balanced).toBe(false);
  });

  it('holds only if all five amounts are equal', () => {
    const amount = fc.bigInt(0n, 3n);
    fc.assert(
      fc.property(fc.tuple(amount, amount, amount, amount, amount), ([usage, rated, invoiced, split, settled]) => {
        const none = { merchant: 0n, channel: 0n, fee: 0n, tax: 0n };
        const { balanced } = equationOf({
          currency: 'HKD',
          usage: { net: usage, tax: 0n },
          rated: { net: rated, tax: 0n },
          invoiced: { net: invoiced, tax: 0n },
          credited: { net: 0n, tax: 0n },
          split: { ...none, merchant: split },
          settled: { ...none, fee: settled },
          clearing: new Map(),
        });
        expect(balanced).toBe(new Set([usage, rated, invoiced, split, settled]).size === 1);
      }),
    );
  });
});
