import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asList, listOf, params, parseSearch, stringifySearch } from './search.js';

const read = params({ q: 'text', status: ['open', 'closed'] });

describe('params', () => {
  it('keeps what fits and leaves out what does not', () => {
    expect(read({ q: '中药 123', status: 'open', other: 'x' })).toEqual({ q: '中药 123', status: 'open' });
    expect(read({ q: '', status: 'OPEN' })).toEqual({});
    expect(read({ q: 'x'.repeat(2_001), status: ['open'] })).toEqual({});
  });
});

it('every address comes back as it was written', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,9}$/), fc.string({ unit: 'binary' })), (search) => {
      const wellFormed = Object.fromEntries(Object.entries(search).map(([k, v]) => [k, v.toWellFormed()]));
      expect(parseSearch(stringifySearch(wellFormed))).toEqual(wellFormed);
    }),
  );
});

it('facets of several values', () => {
  expect(listOf(asList(['CN', 'HK']))).toEqual(['CN', 'HK']);
  expect(asList([])).toBeUndefined();
  expect(listOf(undefined)).toEqual([]);
});
