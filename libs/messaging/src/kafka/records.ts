import { isUtf8 } from 'node:buffer';
import type { RawEvent } from '../consumer/raw-event.js';
import type { IHeaders, KafkaMessage, Message } from './kafka-client.js';

/**
 * An event as a Kafka record: CloudEvents 1.0, Kafka protocol binding 1.0.2, binary content mode. The attributes are headers,
 * so that a reader can route without parsing, and the value is the bare JSON of the data.
 */
export interface OutgoingEvent {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly key: string;
  readonly time: Date;
  readonly data: string;
  readonly traceparent: string | undefined;
}

export function toRecord(event: OutgoingEvent): Message {
  return {
    key: event.key,
    value: event.data,
    headers: {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: event.type,
      ce_source: event.source,
      ce_subject: event.key,
      ce_time: event.time.toISOString(),
      'content-type': 'application/json',
      ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
    },
  };
}

export interface RecordPlace {
  readonly clusterId: string;
  readonly topic: string;
  readonly partition: number;
  readonly highWatermark: bigint;
}

/** Never throws: what does not fit is marked as malformed, so that it ends as a dead letter and not as a stuck partition. */
export function fromRecord(message: KafkaMessage, place: RecordPlace): RawEvent {
  const { topic, partition, clusterId, highWatermark } = place;
  const headers = message.headers ?? {};
  const time = new Date(headerText(headers, 'ce_time') ?? Number.NaN);
  const timeIsValid = !Number.isNaN(time.getTime());
  const fault = faultOf(headers, timeIsValid, message.value);
  return {
    id: headerText(headers, 'ce_id') ?? `kafka:${clusterId}/${topic}/${partition}/${message.offset}`,
    type: headerText(headers, 'ce_type') ?? '',
    source: headerText(headers, 'ce_source') ?? '',
    subject: headerText(headers, 'ce_subject') ?? message.key?.toString('utf8') ?? '',
    topic,
    time: timeIsValid ? time : new Date(Number(message.timestamp)),
    payload: message.value ?? '',
    traceparent: headerText(headers, 'traceparent'),
    position: { clusterId, topic, partition, offset: BigInt(message.offset), highWatermark },
    ...(fault === undefined ? {} : { malformed: fault }),
  };
}

function faultOf(headers: IHeaders, timeIsValid: boolean, value: Buffer | null): string | undefined {
  const missing = ['ce_id', 'ce_type', 'ce_source'].filter((name) => headerText(headers, name) === undefined);
  if (missing.length > 0) return `The record lacks the CloudEvents headers ${missing.join(', ')}.`;
  const version = headerText(headers, 'ce_specversion');
  if (version !== '1.0') return `The record's ce_specversion is ${version ?? 'missing'}; 1.0 is understood.`;
  if (!timeIsValid) return "The record's ce_time is no RFC 3339 time.";
  if (value === null) return 'The record has no value.';
  return isUtf8(value) ? undefined : "The record's value is no UTF-8 text.";
}

function headerText(headers: IHeaders, name: string): string | undefined {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  const text = first?.toString();
  return text === '' ? undefined : text;
}
