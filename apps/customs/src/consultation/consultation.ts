import { err, ok, type Result } from '@hetao/kernel';
import { consultationErrors, type ConsultationError } from './consultation.errors.js';

export type ConsultationStatus = 'open' | 'answered' | 'closed';
export interface Message {
  readonly text: string;
  /** Ids of citations of the rule set; an officer's answer has at least one. */
  readonly citations: readonly string[];
  readonly attachments: readonly { readonly name: string; readonly sha256: string }[];
}

export const MAX_MESSAGES = 500;

/** Where a thread stands after one more message: an officer answers it, a question opens it again. */
export function addMessage(
  thread: { readonly id: string; readonly status: ConsultationStatus; readonly messages: number },
  message: Message,
  from: { readonly officer: boolean; readonly knownCitations: ReadonlySet<string> },
): Result<ConsultationStatus, ConsultationError> {
  if (thread.status === 'closed')
    return err(consultationErrors.CONSULTATION_CLOSED(`Consultation ${thread.id} is closed.`));
  if (thread.messages >= MAX_MESSAGES) {
    return err(consultationErrors.CONSULTATION_FULL(`Consultation ${thread.id} has ${MAX_MESSAGES} messages.`));
  }
  const cited = checkCitations(message.citations, from);
  return cited.ok ? ok(from.officer ? 'answered' : 'open') : cited;
}

/** Citations must exist; what an officer says must have one. */
export function checkCitations(
  citations: readonly string[],
  from: { readonly officer: boolean; readonly knownCitations: ReadonlySet<string> },
): Result<null, ConsultationError> {
  const strange = citations.filter((id) => !from.knownCitations.has(id));
  if (strange.length === 0 && (!from.officer || citations.length > 0)) return ok(null);
  const why = strange.length > 0 ? `There is no citation ${strange.join(', ')}.` : 'The answer cites nothing.';
  return err(consultationErrors.CONSULTATION_CITATION_MISSING(why));
}
