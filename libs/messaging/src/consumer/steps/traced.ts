import { traceHandling } from '../../tracing.js';
import type { Delivery, Outcome } from '../delivery.js';
import type { RawEvent } from '../raw-event.js';

/** A consumer span in the trace of the event's producer, around everything that is done with the event. */
export function traced(delivery: Delivery, next: () => Promise<Outcome>): Promise<Outcome> {
  const { event, scope } = delivery;
  const attributes = {
    ...spanAttributes(scope.system, scope.group, event),
    'messaging.message.id': event.id,
    'hetao.event.type': event.type,
  };
  return traceHandling(event.traceparent, attributes, next);
}

/** Names of the OpenTelemetry semantic conventions for messaging. */
export function spanAttributes(system: string, group: string, event: RawEvent): Record<string, string> {
  return {
    'messaging.system': system,
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.destination.name': event.topic,
    'messaging.consumer.group.name': group,
    ...(event.position && {
      'messaging.destination.partition.id': String(event.position.partition),
      'messaging.kafka.offset': String(event.position.offset),
    }),
  };
}
