import { err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import { anonymise, type KnownNames, type Replaced } from './anonymise.js';
import { consultationErrors, type ConsultationError } from './consultation.errors.js';

/** What others may learn from a consultation. */
export interface PrecedentText {
  readonly question: string;
  readonly answer: string;
  readonly citations: readonly string[];
}
export interface PrecedentDraft extends PrecedentText {
  /** What was taken out by itself. */
  readonly replaced: readonly Replaced[];
}

/** A first draft of a precedent out of a thread: the question as it was opened, the last answer, and no names. */
export function draftPrecedent(
  thread: { readonly id: string; readonly subject: string; readonly messages: readonly ThreadMessage[] },
  names: KnownNames,
): Result<PrecedentDraft, ConsultationError> {
  const answer = thread.messages.findLast(({ fromOfficer }) => fromOfficer);
  if (answer === undefined) {
    return err(consultationErrors.PRECEDENT_UNANSWERED(`Consultation ${thread.id} has no answer of an officer yet.`));
  }
  const asked = thread.messages[0]?.text ?? '';
  const question = anonymise(`${thread.subject}\n\n${asked}`, names);
  const answered = anonymise(answer.text, names);
  return ok({
    question: question.text,
    answer: answered.text,
    citations: answer.citations,
    replaced: merged([...question.replaced, ...answered.replaced]),
  });
}
export interface ThreadMessage {
  readonly fromOfficer: boolean;
  readonly text: string;
  readonly citations: readonly string[];
}

/** Refuses a text that still names somebody, or looks as if it did. */
export function checkAnonymous(
  { question, answer }: PrecedentText,
  names: KnownNames,
): Result<null, ConsultationError> {
  const items = (['question', 'answer'] as const).flatMap((part): ErrorItem[] =>
    anonymise({ question, answer }[part], names).replaced.map(({ kind, times }) => ({
      pointer: `/${part}`,
      code: 'NAMES_SOMEBODY',
      detail: `The ${part} holds ${times} of kind ${kind}.`,
    })),
  );
  if (items.length === 0) return ok(null);
  const detail = items.map((item) => item.detail).join(' ');
  return err(consultationErrors.PRECEDENT_NAMES_SOMEBODY(detail, { items }));
}

function merged(all: readonly Replaced[]): readonly Replaced[] {
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    kind,
    times: all.filter((each) => each.kind === kind).reduce((sum, { times }) => sum + times, 0),
  }));
}
