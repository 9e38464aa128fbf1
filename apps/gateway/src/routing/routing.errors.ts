import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What the door itself can refuse, before any service has seen the request. */
export const routingErrors = defineErrors({
  REQUEST_TARGET_INVALID: {
    kind: 'invalid',
    title: 'The address of the request is not acceptable',
    fix: 'Write the path in its plain form: no dot segments, no empty segments, no encoded slashes, dots or backslashes.',
  },
  REQUEST_BODY_TOO_LARGE: {
    kind: 'too_large',
    title: 'The body is larger than this route takes',
    fix: 'Send less in one request: split a batch, or compress what repeats before you send it as several requests.',
  },
  RATE_LIMITED: {
    kind: 'rate_limited',
    title: 'Too many requests',
    fix: 'Wait as long as Retry-After says, then go on; RateLimit and RateLimit-Policy tell how much is left before that happens.',
  },
  STREAM_ORIGIN_WRONG: {
    kind: 'forbidden',
    title: 'A stream opens from a page of the exchange only',
    fix: 'Open the session in the exchange’s own portal: browsers send a session’s cookie with WebSockets of any page.',
  },
  SERVICE_UNAVAILABLE: {
    kind: 'unavailable',
    title: 'The service behind this route does not answer',
    fix: 'Send the same request again after Retry-After; with an Idempotency-Key a repeated POST takes effect once.',
  },
  SERVICE_TIMED_OUT: {
    kind: 'unavailable',
    title: 'The service behind this route took too long',
    fix: 'The request may still have taken effect: read the resource first, or repeat it with the same Idempotency-Key.',
  },
  SERVICE_ANSWER_LOST: {
    kind: 'unavailable',
    title: 'The answer of the service behind this route was lost',
    fix: 'The request may have taken effect: read the resource first, or repeat it with the same Idempotency-Key.',
  },
});

export type RoutingError = ErrorOf<typeof routingErrors>;
