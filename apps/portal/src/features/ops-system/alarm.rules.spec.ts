import { expect, it } from '@jest/globals';
import { readBooksAlarm, readLogAlarm } from './alarm.rules.js';

it('tells amounts of minor units as money of their currency, and whose they are', () => {
  const detail = 'the ledger says 1234567, the shares of invoices say -5';
  expect(readBooksAlarm({ subject: 'org_1 CNY', detail })).toEqual({
    owner: 'org_1',
    said: { word: 'shares', values: { books: 'CNY 12,345.67', other: 'CNY −0.05' } },
  });
  expect(readBooksAlarm({ subject: 'VND', detail: 'all entries add up to 20000' })?.said.values).toEqual({
    sum: 'VND 20,000',
  });
});

it('tells a remark and what is wrong behind it', () => {
  const detail = 'What it says it saw of our log is not signed: This is not a signed checkpoint.';
  expect(readLogAlarm({ detail })?.map(({ word }) => word)).toEqual(['sighting', 'malformed']);
});

it('leaves what it does not know to the words of the service', () => {
  expect(readBooksAlarm({ subject: 'org_1 CNY', detail: 'the ledger is lost' })).toBeUndefined();
  expect(readLogAlarm({ detail: 'The log is lost.' })).toBeUndefined();
});
