import { recordFailedAttempt } from '../../tracing.js';
import { GivenUp, Unreadable, type Delivery, type Outcome } from '../delivery.js';
import { patiently } from '../patience.js';
import { placeOf } from '../raw-event.js';
import { backoffMs, Interrupted, pause } from '../waiting.js';

/**
 * Tries again what may be cured by time. Two kinds of failure are kept apart: one that the event brings about is tried a
 * bounded number of times, for it holds up the events behind it; one of the database is waited out, for however long.
 */
export async function retried(delivery: Delivery, next: () => Promise<Outcome>): Promise<Outcome> {
  const { scope, event, signal } = delivery;
  const { group, policy, logger, obstacle } = scope;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await patiently(next, { signal, logger, obstacle });
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      recordFailedAttempt(error);
      if (error instanceof Unreadable || attempt >= policy.attempts) throw new GivenUp(attempt, error);
      const waitMs = backoffMs(attempt, policy);
      const fields = { err: error, group, eventId: event.id, type: event.type, at: placeOf(event), attempt };
      logger.warn({ ...fields, waitMs: Math.round(waitMs) }, 'Handling an event failed; it is tried again');
      await pause(waitMs, signal);
    }
  }
}
