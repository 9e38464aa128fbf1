import { err, ok, type Result } from '@hetao/kernel';
import { messagingErrors, type MessagingError } from '../messaging.errors.js';

/**
 * `parked`: waits for somebody. `discard_proposed`: for a second person. `replay_requested`: its consumer takes it within
 * seconds. `replayed` and `discarded` are settled for good.
 */
export const deadLetterStatuses = ['parked', 'discard_proposed', 'replay_requested', 'replayed', 'discarded'] as const;
export type DeadLetterStatus = (typeof deadLetterStatuses)[number];

/** What somebody wants done with a dead letter, and why. */
export interface Ask {
  /** Subject of who asks. */
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** What was asked of a dead letter so far. */
export interface DeadLetterState {
  readonly id: string;
  readonly status: DeadLetterStatus;
  /** The last thing that was asked for: a replay, or a discard by its first person. */
  readonly asked: Ask | null;
  /** The second person of a discard. */
  readonly confirmedBy: string | null;
  readonly settledAt: Date | null;
}

/**
 * Asks the consumer to handle it again. A proposal to discard falls with it. Asking for what is asked for, or done,
 * changes nothing.
 */
export function askReplay<S extends DeadLetterState>(letter: S, asked: Ask): Result<S, MessagingError> {
  if (letter.status === 'discarded') return settled(letter);
  if (letter.status === 'replay_requested' || letter.status === 'replayed') return ok(letter);
  return ok({ ...letter, status: 'replay_requested', asked });
}

/**
 * Settles it without handling: what the event should have done will never be done, so the first person proposes it and
 * the second one's word settles it. The same person's second word changes nothing, nor does a third person's.
 */
export function askDiscard<S extends DeadLetterState>(letter: S, asked: Ask): Result<S, MessagingError> {
  if (letter.status === 'parked') return ok({ ...letter, status: 'discard_proposed', asked });
  if (letter.status === 'discarded') return ok(letter);
  if (letter.status !== 'discard_proposed') return settled(letter);
  if (letter.asked?.by === asked.by) return ok(letter);
  return ok({ ...letter, status: 'discarded', confirmedBy: asked.by, settledAt: asked.at });
}

function settled(letter: DeadLetterState): Result<never, MessagingError> {
  return err(messagingErrors.DEAD_LETTER_SETTLED(`Dead letter ${letter.id} is ${letter.status.replace('_', ' ')}.`));
}
