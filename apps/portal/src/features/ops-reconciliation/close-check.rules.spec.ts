import { expect, it } from '@jest/globals';
import { openThings } from './close-check.rules.js';

it('tells each of several things by itself, with its figures', () => {
  expect(
    openThings({ code: 'RATES_MISSING', detail: 'Rates are missing: HKD/CNY of 2015-05-31, USD/CNY of 2015-05-30.' }),
  ).toEqual([
    { word: 'rateMissing', values: { pair: 'HKD/CNY', day: '2015-05-31' } },
    { word: 'rateMissing', values: { pair: 'USD/CNY', day: '2015-05-30' } },
  ]);
  expect(
    openThings({
      code: 'CLEARING_NOT_ZERO',
      detail: 'Left on the clearing accounts: clearing:bank_in VND 5, clearing:bank_out CNY -0.05.',
    }),
  ).toEqual([
    { word: 'leftBankIn', values: { amount: 'VND 5' } },
    { word: 'leftBankOut', values: { amount: 'CNY -0.05' } },
  ]);
});

it('reads a number of things by the code alone, however they are called', () => {
  expect(openThings({ code: 'INVOICES_UNPAID', detail: '12 invoices wait for money.' })).toEqual([
    { word: 'INVOICES_UNPAID', values: { count: '12' } },
  ]);
});

it.each([
  ['NEW_TOMORROW', '12 invoices are not paid.'],
  ['INVOICES_UNPAID', 'Some invoices are not paid.'],
  ['RATES_MISSING', 'Rates are missing: HKD/CNY of 2015-05-31, and others.'],
  ['CLEARING_NOT_ZERO', 'Left on the clearing accounts: clearing:new CNY 1.00.'],
])('leaves what it does not know to the words of settlement: %s %s', (code, detail) => {
  expect(openThings({ code, detail })).toBeUndefined();
});
