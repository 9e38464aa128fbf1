import type { CompiledRule, Condition, Deadline, Test } from './compiled.js';
import type { PolicyUse } from './vocabulary.js';

/** `missed`: the day has passed and it was not done. `unreadable`: nobody here can say what it asks for. */
export type DutyState = 'done' | 'pending' | 'missed' | 'unreadable';

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
export function dueOf({ deadlines = [] }: CompiledRule, { receivedAt }: PolicyUse): number | null {
  let due: number | null = null;
  for (const { kind, ms } of deadlines) {
    if (kind === 'span' && receivedAt === undefined) continue;
    const date = kind === 'instant' ? ms : ms + (receivedAt?.getTime() ?? 0);
    if (due === null || date < due) due = date;
  }
  return due;
}

function deadlineOf({ operand, operator, values, unreadable, pointer }: Test): Deadline | undefined {
  const [ms] = values;
  const upper = operator === 'lteq' || operator === 'lt';
  const timed = operand?.kind === 'instant' || operand?.kind === 'span';
  if (unreadable !== null || !upper || !timed || typeof ms !== 'number') return undefined;
  // "Before" an instant is until the last millisecond before it.
  return { kind: operand.kind === 'instant' ? 'instant' : 'span', ms: operator === 'lt' ? ms - 1 : ms, pointer };
}
