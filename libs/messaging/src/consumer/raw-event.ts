/** Where a record stands in a Kafka log. */
export interface LogPosition {
  /** Tells a log from its successor of the same name after a broker was rebuilt. */
  readonly clusterId: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** The offset that the next record of the partition would get. */
  readonly highWatermark: bigint;
}

/** An event as it comes off a transport, before anybody has looked inside. */
export interface RawEvent {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** The key. */
  readonly subject: string;
  readonly topic: string;
  readonly time: Date;
  /** The JSON of its data, unread. */
  readonly payload: Buffer | string;
  readonly traceparent: string | undefined;
  /** Kafka only. */
  readonly position?: LogPosition;
  /** Why its envelope cannot be understood, when it cannot. */
  readonly malformed?: string;
}

/** For logs and dead letters: enough to find the record again. */
export function placeOf(event: RawEvent): string {
  const { position } = event;
  return position === undefined ? event.topic : `${position.topic}/${position.partition}@${position.offset}`;
}
