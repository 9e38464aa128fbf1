import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from './decimal.js';
import {
  addMoney,
  currencies,
  currencyDigits,
  formatMoney,
  isCurrency,
  money,
  moneyFromJson,
  moneyToJson,
  parseMoney,
  roundToMoney,
  subtractMoney,
  sumMoney,
} from './money.js';

const amounts = fc.record({ amountMinor: fc.bigInt(), currency: fc.constantFrom(...currencies) });

describe('money', () => {
  it('agrees with Intl (ISO 4217) on the digits of every currency', () => {
    for (const currency of currencies) {
      const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
      expect([currency, currencyDigits[currency]]).toEqual([currency, digits.maximumFractionDigits]);
    }
  });

  it('reads back what it writes, as text and as JSON', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const json: unknown = JSON.parse(JSON.stringify(moneyToJson(amount)));
        expect(json).toEqual({ amountMinor: amount.amountMinor.toString(), currency: amount.currency });
        expect(moneyFromJson(moneyToJson(amount))).toEqual(amount);
        // Text is bounded; minor units are not.
        if (amount.amountMinor.toString().length < 90) {
          expect(parseMoney(formatMoney(amount), amount.currency)).toEqual(amount);
        }
      }),
    );
  });

  it.each([
    ['12.50', 'CNY', 1250n],
    ['12', 'HKD', 1200n],
    ['-0.05', 'USD', -5n],
    ['12000', 'VND', 12000n],
  ] as const)('reads %s %s', (text, currency, amountMinor) => {
    expect(parseMoney(text, currency)).toEqual({ amountMinor, currency });
  });

  it.each([
    ['12.505', 'CNY'],
    ['0.5', 'VND'],
  ] as const)('refuses %s %s, which the currency cannot hold', (text, currency) => {
    expect(() => parseMoney(text, currency)).toThrow(/more than the \d decimal places/);
  });

  it('adds and takes away within a currency only', () => {
    expect(addMoney(money(1n, 'CNY'), money(2n, 'CNY'))).toEqual(money(3n, 'CNY'));
    expect(subtractMoney(money(1n, 'CNY'), money(2n, 'CNY'))).toEqual(money(-1n, 'CNY'));
    expect(sumMoney('MOP', [])).toEqual(money(0n, 'MOP'));
    expect(() => addMoney(money(1n, 'CNY'), money(1n, 'HKD'))).toThrow(/CNY and HKD/);
  });

  it.each([
    ['0.005', 'CNY', 1n],
    ['0.0049999', 'CNY', 0n],
    ['-0.005', 'CNY', -1n],
    ['0.5', 'VND', 1n],
  ] as const)('rounds %s %s half up to %s', (text, currency, amountMinor) => {
    expect(roundToMoney(Decimal.parse(text), currency)).toEqual({ amountMinor, currency });
  });

  it('knows its currencies', () => {
    expect(isCurrency('VND')).toBe(true);
    expect(['EUR', 'cny', '', 'toString', 4].map(isCurrency)).toEqual([false, false, false, false, false]);
  });
});
