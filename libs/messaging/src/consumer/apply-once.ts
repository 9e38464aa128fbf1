import type { Tx } from '@hetao/persistence';
import type { Subscription } from '../transport.js';
import { storable } from './dead-letters.js';
import type { DispatchScope } from './delivery.js';
import { rememberEvents } from './inbox.js';
import { lockNextOffset, storeNextOffset } from './offsets.js';
import type { RawEvent } from './raw-event.js';

/**
 * Claims events for this transaction and returns those whose effect has not happened yet. If the transaction rolls back,
 * the claim does too. The events are of one subscription and, on Kafka, of one partition in its order.
 *
 * The inbox dedupes by id: it also knows the second copy that a relay sends when it died between sending and noting. The
 * offset of batch subscriptions goes beside it: it shuts out a member that lost the partition and still writes.
 */
export async function claimFresh(
  tx: Tx,
  scope: DispatchScope,
  subscription: Subscription,
  events: readonly RawEvent[],
): Promise<readonly RawEvent[]> {
  const candidates = subscription.mode === 'batch' ? await aboveOffset(tx, scope, events) : events;
  if (candidates.length === 0) return [];
  const ids = candidates.map((event) => storable(event.id));
  const fresh = new Set(await rememberEvents(tx, scope.group, ids));
  // Deleting what was found lets only the first of two copies in one batch through.
  return candidates.filter((event) => fresh.delete(storable(event.id)));
}

async function aboveOffset(tx: Tx, scope: DispatchScope, events: readonly RawEvent[]): Promise<readonly RawEvent[]> {
  const first = events[0]?.position;
  const last = events.at(-1)?.position;
  if (first === undefined || last === undefined) return events;
  const next = await lockNextOffset(tx, scope.group, first, scope.logger);
  const above = events.filter((event) => event.position !== undefined && event.position.offset >= next);
  if (above.length > 0) await storeNextOffset(tx, scope.group, last);
  return above;
}
