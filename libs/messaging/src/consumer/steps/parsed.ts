import { readEvent, type Delivery, type Outcome } from '../delivery.js';

/** Checks envelope and schema before a transaction is opened; what does not fit is given up at once (Unreadable). */
export function parsed(delivery: Delivery, next: () => Promise<Outcome>): Promise<Outcome> {
  delivery.received ??= readEvent(delivery.event, delivery.subscription.event);
  return next();
}
