import type { ReceivedEvent } from '@hetao/events';
import type { Subscription } from '../transport.js';
import { traceBatch } from '../tracing.js';
import { claimFresh } from './apply-once.js';
import { readEvent, Unreadable, type DispatchScope, type Outcome } from './delivery.js';
import { patiently } from './patience.js';
import { placeOf, type RawEvent } from './raw-event.js';
import { spanAttributes } from './steps/traced.js';
import { Interrupted, throwIfInterrupted } from './waiting.js';

export interface BatchDelivery {
  readonly scope: DispatchScope;
  readonly subscription: Subscription;
  readonly events: readonly RawEvent[];
  readonly signal: AbortSignal;
  /** The way of a single event through all steps. */
  readonly single: (event: RawEvent) => Promise<Outcome>;
}

interface ReadEvent {
  readonly raw: RawEvent;
  readonly received: ReceivedEvent<unknown>;
}

/** Consecutive events that can be read, or one that cannot. */
type Run = { readonly readable: ReadEvent[] } | { readonly unreadable: RawEvent };

/**
 * Handles many events in one transaction. When that fails for a reason of theirs, they are handled one by one, where the
 * culprit is retried and parked alone. Events that cannot be read are taken out beforehand, in their place in the order,
 * so that the noted offset never runs ahead of a dead letter.
 */
export async function dispatchBatch(batch: BatchDelivery): Promise<void> {
  for (const run of runsOf(batch)) {
    throwIfInterrupted(batch.signal);
    if ('unreadable' in run) await batch.single(run.unreadable);
    else if (run.readable.length === 1) await oneByOne(batch, run.readable);
    else await together(batch, run.readable);
  }
}

function runsOf({ events, subscription }: BatchDelivery): Run[] {
  const runs: Run[] = [];
  let readable: ReadEvent[] | undefined;
  for (const raw of events) {
    const received = tryToRead(raw, subscription);
    if (received === undefined) {
      runs.push({ unreadable: raw });
      readable = undefined;
    } else if (readable === undefined) {
      readable = [{ raw, received }];
      runs.push({ readable });
    } else {
      readable.push({ raw, received });
    }
  }
  return runs;
}

function tryToRead(event: RawEvent, subscription: Subscription): ReceivedEvent<unknown> | undefined {
  try {
    return readEvent(event, subscription.event);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

async function together(batch: BatchDelivery, events: readonly ReadEvent[]): Promise<void> {
  const [first] = events;
  if (first === undefined) return;
  const { scope, signal } = batch;
  const attributes = {
    ...spanAttributes(scope.system, scope.group, first.raw),
    'messaging.batch.message_count': events.length,
  };
  const traceparents = events.map((event) => event.raw.traceparent);
  const attempt = (): Promise<void> => traceBatch(traceparents, attributes, () => applyAll(batch, events));
  try {
    await patiently(attempt, { signal, logger: scope.logger, obstacle: scope.obstacle });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const fields = {
      err: error,
      group: scope.group,
      type: first.raw.type,
      from: placeOf(first.raw),
      events: events.length,
    };
    scope.logger.warn(fields, 'A batch failed; its events are handled one by one to find the culprit');
    await oneByOne(batch, events);
  }
}

function applyAll({ scope, subscription }: BatchDelivery, events: readonly ReadEvent[]): Promise<void> {
  return scope.uow.run(async (tx) => {
    const raw = events.map((event) => event.raw);
    const fresh = new Set(await claimFresh(tx, scope, subscription, raw));
    const unseen = events.filter((event) => fresh.has(event.raw)).map((event) => event.received);
    if (unseen.length > 0) await subscription.handle(unseen, tx);
  });
}

async function oneByOne({ signal, single }: BatchDelivery, events: readonly ReadEvent[]): Promise<void> {
  for (const event of events) {
    throwIfInterrupted(signal);
    await single(event.raw);
  }
}
