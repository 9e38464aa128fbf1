import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { explain, type ThreeWayRow } from './three-way.js';

const met: ThreeWayRow = {
  agreementId: 'agr_1',
  currency: 'CNY',
  ratedMinor: 10_000n,
  adjustedMinor: 0n,
  correctedMinor: 0n,
  invoiceNumber: 'HX-2015-000001',
  netMinor: 10_000n,
  taxMinor: 600n,
  creditedMinor: 0n,
  paidMinor: 10_600n,
  bankMinor: 10_600n,
  creditUsedMinor: 0n,
  differenceMinor: 0n,
};

describe('usage, invoice and bank', () => {
  it('have nothing to explain where they meet', () => {
    expect(explain(met)).toEqual([]);
  });

  it.each<[string, Partial<ThreeWayRow>, readonly [string, bigint][]]>([
    [
      'usage without an invoice',
      { invoiceNumber: null, netMinor: 0n, taxMinor: 0n, paidMinor: 0n, bankMinor: 0n },
      [['NOT_INVOICED', 10_000n]],
    ],
    ['an invoice nobody paid', { paidMinor: 0n, bankMinor: 0n }, [['OUTSTANDING', 10_600n]]],
    ['a fee the bank kept', { bankMinor: 9_100n, differenceMinor: 1_500n }, [['FEE_OR_ROUNDING', 1_500n]]],
    ['a credit that paid a part', { bankMinor: 600n, creditUsedMinor: 10_000n }, [['PAID_FROM_CREDIT', 10_000n]]],
    ['a credit note', { creditedMinor: 1_060n, paidMinor: 9_540n, bankMinor: 9_540n }, [['CREDITED', 1_060n]]],
    [
      'a credit note for corrected usage',
      { creditedMinor: 1_060n, correctedMinor: 1_060n, paidMinor: 9_540n, bankMinor: 9_540n },
      [['USAGE_CORRECTED', 1_060n]],
    ],
    ['money that nothing explains', { bankMinor: 10_599n }, [['UNEXPLAINED', 1n]]],
  ])('%s is told', (_name, change, expected) => {
    expect(explain({ ...met, ...change }).map(({ code, amountMinor }) => [code, amountMinor])).toEqual(expected);
  });

  it('differ by exactly what is explained, for any amounts', () => {
    const amount = fc.bigInt(0n, 10n ** 12n);
    const row = fc.record({
      rated: amount,
      net: amount,
      tax: amount,
      credited: amount,
      paid: amount,
      bank: amount,
      used: amount,
      difference: amount,
    });
    fc.assert(
      fc.property(row, (one) => {
        const told = explain({
          ...met,
          ratedMinor: one.rated,
          netMinor: one.net,
          taxMinor: one.tax,
          creditedMinor: one.credited,
          paidMinor: one.paid,
          bankMinor: one.bank,
          creditUsedMinor: one.used,
          differenceMinor: one.difference,
        });
        const sum = (sides: string): bigint =>
          told.filter((each) => each.sides === sides).reduce((total, { amountMinor }) => total + amountMinor, 0n);
        expect(sum('usage-invoice')).toBe(one.rated - one.net);
        expect(sum('invoice-bank')).toBe(one.net + one.tax - one.bank);
      }),
    );
  });
});
