import type { LocalizedText } from '@hetao/kernel';
import { addWorkingDays, type WorkCalendar } from '@hetao/rules';
import type { Declaration } from '../declaration/declaration.js';
import { reckonAll, type RunningClock } from '../declaration/running-clocks.js';

export const reminderStages = ['t_10', 't_3', 't_1', 'overdue', 'unknown'] as const;
export type ReminderStage = (typeof reminderStages)[number];
/** What officers have to look into: a limit that passed, or one nobody can compute. */
export const escalatedStages: readonly ReminderStage[] = ['overdue', 'unknown'];

/** Somebody has to be told about a clock. */
export interface Reminder {
  readonly clockId: string;
  readonly clockText: LocalizedText;
  readonly owedBy: 'exporter' | 'authority';
  readonly stage: ReminderStage;
  readonly startedOn: string;
  /** Last day of the limit; null where it cannot be computed. */
  readonly due: string | null;
  readonly problem: string | null;
}

/** Working days before the last day on which somebody is reminded, the most pressing first. */
const AHEAD = [
  { stage: 't_1', workingDays: 1 },
  { stage: 't_3', workingDays: 3 },
  { stage: 't_10', workingDays: 10 },
] as const;
/** Limits of mainland procedures are counted in the mainland's working days, and so is the time before them. */
const PLACE = 'CN';

/**
 * Clocks somebody still waits for, with due dates as the tables of today give them. What the authority owed is done with
 * its decision, what was asked for with the next submission, whether or not anybody ended the clock by hand.
 */
export function openClocks(declaration: Declaration, calendar: WorkCalendar): readonly RunningClock[] {
  const { finding, decision, status } = declaration;
  const requirements = [finding.requirement, ...finding.further];
  const eventOf = new Map(
    requirements.flatMap((requirement) => requirement?.clocks.map(({ id, from }) => [id, from] as const) ?? []),
  );
  const isDone = ({ id, by, startedOn, metOn, rule }: RunningClock): boolean => {
    if (metOn !== null) return true;
    if (eventOf.get(id) === 'returned' && status !== 'returned') return true;
    return rule.direction === 'forward' && by === 'authority' && decision !== null && startedOn <= decision.decidedOn;
  };
  return reckonAll(
    declaration.clocks.filter((clock) => !isDone(clock)),
    calendar,
  );
}

/** What has to be said today about each clock: the most pressing stage it has reached, and nothing while it is paused. */
export function dueReminders(
  clocks: readonly RunningClock[],
  today: string,
  calendar: WorkCalendar,
): readonly Reminder[] {
  return clocks.flatMap((clock) => {
    const { id: clockId, text: clockText, by: owedBy, startedOn, due, problem } = clock;
    const stage = stageOf(clock, today, calendar);
    return stage === null ? [] : [{ clockId, clockText, owedBy, stage, startedOn, due, problem }];
  });
}

function stageOf({ due, problem, startedOn, rule }: RunningClock, today: string, calendar: WorkCalendar) {
  if (due === null) return problem === null ? null : 'unknown';
  if (today > due) return rule.direction === 'forward' ? 'overdue' : null;
  const reached = AHEAD.find(({ workingDays }) => {
    const day = addWorkingDays(due, -workingDays, PLACE, { calendar });
    // A limit shorter than the notice is not announced before it began.
    return day.ok && today >= day.value && (rule.direction === 'before' || day.value > startedOn);
  });
  return reached?.stage ?? null;
}
