import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarAt, calendarFrom, dateOf, HOUR_MS, localHour } from './calendar.js';
import type { Rhythm } from './seed-types.js';
import { usageBetween } from './usage-pattern.js';
import { demoWorld } from './world.js';

const { last, current } = calendarAt(Date.parse('2026-11-22T08:00:00Z'));
const of = (rhythm: Rhythm, perCall: Record<string, number> = {}) => ({
  key: `merchant/product/offer/${rhythm}`,
  usage: { rhythm, calls: 40, bytesPerCall: 1_000, perCall },
  source: 'https://merchant.hetao.demo/product',
  agreementId: 'agr_1',
});
const month = (rhythm: Rhythm) => usageBetween(of(rhythm), last.startMs, last.endMs);

describe('the usage of the demo', () => {
  it('is the same event for the same hour, whatever span is asked for', () => {
    const whole = new Map(month('clock').map((event) => [event.id, event]));
    fc.assert(
      fc.property(fc.nat(700), fc.nat(43), (from, length) => {
        const startMs = last.startMs + from * HOUR_MS;
        for (const event of usageBetween(of('clock'), startMs, startMs + length * HOUR_MS)) {
          expect(event).toEqual(whole.get(event.id));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('lies within the span, one event an hour, and leaves the running hour out', () => {
    const untilMs = last.startMs + 30.5 * HOUR_MS;
    const events = usageBetween(of('clock'), last.startMs, untilMs);
    expect(events).toHaveLength(30);
    expect(new Set(events.map((event) => event.time.slice(0, 13))).size).toBe(30);
    expect(events.every((event) => Date.parse(event.time) >= last.startMs)).toBe(true);
    expect(events.every((event) => Date.parse(event.time) < last.startMs + 30 * HOUR_MS)).toBe(true);
  });

  it('follows its rhythm', () => {
    expect(month('clock')).toHaveLength(31 * 24);
    expect(month('two-hourly')).toHaveLength(31 * 12);
    expect(month('nightly')).toHaveLength(31);
    const hours = month('office').map((event) => localHour(Date.parse(event.time)));
    expect(hours.every(({ hour, weekday }) => hour >= 9 && hour <= 18 && weekday >= 1 && weekday <= 5)).toBe(true);
    expect(month('market').length).toBeLessThan(month('office').length);
  });

  it('counts in whole numbers of which none is zero, around the mean', () => {
    const events = usageBetween(of('clock', { output_files: 0.02 }), last.startMs, last.endMs);
    const meters = events.map((event) => event.data.meters);
    expect(meters.flatMap(Object.values).every((quantity) => /^[1-9]\d*$/.test(String(quantity)))).toBe(true);
    const calls = meters.reduce((sum, one) => sum + Number(one['calls']), 0) / events.length;
    expect(calls).toBeGreaterThan(32);
    expect(calls).toBeLessThan(48);
    const files = meters.reduce((sum, one) => sum + Number(one['output_files'] ?? 0), 0) / events.length;
    expect(files).toBeGreaterThan(0.5);
    expect(files).toBeLessThan(1.1);
  });

  it('never gives two events of the demo one id from one source', () => {
    const { deals } = demoWorld();
    const ids = deals.flatMap(({ key, usage }) =>
      usage === undefined
        ? []
        : usageBetween({ ...of('clock'), key, usage }, last.startMs, current.startMs).map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(3_000);
  });
});

describe('the months of the demo', () => {
  it.each([
    ['2026-11-22T08:00:00Z', '2026-09', '2026-10', '2026-11', '2026-12'],
    ['2026-12-31T16:00:00Z', '2026-11', '2026-12', '2027-01', '2027-02'],
    ['2026-12-31T15:59:59Z', '2026-10', '2026-11', '2026-12', '2027-01'],
  ])('around %s are those of the exchange’s zone', (now, ...periods) => {
    const calendar = calendarAt(Date.parse(now));
    expect(Object.values(calendar).map((one: { period: string }) => one.period)).toEqual(periods);
    expect(calendar.earlier.endMs).toBe(calendar.last.startMs);
    expect(new Date(calendar.current.startMs).toISOString()).toMatch(/T16:00:00\.000Z$/);
  });

  it('are found again from the first instant of the earliest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (nowMs) => {
        const calendar = calendarAt(nowMs);
        expect(calendarFrom(calendar.earlier.startMs)).toEqual(calendar);
      }),
    );
  });

  it('know the date of an instant', () => {
    expect(dateOf('2026-11-22T15:59:59Z')).toBe('2026-11-22');
    expect(dateOf('2026-11-22T16:00:00Z')).toBe('2026-11-23');
  });
});
