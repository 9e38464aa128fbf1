import type { Outcome } from './outcome.js';
import type { ItemOutcome } from './submission.types.js';

/** What is remembered of an event that was not simply accepted. */
export interface BatchNote {
  /** Place among the readable events of the batch. */
  readonly at: number;
  readonly status: ItemOutcome['status'];
  readonly code?: string;
  readonly detail?: string;
  readonly fix?: string;
  readonly pointer?: string;
}

/** The outcomes of a batch as JSON. Accepted events leave no note, so a flawless batch leaves an empty list. */
export function notesOf(outcomes: readonly Outcome[]): string {
  const notes: BatchNote[] = [];
  outcomes.forEach((outcome, at) => {
    if (outcome.status !== 'accepted') notes.push({ at, ...noteOf(outcome) });
  });
  return JSON.stringify(notes);
}

/** The outcomes of `count` events from the notes about them. */
export function outcomesFrom(notes: readonly BatchNote[], count: number): readonly ItemOutcome[] {
  const outcomes: ItemOutcome[] = Array.from({ length: count }, () => ({ status: 'accepted' }));
  for (const { at, status, code = '', detail = '', fix = '', pointer } of notes) {
    if (status !== 'conflict' && status !== 'rejected') outcomes[at] = { status };
    else outcomes[at] = { status, error: { code, detail, fix, ...(pointer === undefined ? {} : { pointer }) } };
  }
  return outcomes;
}

function noteOf(outcome: Outcome): Omit<BatchNote, 'at'> {
  if (!('error' in outcome)) return { status: outcome.status };
  const { code, detail, fix, pointer } = outcome.error;
  return { status: outcome.status, code, detail, fix, ...(pointer === undefined ? {} : { pointer }) };
}
