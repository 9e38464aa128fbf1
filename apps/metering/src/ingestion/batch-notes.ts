import type { Outcome } from './outcome.js';

/** What is remembered of an event that was not simply accepted. */
export interface BatchNote {
  /** Place among the readable events of the pack. */
  readonly at: number;
  readonly status: Outcome['status'];
  readonly code?: string;
  readonly detail?: string;
  readonly fix?: string;
  readonly pointer?: string;
}

/** Most bytes of notes that one pack may leave behind. */
const MAX_NOTES = 5_000;

/** The outcomes of a pack as JSON: accepted events leave no note, so a flawless pack leaves an empty list. */
export function notesOf(outcomes: readonly Outcome[]): string {
  const notes: BatchNote[] = [];
  outcomes.forEach((outcome, at) => {
    if (outcome.status === 'accepted' || notes.length >= MAX_NOTES) return;
    notes.push({ at, ...noteOf(outcome) });
  });
  return JSON.stringify(notes);
}

function noteOf(outcome: Outcome): Omit<BatchNote, 'at'> {
  if (!('error' in outcome)) return { status: outcome.status };
  const { code, detail, fix, pointer } = outcome.error;
  return { status: outcome.status, code, detail, fix, ...(pointer === undefined ? {} : { pointer }) };
}
