import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { formatInstant, msPerHour } from '../window/instant.js';
import { billingPeriod, type BillingPeriod, mayClose, neighbour } from './billing-period.js';

const borders = (period: string, timeZone: string) => {
  const { startMs, endMs } = unwrap(billingPeriod(period, timeZone));
  return [formatInstant(startMs).slice(0, 16), formatInstant(endMs).slice(0, 16), (endMs - startMs) / msPerHour];
};
const codeOf = (period: string, timeZone: string) => {
  const result = billingPeriod(period, timeZone);
  return result.ok ? 'ok' : result.error.code;
};

describe('a month in a time zone', () => {
  it.each([
    ['2015-05', 'UTC', '2015-05-01T00:00', '2015-06-01T00:00', 744],
    ['2015-05', 'Asia/Shanghai', '2015-04-30T16:00', '2015-05-31T16:00', 744],
    ['2015-05', 'Asia/Hong_Kong', '2015-04-30T16:00', '2015-05-31T16:00', 744],
    ['2024-02', 'Asia/Singapore', '2024-01-31T16:00', '2024-02-29T16:00', 696],
    ['2023-02', 'Asia/Ho_Chi_Minh', '2023-01-31T17:00', '2023-02-28T17:00', 672],
    // Spring forward: the month is an hour short; autumn back: an hour long.
    ['2025-03', 'Europe/London', '2025-03-01T00:00', '2025-03-31T23:00', 743],
    ['2025-10', 'Europe/London', '2025-09-30T23:00', '2025-11-01T00:00', 745],
    ['2025-03', 'America/New_York', '2025-03-01T05:00', '2025-04-01T04:00', 743],
    ['2026-11', 'America/New_York', '2026-11-01T04:00', '2026-12-01T05:00', 721],
    // China kept daylight saving until 1991, and Samoa left out 30 December 2011.
    ['1991-09', 'Asia/Shanghai', '1991-08-31T15:00', '1991-09-30T16:00', 721],
    ['2011-12', 'Pacific/Apia', '2011-12-01T10:00', '2011-12-31T10:00', 720],
    ['2024-02', 'Asia/Kolkata', '2024-01-31T18:30', '2024-02-29T18:30', 696],
    ['2023-02', 'Asia/Kathmandu', '2023-01-31T18:15', '2023-02-28T18:15', 672],
    ['2026-04', 'Australia/Lord_Howe', '2026-03-31T13:00', '2026-04-30T13:30', 720.5],
  ])('%s in %s runs from %s to %s: %d hours', (period, timeZone, ...expected) => {
    expect(borders(period, timeZone)).toEqual(expected);
  });

  it('follows the month before without gap or overlap, in every zone', () => {
    const zones = [
      'UTC',
      'Asia/Shanghai',
      'Europe/London',
      'America/New_York',
      'Asia/Kuala_Lumpur',
      'Pacific/Auckland',
      'Asia/Kolkata',
      'Pacific/Chatham',
      'Australia/Lord_Howe',
    ];
    const period = fc
      .tuple(fc.integer({ min: 1991, max: 2100 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);
    fc.assert(
      fc.property(period, fc.constantFrom(...zones), (month, zone) => {
        const before = unwrap(billingPeriod(neighbour(month, -1), zone));
        const { startMs, endMs } = unwrap(billingPeriod(month, zone));
        expect(before.endMs).toBe(startMs);
        const local = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
        expect(local.format(startMs)).toBe(`${month}-01 00:00`);
        expect(local.format(endMs)).toBe(`${neighbour(month, 1)}-01 00:00`);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['2015-5', '2015-13', '2015-00', '201505', '1969-12', '3000-01', '', '2015-05-01'])('refuses %j', (text) => {
    expect(codeOf(text, 'UTC')).toBe('USAGE_PERIOD_INVALID');
  });

  it.each(['', 'Mars/Olympus', '+08:00', 'UTC; DROP', 'Asia/'.repeat(20)])('knows no zone %j', (zone) => {
    expect(codeOf('2015-05', zone)).toBe('USAGE_TIME_ZONE_UNKNOWN');
  });

  it.each(['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
    'takes %s, whose months begin between two UTC hours',
    (zone) => {
      expect(codeOf('2015-05', zone)).toBe('ok');
    },
  );

  it('refuses a month that begins between two quarter hours', () => {
    expect(codeOf('1971-05', 'Africa/Monrovia')).toBe('USAGE_TIME_ZONE_UNSUPPORTED');
  });

  it('has neighbours across the year', () => {
    expect(neighbour('2015-12', 1)).toBe('2016-01');
    expect(neighbour('2015-01', -1)).toBe('2014-12');
  });
});

describe('closing a month', () => {
  const may = unwrap(billingPeriod('2015-05', 'Asia/Shanghai'));
  const decide = (wanted: BillingPeriod, closed: BillingPeriod[], nowMs = wanted.endMs) => {
    const result = mayClose(wanted, closed, nowMs);
    return result.ok ? result.value : result.error.code;
  };

  it('waits for the end of the month, to the millisecond', () => {
    expect(decide(may, [], may.endMs - 1)).toBe('USAGE_PERIOD_NOT_ENDED');
    expect(decide(may, [], may.endMs)).toBe('close');
  });

  it('happens once, in one zone', () => {
    expect(decide(may, [may], 0)).toBe('closed already');
    expect(decide(may, [unwrap(billingPeriod('2015-05', 'UTC'))])).toBe('USAGE_PERIOD_CLOSED_IN_OTHER_ZONE');
  });

  it('leaves neither gap nor overlap to its neighbours', () => {
    for (const month of ['2015-04', '2015-06']) {
      expect(decide(may, [unwrap(billingPeriod(month, 'Asia/Shanghai'))])).toBe('close');
      expect(decide(may, [unwrap(billingPeriod(month, 'Asia/Hong_Kong'))])).toBe('close');
      expect(decide(may, [unwrap(billingPeriod(month, 'UTC'))])).toBe('USAGE_PERIOD_NOT_ADJACENT');
      expect(decide(may, [unwrap(billingPeriod(month, 'America/New_York'))])).toBe('USAGE_PERIOD_NOT_ADJACENT');
    }
    expect(decide(may, [unwrap(billingPeriod('2015-03', 'UTC'))])).toBe('close');
  });
});
