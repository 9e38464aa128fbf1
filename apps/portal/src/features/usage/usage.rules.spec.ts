import { expect, it } from '@jest/globals';
import { lastMonths, monthAfter, monthStart, percentOf, thisMonth } from './usage.rules.js';

it('months begin in Shenzhen and Hong Kong', () => {
  expect(thisMonth(Date.parse('2026-10-31T17:00:00Z'))).toBe('2026-11');
  expect(thisMonth(Date.parse('2026-10-31T15:59:59Z'))).toBe('2026-10');
  expect(monthStart('2026-11')).toBe('2026-10-31T16:00:00.000Z');
});

it('goes over the turn of the year both ways', () => {
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
  expect(lastMonths('2026-02', 3, '2026-02')).toEqual(['2026-02', '2026-01', '2025-12']);
  expect(lastMonths('2024-05', 2, '2026-02')).toEqual(['2024-05', '2026-02', '2026-01']);
});

it('a share is whole and never more than everything; of nothing it is everything', () => {
  expect([percentOf('5', '20'), percentOf('30', '20'), percentOf('1', '0')]).toEqual([25, 100, 100]);
});
