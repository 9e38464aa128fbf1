import { claimFresh } from '../apply-once.js';
import type { Delivery, Outcome } from '../delivery.js';

/**
 * One transaction: the inbox row, the subscriber's effect, and the events it appends. An event that the inbox knows ends
 * here with nothing done. There is nothing below this step.
 */
export function applied({ scope, event, subscription, received }: Delivery): Promise<Outcome> {
  return scope.uow.run(async (tx) => {
    if (received === undefined) throw new Error('The event must be parsed before it is applied.');
    if ((await claimFresh(tx, scope, subscription, [event])).length === 0) return 'known';
    await subscription.handle([received], tx);
    return 'handled';
  });
}
