import { claimFresh } from '../apply-once.js';
import { parkEvent } from '../dead-letters.js';
import { GivenUp, type Delivery, type Outcome } from '../delivery.js';
import { patiently } from '../patience.js';
import { placeOf } from '../raw-event.js';

/**
 * Parks what the steps below gave up on, so that the events behind it go on. The inbox row is written with it: a
 * redelivery finds the event known, and an event that somebody else has handled meanwhile is not parked.
 */
export async function deadLettered(delivery: Delivery, next: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await next();
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    return park(delivery, error);
  }
}

function park({ scope, event, subscription, signal }: Delivery, { attempts, cause }: GivenUp): Promise<Outcome> {
  const { group, uow, clock, logger, obstacle } = scope;
  const work = async (): Promise<Outcome> =>
    uow.run(async (tx) => {
      if ((await claimFresh(tx, scope, subscription, [event])).length === 0) return 'known';
      await parkEvent(tx, { event, group, attempts, error: cause, failedAt: clock.now() });
      const fields = { err: cause, group, eventId: event.id, type: event.type, at: placeOf(event), attempts };
      tx.onCommitted(() => logger.error(fields, 'An event could not be handled and was parked as a dead letter'));
      return 'parked';
    });
  return patiently(work, { signal, logger, obstacle });
}
