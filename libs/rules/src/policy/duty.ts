import type { Condition, Test } from './compile.js';
import type { PolicyUse } from './vocabulary.js';

/** `missed`: the day has passed and it was not done. `unreadable`: nobody here can say what it asks for. */
export type DutyState = 'done' | 'pending' | 'missed' | 'unreadable';

/** A time until which something must be done: an instant, or so long after the data came in (both in ms). */
export type Deadline = { readonly kind: 'instant' | 'span'; readonly ms: number; readonly pointer: string };

/**
 * The deadlines a duty sets. Those are all a duty's conditions can say here: `dateTime` and `elapsedTime`, at most.
 *
 * @returns undefined when it says anything else.
 */
export function deadlinesOf(conditions: readonly Condition[]): readonly Deadline[] | undefined {
  const deadlines = conditions.map((condition) => (condition.kind === 'test' ? deadlineOf(condition) : undefined));
  return deadlines.every((deadline) => deadline !== undefined) ? deadlines : undefined;
}

/** The instant (ms) until which a duty must be done: the earliest it sets; null where none runs (yet). */
export function dueOf(conditions: readonly Condition[], { receivedAt }: PolicyUse): number | null | 'unreadable' {
  const deadlines = deadlinesOf(conditions);
  if (deadlines === undefined) return 'unreadable';
  const dates = deadlines.flatMap(({ kind, ms }) => {
    if (kind === 'instant') return [ms];
    return receivedAt === undefined ? [] : [receivedAt.getTime() + ms];
  });
  return dates.length === 0 ? null : Math.min(...dates);
}

function deadlineOf({ operand, operator, values, unreadable, pointer }: Test): Deadline | undefined {
  const [ms] = values;
  const upper = operator === 'lteq' || operator === 'lt';
  const timed = operand?.kind === 'instant' || operand?.kind === 'span';
  if (unreadable !== null || !upper || !timed || typeof ms !== 'number') return undefined;
  // "Before" an instant is until the last millisecond before it.
  return { kind: operand.kind === 'instant' ? 'instant' : 'span', ms: operator === 'lt' ? ms - 1 : ms, pointer };
}
