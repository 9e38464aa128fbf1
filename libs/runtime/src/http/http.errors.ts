import { defineErrors } from '@hetao/kernel';

/** Failures of the HTTP edge itself, before or around a use case. */
export const httpErrors = defineErrors({
  REQUEST_MALFORMED: {
    kind: 'invalid',
    title: 'The request cannot be read',
    fix: 'Send a well-formed HTTP request.',
  },
  JSON_MALFORMED: {
    kind: 'invalid',
    title: 'The body is not valid JSON',
    fix: 'Send one JSON document in UTF-8 (RFC 8259), without trailing commas or comments.',
  },
  VALIDATION_FAILED: {
    kind: 'unprocessable',
    title: 'The request does not fit the schema',
    fix: 'Correct each entry of "errors"; the schema is in /openapi.json.',
  },
  ROUTE_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is nothing at this address',
    fix: 'Check method and path against /openapi.json.',
  },
  RESOURCE_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such resource',
    fix: 'Check the id; ids carry a prefix that names their kind.',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    kind: 'unsupported_media_type',
    title: 'The body has a media type that is not read here',
    fix: 'Set Content-Type to one that /openapi.json names for this operation, usually application/json.',
  },
  BODY_TOO_LARGE: {
    kind: 'too_large',
    title: 'The body is too large',
    fix: 'Send less at once, in several requests.',
  },
  REQUEST_REFUSED: {
    kind: 'invalid',
    title: 'The request was refused',
    fix: 'Correct the request; sending it again unchanged will fail again.',
  },
  SERVICE_STARTING: {
    kind: 'unavailable',
    title: 'The service is not ready yet',
    fix: 'Try again after the time in Retry-After.',
  },
  SERVICE_STOPPING: {
    kind: 'unavailable',
    title: 'The service is stopping',
    fix: 'Try again; another instance takes over.',
  },
  REQUEST_TIMED_OUT: {
    kind: 'unavailable',
    title: 'The request took too long',
    fix: 'Try again after the time in Retry-After, with the same Idempotency-Key where one is used.',
  },
  CURSOR_INVALID: {
    kind: 'unprocessable',
    title: 'The cursor does not belong to this list',
    fix: 'Use next_cursor as it was given, with the same filters, or start again without a cursor.',
  },
  IF_MATCH_MISSING: {
    kind: 'precondition_required',
    title: 'The request must say which version it changes',
    fix: 'Read the resource and send its ETag in If-Match.',
  },
  IF_MATCH_MALFORMED: {
    kind: 'invalid',
    title: 'If-Match cannot be read',
    fix: 'Send the ETag as it was given, quotes included, as in If-Match: "v3".',
  },
  VERSION_STALE: {
    kind: 'precondition_failed',
    title: 'The resource has changed since it was read',
    fix: 'Read it again, look at what changed, and repeat the request with the new ETag.',
  },
});
