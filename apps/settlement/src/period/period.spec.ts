import { describe, expect, it } from '@jest/globals';
import { unwrap } from '@hetao/kernel';
import fc from 'fast-check';
import { addDays, dateIn, periodBounds } from './period.js';

const iso = (period: string, zone: string): [string, string] => {
  const { startsAtMs, endsAtMs } = unwrap(periodBounds(period, zone));
  return [new Date(startsAtMs).toISOString(), new Date(endsAtMs).toISOString()];
};

describe('the bounds of a settlement period', () => {
  it.each([
    ['2015-05', 'UTC', '2015-05-01T00:00:00.000Z', '2015-06-01T00:00:00.000Z'],
    ['2015-05', 'Asia/Shanghai', '2015-04-30T16:00:00.000Z', '2015-05-31T16:00:00.000Z'],
    ['2015-12', 'Asia/Hong_Kong', '2015-11-30T16:00:00.000Z', '2015-12-31T16:00:00.000Z'],
    // Clocks change inside the month, so it begins and ends at different offsets.
    ['2015-03', 'Europe/London', '2015-03-01T00:00:00.000Z', '2015-03-31T23:00:00.000Z'],
    ['2015-11', 'America/New_York', '2015-11-01T04:00:00.000Z', '2015-12-01T05:00:00.000Z'],
    ['2016-02', 'UTC', '2016-02-01T00:00:00.000Z', '2016-03-01T00:00:00.000Z'],
  ])('%s in %s', (period, zone, startsAt, endsAt) => {
    expect(iso(period, zone)).toEqual([startsAt, endsAt]);
  });

  it('begin at the first of the month on the wall, and each month ends where the next begins', () => {
    const zones = [
      'UTC',
      'Asia/Shanghai',
      'Asia/Singapore',
      'Europe/London',
      'America/New_York',
      'Asia/Kolkata',
      'America/Sao_Paulo',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 1980, max: 2090 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(...zones),
        (year, month, zone) => {
          const period = `${year}-${String(month).padStart(2, '0')}`;
          const next = month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
          const { startsAtMs, endsAtMs } = unwrap(periodBounds(period, zone));
          expect(dateIn(zone, startsAtMs)).toBe(`${period}-01`);
          expect(dateIn(zone, startsAtMs - 1).slice(0, 7)).not.toBe(period);
          expect(unwrap(periodBounds(next, zone)).startsAtMs).toBe(endsAtMs);
        },
      ),
    );
  });

  it.each([
    ['2015-13', 'UTC', '"2015-13" is not a month'],
    ['2015-5', 'UTC', '"2015-5" is not a month'],
    ['2015-05', 'Mars/Olympus', '"Mars/Olympus" is not an IANA time zone'],
  ])('refuses %s in %s', (period, zone, detail) => {
    const result = periodBounds(period, zone);
    expect(!result.ok && result.error.detail).toContain(detail);
  });
});

describe('dates', () => {
  it('count days across months and leap years', () => {
    expect(addDays('2016-02-28', 2)).toBe('2016-03-01');
    expect(addDays('2015-12-31', 30)).toBe('2016-01-30');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 400 }), (start, days) => {
        const day = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);
        expect(addDays(day(start), days)).toBe(day(start + days));
      }),
    );
  });
});
