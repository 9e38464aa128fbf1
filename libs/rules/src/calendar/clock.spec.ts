import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockVectors } from '../../test/reference.js';
import { szdexCrossBorder202611 as ruleSet } from '../szdex/szdex-2026-11.js';
import { builtInCalendars } from './built-in-calendars.js';
import { readClock, type ClockRule, type Pause } from './clock.js';
import { addDays } from './date.js';
import { addWorkingDays, calendarFaults, workCalendar, type YearCalendar } from './working-days.js';

const official = workCalendar(builtInCalendars);
const plainYears = [2026, 2027].map((year): YearCalendar => ({
  ...{ place: 'CN', year, weekend: [0, 6], holidays: [], makeUpDays: [], source: 'weeks without public holidays' },
}));
const plain = workCalendar(plainYears);
const days = (count: number, unit: ClockRule['unit'] = 'working_day'): ClockRule => ({
  count,
  unit,
  direction: 'forward',
});

const rules: Record<string, ClockRule> = {
  'file within 10 working days': days(10),
  'provincial check 5 working days': days(5),
  'check 15 working days': days(15),
  'dossier within 60 calendar days': days(60, 'calendar_day'),
  'declare within 2 months': days(2, 'month'),
  'done within 10 working days plus at most 10': days(10),
};

describe('the clock vectors of the reference', () => {
  it.each(clockVectors)('$id $event: $rule', ({ date, rule, due, due_without_pauses: unpaused }) => {
    const clock = rules[rule];
    if (clock === undefined) throw new Error(`No clock for "${rule}".`);
    const wanted = { ok: true, value: { due: due ?? unpaused, paused: false } };
    expect(readClock(clock, date, 'CN', { calendar: plain })).toEqual(wanted);
    // The mainland has no holiday between these dates, so the official table says the same.
    expect(readClock(clock, date, 'CN', { calendar: official })).toEqual(wanted);
  });
});

describe('working days', () => {
  const due = (start: string, count: number, place = 'CN') => {
    const result = addWorkingDays(start, count, place, { calendar: official });
    return result.ok ? result.value : result.error.code;
  };
  it('leave holidays out and count make-up days', () => {
    expect(due('2026-02-13', 1)).toBe('2026-02-14'); // a Saturday that is worked
    expect(due('2026-02-14', 1)).toBe('2026-02-24'); // after nine days of Spring Festival
    expect(due('2026-09-30', 2)).toBe('2026-10-09');
    expect(due('2026-09-30', 3)).toBe('2026-10-10'); // Saturday, made up
  });
  it('differ from place to place', () => {
    expect(due('2026-02-16', 1)).toBe('2026-02-24');
    expect([due('2026-02-16', 1, 'HK'), due('2026-02-16', 1, 'SG')]).toEqual(['2026-02-20', '2026-02-19']);
    expect([due('2026-12-18', 1, 'MO'), due('2026-12-18', 1, 'HK')]).toEqual(['2026-12-23', '2026-12-21']);
  });
  it('are known for every place of the exchange, from tables that fit themselves and say how sure they are', () => {
    for (const table of builtInCalendars) {
      expect([table.place, table.year, calendarFaults(table)]).toEqual([table.place, table.year, []]);
      expect(new Set(table.holidays).size).toBe(table.holidays.length);
      expect([table.certainty, table.source.length > 20]).toEqual([expect.stringMatching(/^\w+$/), true]);
    }
    const known = builtInCalendars.map(({ place, year }) => `${place} ${year}`).sort();
    const places = ['CN', 'GB', 'HK', 'MO', 'MY', 'SG', 'US', 'VN'];
    const all = places.flatMap((place) => [`${place} 2026`, `${place} 2027`]);
    // What the State Council has not announced when the tables were made is not in them.
    expect(known).toEqual(all.filter((table) => table !== 'CN 2027'));
  });
  it('are never guessed: a year or a place without a table says so', () => {
    expect(due('2026-12-25', 10)).toBe('CALENDAR_MISSING');
    expect(due('2026-11-02', 3, 'JP')).toBe('CALENDAR_MISSING');
    const result = addWorkingDays('2026-12-30', 5, 'CN', { calendar: official });
    expect(result).toMatchObject({ ok: false, error: { meta: { place: 'CN', year: 2027 } } });
  });
  it('come from tables without faults', () => {
    for (const table of builtInCalendars) expect([table.place, calendarFaults(table)]).toEqual([table.place, []]);
    const broken = {
      ...(plainYears[0] as YearCalendar),
      holidays: ['2027-01-01', '2026-01-04'],
      makeUpDays: ['2026-01-04', '2026-01-05'],
    };
    expect(calendarFaults(broken)).toHaveLength(3);
  });
});

describe('pauses', () => {
  const pause = (from: string, until: string | null): Pause => ({ from, until });
  const read = (rule: ClockRule, pauses: readonly Pause[]) =>
    readClock(rule, '2026-11-23', 'CN', { calendar: plain, pauses });
  it('stop the clock while they last, and are not counted afterwards', () => {
    expect(read(days(10), [pause('2026-11-25', null)])).toEqual({ ok: true, value: { due: null, paused: true } });
    // 24 Nov counts, 25 Nov to 1 Dec does not, nine more working days follow.
    expect(read(days(10), [pause('2026-11-25', '2026-12-01')])).toMatchObject({ value: { due: '2026-12-14' } });
    expect(read(days(60, 'calendar_day'), [pause('2026-12-01', '2026-12-10')])).toMatchObject({
      value: { due: '2027-02-01' },
    });
    expect(read(days(5), [pause('2027-06-01', '2027-06-10')])).toMatchObject({ value: { due: '2026-11-30' } });
  });
  it('that cannot be are refused, with the dates', () => {
    expect(read(days(5), [pause('2026-12-05', '2026-12-01')])).toMatchObject({
      error: { code: 'CLOCK_INPUT_INVALID' },
    });
    expect(readClock(days(5), '2026-02-30', 'CN', { calendar: plain })).toMatchObject({
      error: { code: 'CLOCK_INPUT_INVALID' },
    });
    expect(readClock(days(1.5), '2026-02-20', 'CN', { calendar: plain }).ok).toBe(false);
  });
  it('only ever move the end later', () => {
    const length = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        length,
        length,
        fc.constantFrom('working_day', 'calendar_day'),
        (count, after, long, unit) => {
          const from = addDays('2026-11-23', after);
          const [without, with_] = [
            read(days(count, unit), []),
            read(days(count, unit), [pause(from, addDays(from, long))]),
          ];
          if (!without.ok || !with_.ok) throw new Error('The years are known.');
          expect(String(with_.value.due) >= String(without.value.due)).toBe(true);
        },
      ),
    );
  });
});

describe('every clock of the rule set', () => {
  const clocks = ruleSet.requirements.flatMap((requirement) =>
    requirement.clocks.map((clock) => ({ ...clock, of: requirement.id })),
  );
  it.each(clocks)('$of $id can be read', (clock) => {
    const reading = readClock(clock, clock.direction === 'before' ? '2026-12-01' : '2026-03-02', 'CN', {
      calendar: official,
    });
    expect(reading).toMatchObject({ ok: true, value: { due: expect.stringMatching(/^2026-/) } });
  });
  it('has the numbers of the law', () => {
    const numbers = Object.fromEntries(clocks.map(({ id, count, unit }) => [id, [count, unit]]));
    expect(numbers).toMatchObject({
      SA_COMPLETENESS: [5, 'working_day'],
      SA_ACCEPTANCE: [7, 'working_day'],
      SA_ASSESSMENT: [45, 'working_day'],
      SA_REASSESSMENT: [15, 'working_day'],
      SA_EXTENSION_WINDOW: [60, 'working_day'],
      SC_FILING: [10, 'working_day'],
      SC_CHECK: [15, 'working_day'],
      SC_SUPPLEMENT: [10, 'working_day'],
      CERT_STATUS_REPORT: [5, 'working_day'],
      CERT_BODY_FILING: [10, 'working_day'],
      GBA_FILING: [10, 'working_day'],
      HGR_APPROVAL: [20, 'working_day'],
      IMPORTANT_DECLARE: [2, 'month'],
      VN_DOSSIER_FILING: [60, 'calendar_day'],
    });
  });
  it('looks back from an expiry in a year nobody has announced and says so', () => {
    const window = clocks.find(({ id }) => id === 'SA_EXTENSION_WINDOW');
    if (window === undefined) throw new Error('The window is gone.');
    expect(readClock(window, '2029-12-01', 'CN', { calendar: official })).toMatchObject({
      error: { code: 'CALENDAR_MISSING' },
    });
  });
});
