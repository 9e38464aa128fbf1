import { describe, expect, it } from '@jest/globals';
import { monthIn, monthsLater, monthsTouched } from './calendar-months.js';

const instant = (iso: string) => new Date(iso);

describe('months later', () => {
  it.each([
    // Midnight of 1 March in Hong Kong, which is still February in UTC.
    ['2026-02-28T16:00:00Z', 12, 'Asia/Hong_Kong', '2027-02-28T16:00:00.000Z'],
    ['2024-02-28T16:00:00Z', 12, 'Asia/Hong_Kong', '2025-02-27T16:00:00.000Z'],
    ['2026-01-31T00:00:00Z', 1, 'UTC', '2026-02-28T00:00:00.000Z'],
    ['2026-11-15T00:00:00Z', 3, 'UTC', '2027-02-15T00:00:00.000Z'],
    // The clock in London goes forward in between: the same hour there is another one in UTC.
    ['2026-03-01T09:00:00Z', 1, 'Europe/London', '2026-04-01T08:00:00.000Z'],
  ])('%s + %i months in %s is %s', (from, months, zone, expected) => {
    expect(monthsLater(instant(from), months, zone).toISOString()).toBe(expected);
  });
});

describe('months touched', () => {
  it.each([
    ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z', 'UTC', 1],
    ['2026-03-01T00:00:00Z', '2026-04-01T00:00:00.001Z', 'UTC', 2],
    ['2026-03-31T16:00:00Z', '2026-04-30T16:00:00Z', 'Asia/Shanghai', 1],
    ['2026-03-31T16:00:00Z', '2026-04-30T16:00:00Z', 'UTC', 2],
    ['2025-12-31T00:00:00Z', '2027-01-02T00:00:00Z', 'UTC', 14],
  ])('from %s to %s in %s are %i', (from, until, zone, expected) => {
    expect(monthsTouched({ from: instant(from), until: instant(until) }, zone)).toBe(expected);
  });
});

describe('a month of a zone', () => {
  it.each([
    ['2026-03', 'UTC', '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    ['2026-12', 'Asia/Hong_Kong', '2026-11-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z'],
    ['2026-03', 'Europe/London', '2026-03-01T00:00:00.000Z', '2026-03-31T23:00:00.000Z'],
  ])('%s in %s is from %s until %s', (period, zone, from, until) => {
    const month = monthIn(period, zone);
    expect([month.from.toISOString(), month.until.toISOString()]).toEqual([from, until]);
    expect(monthsTouched(month, zone)).toBe(1);
  });
});
