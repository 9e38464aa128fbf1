import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addWorkingDays, builtInCalendars, workCalendar } from '@hetao/rules';
import type { RunningClock } from '../declaration/running-clocks.js';
import { dueReminders } from './reminder.js';

const calendar = workCalendar(builtInCalendars);
const clock: RunningClock = {
  ...{ id: 'SC_CHECK', text: { en: 'x', 'zh-Hans': 'x', 'zh-Hant': 'x' }, by: 'authority', startedOn: '2026-09-01' },
  ...{
    rule: { count: 15, unit: 'working_day', direction: 'forward' },
    due: null,
    problem: null,
    pauses: [],
    metOn: null,
  },
};
const stageOn = (today: string, change: Partial<RunningClock>) =>
  dueReminders([{ ...clock, ...change }], today, calendar).map(({ stage }) => stage)[0] ?? null;

describe('a reminder', () => {
  it('counts working days of the mainland: over the National Day holiday, and the Saturday worked instead', () => {
    const due = '2026-10-12';
    // 10 October is a Saturday that is worked; 1 to 7 October are free.
    expect(addWorkingDays(due, -3, 'CN', { calendar })).toEqual({ ok: true, value: '2026-10-08' });
    for (const [today, stage] of [
      ['2026-09-20', null],
      ['2026-09-21', 't_10'],
      ['2026-10-07', 't_10'],
      ['2026-10-08', 't_3'],
      ['2026-10-10', 't_1'],
      ['2026-10-12', 't_1'],
      ['2026-10-13', 'overdue'],
    ] as const) {
      expect([today, stageOn(today, { due })]).toEqual([today, stage]);
    }
  });
  it('comes in the order ten, three, one, overdue, and never goes back', () => {
    const order = [null, 't_10', 't_3', 't_1', 'overdue'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 60 }), (from, length) => {
        const startedOn = addDays('2026-03-02', from);
        const due = addWorkingDays(startedOn, length, 'CN', { calendar });
        if (!due.ok) throw new Error('The year is known.');
        const seen = Array.from({ length: 130 }, (_, day) =>
          stageOn(addDays(startedOn, day), { startedOn, due: due.value }),
        );
        const ranks = seen.map((stage) => order.indexOf(stage));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        expect(seen[0]).toBe(null);
      }),
      { numRuns: 40 },
    );
  });
  it('of a window before something says when it opens, and is never overdue', () => {
    const window = {
      rule: { count: 60, unit: 'working_day', direction: 'before' },
      startedOn: '2026-12-01',
      due: '2026-09-01',
    } as const;
    expect(stageOn('2026-08-31', window)).toBe('t_1');
    expect(stageOn('2026-09-02', window)).toBe(null);
  });
  it('is silent while a clock stands still, and asks for the table that is missing', () => {
    expect(stageOn('2026-12-01', { due: null, problem: null })).toBe(null);
    expect(stageOn('2026-12-01', { due: null, problem: 'CN in 2027 is not known.' })).toBe('unknown');
  });
});
