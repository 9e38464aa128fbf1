import { expect, it } from '@jest/globals';
import { bestFirst, mediaTypeOf, monthBefore, neighbour, reasonOf, undoneFor, whyOf } from './reconciliation.rules.js';

it('tells the exchange what kind of file comes', () => {
  expect(mediaTypeOf('statement.XML')).toBe('application/xml');
  expect(mediaTypeOf('a.camt053')).toBe('application/xml');
  expect(mediaTypeOf('对账单.csv')).toBe('text/csv');
  expect(mediaTypeOf('bank.sta')).toBe('text/plain');
  expect(mediaTypeOf('no-ending')).toBe('text/plain');
});

it('begins with the month before, as it is in Shenzhen', () => {
  expect(monthBefore(new Date('2026-11-23T00:00:00Z'))).toBe('2026-10');
  expect(monthBefore(new Date('2026-10-31T16:30:00Z'))).toBe('2026-10');
  expect(monthBefore(new Date('2027-01-05T00:00:00Z'))).toBe('2026-12');
});

it('moves through the cases by keys and stops at the ends', () => {
  const ids = ['a', 'b', 'c'];
  expect(neighbour(ids, undefined, 1)).toBe('a');
  expect(neighbour(ids, 'a', 1)).toBe('b');
  expect(neighbour(ids, 'c', 1)).toBe('c');
  expect(neighbour(ids, 'a', -1)).toBe('a');
  expect(neighbour(ids, 'gone', 1)).toBe('a');
  expect(neighbour([], 'a', 1)).toBeUndefined();
});

it('suggests the likeliest first', () => {
  const suggestion = (id: string, score: number) => ({ id, score, ground: null, items: [], reason: '' });
  expect(bestFirst([suggestion('a', 10), suggestion('b', 90)]).map(({ id }) => id)).toEqual(['b', 'a']);
});

it('knows why a line waits, and leaves a reason of later days to the line itself', () => {
  expect([whyOf({ reason: 'UNDERPAID' }), reasonOf({ reason: 'UNDERPAID' })]).toEqual(['UNDERPAID', 'UNDERPAID']);
  expect([whyOf({ reason: 'STALE' }), reasonOf({ reason: 'STALE' })]).toEqual([undefined, 'UNMATCHED']);
  expect(undoneFor({ detail: 'The match was undone: it was for October' })).toBe('it was for October');
});
