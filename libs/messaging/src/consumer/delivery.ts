import type { EventDefinition, ReceivedEvent } from '@hetao/events';
import type { Clock } from '@hetao/kernel';
import type { UnitOfWork } from '@hetao/persistence';
import type { Logger } from '../logger.js';
import type { RetryPolicy, Subscription } from '../transport.js';
import type { Obstacle } from './patience.js';
import type { RawEvent } from './raw-event.js';

/** `known`: applied before. `unwanted`: no handler of this group takes its type. `parked`: now a dead letter. */
export type Outcome = 'handled' | 'known' | 'unwanted' | 'parked';

/** What all deliveries of one consumer share. */
export interface DispatchScope {
  readonly group: string;
  /** OpenTelemetry's `messaging.system`. */
  readonly system: string;
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly policy: RetryPolicy;
  readonly logger: Logger;
  readonly obstacle: Obstacle;
  /** By event type. */
  readonly subscriptions: ReadonlyMap<string, Subscription>;
}

/** One event on its way to its handler. */
export interface Delivery {
  readonly scope: DispatchScope;
  readonly event: RawEvent;
  readonly subscription: Subscription;
  /** Aborts the waiting between attempts, never a running handler. */
  readonly signal: AbortSignal;
  /** Filled in by the step that parses. */
  received?: ReceivedEvent<unknown>;
}

/** One step on the way. What lies further in is behind `next`. */
export type Step = (delivery: Delivery, next: () => Promise<Outcome>) => Promise<Outcome>;

/** Thrown by the step that has tried enough. */
export class GivenUp extends Error {
  readonly attempts: number;

  constructor(attempts: number, cause: unknown) {
    super('The event could not be handled.', { cause });
    this.attempts = attempts;
  }
}

/** The event does not fit its contract: it will never fit, however often it is tried. */
export class Unreadable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The event as its handler sees it. Throws Unreadable when envelope, JSON or data do not fit. */
export function readEvent(event: RawEvent, definition: EventDefinition<unknown>): ReceivedEvent<unknown> {
  try {
    if (event.malformed !== undefined) throw new Error(event.malformed);
    const json: unknown = JSON.parse(
      typeof event.payload === 'string' ? event.payload : event.payload.toString('utf8'),
    );
    const data = definition.parse(json);
    const { id, type, source, subject, time, traceparent } = event;
    return { id, type, source, subject, time, data, ...(traceparent === undefined ? {} : { traceparent }) };
  } catch (error) {
    throw new Unreadable(error);
  }
}
