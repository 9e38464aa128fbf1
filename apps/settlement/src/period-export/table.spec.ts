import { describe, expect, it } from '@jest/globals';
import { currencies, currencyDigits } from '@hetao/kernel';
import fc from 'fast-check';
import { readSheet } from '../../test/sheet.js';
import { amountOf, exactNumber } from './table.js';
import { xlsxOf } from './table.xlsx.js';

describe('an amount in a spreadsheet', () => {
  it.each([
    ['0.00', 0],
    ['-0.01', -0.01],
    ['9999999999999.99', 9_999_999_999_999.99],
    ['10000000000000.00', null],
    ['-10000000000000.01', null],
  ])('%s is the number %s', (text, number) => {
    expect(exactNumber({ text, digits: 2 })).toBe(number);
  });

  it('is never rounded: as a number it reads as it was written, and otherwise it is text', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
        fc.constantFrom(...currencies),
        (minor, currency) => {
          const amount = amountOf(minor, currency);
          const number = exactNumber(amount);
          if (number === null) expect(minor < -(10n ** 14n) || minor > 10n ** 14n).toBe(true);
          else expect(number.toFixed(currencyDigits[currency])).toBe(amount.text);
        },
      ),
    );
  });

  it('is kept by the workbook; texts that look like formulas or markup stay texts', async () => {
    const rows = [
      ['=HYPERLINK(1)', amountOf(-1_250n, 'CNY'), null],
      ['河套 <Ltd> & "sons"', amountOf(10n ** 17n + 1n, 'HKD'), amountOf(7n, 'VND')],
    ];
    const sheet = readSheet(await xlsxOf({ name: 'Names', columns: ['a', 'b', 'c'], rows }));
    expect(sheet.rows.slice(1).map((cells) => cells.map(({ value }) => value))).toEqual([
      ['=HYPERLINK(1)', -12.5, null],
      ['河套 <Ltd> & "sons"', '1000000000000000.01', 7],
    ]);
    expect(sheet.rows[2]?.[2]?.format).toBe('#,##0');
  });
});
