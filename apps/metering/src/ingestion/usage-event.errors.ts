import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with a whole request: nothing of it was read, nothing is counted. */
export const usageBodyErrors = defineErrors({
  USAGE_BODY_MALFORMED: {
    kind: 'invalid',
    title: 'The body is no JSON document',
    fix: 'Send one CloudEvent as a JSON object, or several as a JSON array, in UTF-8.',
  },
  USAGE_BODY_SHAPE: {
    kind: 'invalid',
    title: 'The body does not have the shape its content type promises',
    fix: 'Send one object as application/cloudevents+json, an array as application/cloudevents-batch+json, either as application/json.',
  },
  USAGE_HEADER_INVALID: {
    kind: 'invalid',
    title: 'A header field of the event cannot be read',
    fix: 'Send each ce- field once, and percent-encode what is not printable ASCII (CloudEvents HTTP binding, 3.1.3.2).',
  },
  USAGE_BATCH_TOO_LARGE: {
    kind: 'too_large',
    title: 'The batch holds too many events',
    fix: 'Split it; events that were already counted may be sent again without harm.',
  },
  USAGE_BATCH_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such batch of yours is counted',
    fix: 'If it was received a moment ago, ask again soon; it is counted within seconds once the database answers.',
  },
  USAGE_BACKLOG_FULL: {
    kind: 'rate_limited',
    title: 'Too much usage waits to be counted',
    fix: 'Send the same request again after the time in Retry-After; nothing of it was counted.',
  },
});

/** What can be wrong with one event of a batch; the others of the batch are counted all the same. */
export const usageEventErrors = defineErrors({
  USAGE_EVENT_MALFORMED: {
    kind: 'invalid',
    title: 'The event is no JSON object',
    fix: 'Send a JSON object (RFC 8259): no NaN, no Infinity, no comments, no trailing commas.',
  },
  USAGE_EVENT_NOT_UTF8: {
    kind: 'invalid',
    title: 'The event is not encoded in UTF-8',
    fix: 'Encode the JSON text in UTF-8.',
  },
  USAGE_EVENT_TOO_LARGE: {
    kind: 'too_large',
    title: 'The event is too large',
    fix: 'Send the quantities and what explains them; keep the payload that was served out of the event.',
  },
  USAGE_EVENT_TOO_DEEP: {
    kind: 'invalid',
    title: 'The event is nested too deeply',
    fix: 'Flatten the data.',
  },
  USAGE_EVENT_DUPLICATE_KEY: {
    kind: 'invalid',
    title: 'An object of the event names a member twice',
    fix: 'Name each member once: two readers would count different values (RFC 8259 section 4).',
  },
  USAGE_EVENT_ATTRIBUTE_MISSING: {
    kind: 'invalid',
    title: 'A required CloudEvents attribute is missing',
    fix: 'Send specversion "1.0", id, source, type "hetao.usage.recorded", subject (the agreement id), time and data.',
  },
  USAGE_EVENT_ATTRIBUTE_INVALID: {
    kind: 'invalid',
    title: 'A CloudEvents attribute is not valid',
    fix: 'Follow CloudEvents 1.0 section 3.1 for the attribute that the pointer names.',
  },
  USAGE_EVENT_DATA_INVALID: {
    kind: 'invalid',
    title: 'The data of the event is not valid',
    fix: 'Send data as { "meters": { "calls": "1" } }, with further members for what explains the quantities.',
  },
  USAGE_QUANTITY_INVALID: {
    kind: 'invalid',
    title: 'A quantity is not an exact number',
    fix: 'Write it as a string of digits with at most one point, such as "1234.5"; a whole number up to 9007199254740991 may be a JSON number.',
  },
  USAGE_QUANTITY_NEGATIVE: {
    kind: 'unprocessable',
    title: 'A quantity is negative',
    fix: 'Send what was used, zero or more. Usage that was counted wrongly is corrected by the operator, not by negative usage.',
  },
  USAGE_QUANTITY_TOO_LONG: {
    kind: 'unprocessable',
    title: 'A quantity has too many digits',
    fix: 'Send at most 24 digits before the point and 12 after it; choose a larger unit if it does not fit.',
  },
  USAGE_EVENT_IN_FUTURE: {
    kind: 'unprocessable',
    title: 'The event lies in the future',
    fix: 'Correct the clock of the sender, then send the event again with the time at which the usage happened.',
  },
  USAGE_EVENT_CONFLICT: {
    kind: 'conflict',
    title: 'The event id was used for another payload',
    fix: 'If this is other usage, send it under a new id. If it corrects the earlier event, ask the operator for a correction: what was counted is never overwritten.',
  },
  USAGE_SOURCES_EXHAUSTED: {
    kind: 'unprocessable',
    title: 'The sender uses too many sources',
    fix: 'Name the system that produces events in source; put what varies by event into id or data.',
  },
  USAGE_PERIOD_CLOSED: {
    kind: 'conflict',
    title: 'The period of this usage is closed',
    fix: 'It is invoiced already and cannot take further usage. Ask the operator to charge it as an adjustment in the next period.',
  },
  QUOTA_EXHAUSTED: {
    kind: 'conflict',
    title: 'The quota of the agreement is used up',
    fix: 'Stop serving under this agreement; agree on a larger quota with the buyer, then send the event again.',
  },
});

export type UsageBodyError = ErrorOf<typeof usageBodyErrors>;
export type UsageEventError = ErrorOf<typeof usageEventErrors>;
