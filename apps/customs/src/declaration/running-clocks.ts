import type { LocalizedText } from '@hetao/kernel';
import { readClock, type Pause, type Requirement, type StatutoryClock, type WorkCalendar } from '@hetao/rules';

/** A statutory limit that an event of this declaration started. */
export interface RunningClock {
  readonly id: string;
  readonly text: LocalizedText;
  readonly by: 'exporter' | 'authority';
  readonly rule: Pick<StatutoryClock, 'count' | 'unit' | 'direction'>;
  readonly startedOn: string;
  /** Last day; null while it is paused, or while it cannot be computed. */
  readonly due: string | null;
  /** Why there is no due date: a calendar that nobody entered. Never a guess. */
  readonly problem: string | null;
  readonly pauses: readonly Pause[];
  readonly metOn: string | null;
}

/** Limits of mainland procedures are counted in the mainland's working days. */
const PLACE = 'CN';

/** The clocks an event starts; a clock that ran already starts anew. */
export function startClocks(
  requirements: readonly Requirement[],
  before: readonly RunningClock[],
  event: { readonly name: string; readonly on: string },
  calendar: WorkCalendar,
): readonly RunningClock[] {
  const rules = requirements.flatMap(({ clocks }) => clocks);
  const started = rules
    .filter(({ from }) => from === event.name)
    .map(({ id, text, by, count, unit, direction }) =>
      reckoned(
        {
          id,
          text,
          by,
          rule: { count, unit, direction },
          startedOn: event.on,
          due: null,
          problem: null,
          pauses: [],
          metOn: null,
        },
        calendar,
      ),
    );
  const ids = new Set(started.map(({ id }) => id));
  return [...before.filter(({ id }) => !ids.has(id)), ...started];
}

/** Stops, resumes or ends the clocks named; an open pause ends on the day of `resume`. */
export function changeClock(
  clocks: readonly RunningClock[],
  change: { readonly id: string; readonly command: 'pause' | 'resume' | 'meet'; readonly on: string },
  calendar: WorkCalendar,
): readonly RunningClock[] {
  return clocks.map((clock) => {
    if (clock.id !== change.id || clock.metOn !== null) return clock;
    if (change.command === 'meet') return { ...clock, metOn: change.on };
    const open = clock.pauses.find(({ until }) => until === null);
    if (change.command === 'pause') {
      return open
        ? clock
        : reckoned({ ...clock, pauses: [...clock.pauses, { from: change.on, until: null }] }, calendar);
    }
    const pauses = clock.pauses.map((pause) => (pause === open ? { ...pause, until: change.on } : pause));
    return reckoned({ ...clock, pauses }, calendar);
  });
}

/** Computes the due dates anew: after a calendar was entered. */
export function reckonAll(clocks: readonly RunningClock[], calendar: WorkCalendar): readonly RunningClock[] {
  return clocks.map((clock) => (clock.metOn === null ? reckoned(clock, calendar) : clock));
}

/** The nearest day on which something is due. */
export function nextDue(clocks: readonly RunningClock[]): string | null {
  const dates = clocks.flatMap(({ due, metOn, rule }) =>
    due !== null && metOn === null && rule.direction === 'forward' ? [due] : [],
  );
  return dates.sort()[0] ?? null;
}

function reckoned(clock: RunningClock, calendar: WorkCalendar): RunningClock {
  const reading = readClock(clock.rule, clock.startedOn, PLACE, { calendar, pauses: clock.pauses });
  return reading.ok
    ? { ...clock, due: reading.value.due, problem: null }
    : { ...clock, due: null, problem: reading.error.detail };
}
