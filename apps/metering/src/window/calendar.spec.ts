import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatInstant, msPerHour } from './instant.js';
import { dayStart, type Granularity, type OffsetAt, offsetOf, windowsIn } from './calendar.js';

const zone = (name: string): OffsetAt => {
  const offsetAt = offsetOf(name);
  if (!offsetAt) throw new Error(`No zone ${name}`);
  return offsetAt;
};
const shown = (from: string, until: string, granularity: Granularity, name: string) =>
  windowsIn({ startMs: Date.parse(from), endMs: Date.parse(until) }, granularity, zone(name)).map(
    ({ startMs, endMs }) => [formatInstant(startMs).slice(0, 16), (endMs - startMs) / 60_000],
  );

describe('windows of a wall clock', () => {
  it('have days of 23, 25 and 24 and a half hours where the clock changes', () => {
    expect(shown('2025-03-29T00:00Z', '2025-03-31T00:00Z', 'day', 'Europe/London')).toEqual([
      ['2025-03-29T00:00', 1440],
      ['2025-03-30T00:00', 1380],
      ['2025-03-30T23:00', 1440],
    ]);
    expect(shown('2025-11-02T12:00Z', '2025-11-02T13:00Z', 'day', 'America/New_York')).toEqual([
      ['2025-11-02T04:00', 1500],
    ]);
    expect(shown('2026-04-04T20:00Z', '2026-04-04T21:00Z', 'day', 'Australia/Lord_Howe')).toEqual([
      ['2026-04-04T13:00', 1470],
    ]);
  });

  it('follow half-hour and quarter-hour zones', () => {
    expect(shown('2024-02-29T00:00Z', '2024-02-29T01:30Z', 'hour', 'Asia/Kolkata')).toEqual([
      ['2024-02-28T23:30', 60],
      ['2024-02-29T00:30', 60],
    ]);
    expect(shown('2024-02-15T00:00Z', '2024-03-01T00:00Z', 'month', 'Asia/Kathmandu')).toEqual([
      ['2024-01-31T18:15', 29 * 1440],
      ['2024-02-29T18:15', 31 * 1440],
    ]);
    expect(shown('2026-04-04T14:00Z', '2026-04-04T16:30Z', 'hour', 'Australia/Lord_Howe')).toEqual([
      ['2026-04-04T14:00', 60],
      // 02:00 becomes 01:30: the rest of hour 1 is a window of its own.
      ['2026-04-04T15:00', 30],
      ['2026-04-04T15:30', 60],
    ]);
  });

  it('skip a day that a country skipped, and a midnight that a clock skips', () => {
    expect(shown('2011-12-29T12:00Z', '2011-12-31T12:00Z', 'day', 'Pacific/Apia')).toEqual([
      ['2011-12-29T10:00', 1440],
      ['2011-12-30T10:00', 1440],
      ['2011-12-31T10:00', 1440],
    ]);
    expect(shown('2011-12-30T09:00Z', '2011-12-30T11:00Z', 'hour', 'Pacific/Apia')).toEqual([
      ['2011-12-30T09:00', 60],
      ['2011-12-30T10:00', 60],
    ]);
    expect(shown('2018-11-04T12:00Z', '2018-11-04T13:00Z', 'day', 'America/Sao_Paulo')).toEqual([
      ['2018-11-04T03:00', 23 * 60],
    ]);
  });

  it('count minutes to the millisecond', () => {
    expect(windowsIn({ startMs: 59_999, endMs: 60_001 }, 'minute', zone('UTC'))).toEqual([
      { startMs: 0, endMs: 60_000 },
      { startMs: 60_000, endMs: 120_000 },
    ]);
    expect(windowsIn({ startMs: 60_000, endMs: 60_000 }, 'minute', zone('UTC'))).toEqual([]);
    expect(() => windowsIn({ startMs: 0, endMs: 600_000 }, 'minute', zone('UTC'), 9)).toThrow('more than 9 windows');
  });

  it.each(['Mars/Olympus', '+08:00', '', 'UTC; DROP'])('knows no zone %j', (name) => {
    expect(offsetOf(name)).toBeUndefined();
  });
});

const zones = [
  'UTC',
  'Asia/Shanghai',
  'Asia/Hong_Kong',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'America/New_York',
  'Europe/London',
  'Pacific/Chatham',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Pacific/Apia',
];
/** A plain model: a window ends where a label changes; minutes and hours also end where the clock changes. */
const labels: Readonly<Record<Granularity, number>> = { minute: 16, hour: 13, day: 10, month: 7 };
const labelAt = (ms: number, granularity: Granularity, offsetAt: OffsetAt) => {
  const offset = offsetAt(ms);
  const text = new Date(ms + offset).toISOString().slice(0, labels[granularity]);
  return granularity === 'day' || granularity === 'month' ? text : `${text} ${offset}`;
};

describe('windows against a plain model', () => {
  // Changes of clocks are rare: half of the runs begin within a day of one.
  const changes = [
    '2025-03-30T01:00Z',
    '2025-10-26T01:00Z',
    '2026-04-04T15:00Z',
    '2026-10-03T15:30Z',
    '2018-11-04T03:00Z',
    '2011-12-30T10:00Z',
    '2024-02-29T00:00Z',
    '2025-02-23T02:00Z',
  ].map(Date.parse);
  const instants = fc.oneof(
    fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2099, 11, 31) }),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -30, max: 30 }))
      .map(([at, hours]) => at + hours * msPerHour),
  );

  it.each([
    ['hour', 26, 60_000, 20],
    ['day', 80, 15 * 60_000, 40],
    ['minute', 0.4, 1000, 12],
  ] as const)('of a %s are where the label of the clock changes', (granularity, hours, stepMs, numRuns) => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (at, name) => {
        const offsetAt = zone(name);
        const startMs = Math.floor(at / stepMs) * stepMs;
        const endMs = startMs + hours * msPerHour;
        const windows = windowsIn({ startMs, endMs }, granularity, offsetAt);
        const starts = new Set(windows.map((window) => window.startMs));
        windows.forEach((window, index) => expect(window.startMs).toBe(windows[index - 1]?.endMs ?? window.startMs));
        expect(windows[0]?.startMs).toBeLessThanOrEqual(startMs);
        expect(windows.at(-1)?.endMs).toBeGreaterThanOrEqual(endMs);
        for (let ms = startMs + stepMs; ms < endMs; ms += stepMs) {
          const changed = labelAt(ms, granularity, offsetAt) !== labelAt(ms - 1, granularity, offsetAt);
          if (changed !== starts.has(ms))
            throw new Error(`${name} ${formatInstant(ms)} ${granularity} ${String(changed)}`);
        }
      }),
      { numRuns },
    );
  });

  it('of a month begin on the first, without gap, through a century', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (at, name) => {
        const offsetAt = zone(name);
        const windows = windowsIn({ startMs: at, endMs: at + 70 * 24 * msPerHour }, 'month', offsetAt);
        for (const { startMs } of windows) {
          expect(new Date(startMs + offsetAt(startMs)).getUTCDate()).toBe(1);
          expect(new Date(startMs - 1 + offsetAt(startMs - 1)).getUTCDate()).toBeGreaterThan(27);
        }
        windows.forEach((window, index) => expect(window.startMs).toBe(windows[index - 1]?.endMs ?? window.startMs));
      }),
      { numRuns: 40 },
    );
  });

  it('of a day begin with the earlier of two midnights, on a clock that goes back over midnight', () => {
    // Newfoundland went from 00:01 back to 23:01 the day before.
    const offsetAt = zone('America/St_Johns');
    expect(formatInstant(dayStart({ year: 2006, month: 10, day: 29 }, offsetAt))).toBe('2006-10-29T02:30:00.000Z');
  });
});
