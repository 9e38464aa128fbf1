import { expect, it } from '@jest/globals';
import { lastMonths, monthAfter, monthStart, thisMonth } from './months.rules.js';

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
