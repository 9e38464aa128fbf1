import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogSearch, chosenCount, facets, toggled } from './facets.rules.js';

describe('a search', () => {
  it('keeps the words while facets come and go', () => {
    const one = toggled({ q: '中药' }, 'stored_in', 'HK');
    const two = toggled(one, 'stored_in', 'CN');
    expect(two).toEqual({ q: '中药', stored_in: 'HK,CN' });
    expect(toggled(toggled(two, 'stored_in', 'HK'), 'stored_in', 'CN')).toEqual({ q: '中药' });
  });

  it('choosing twice changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...facets), fc.stringMatching(/^[a-z_]{1,12}$/), (facet, value) => {
        const search = catalogSearch({ q: 'x', kind: 'api,dataset' });
        expect(toggled(toggled(search, facet, value), facet, value)).toEqual(
          facet === 'kind' && ['api', 'dataset'].includes(value) ? expect.anything() : search,
        );
      }),
    );
  });

  it('counts what narrows it', () => {
    expect(chosenCount({ q: 'x', sort: 'newest' })).toBe(0);
    expect(chosenCount({ kind: 'api,dataset', stored_in: 'HK', available: 'true' })).toBe(4);
  });
});
