import { defineErrors } from '@hetao/kernel';

/** What can be wrong with an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-08, section 2.7). */
export const idempotencyErrors = defineErrors({
  IDEMPOTENCY_KEY_MISSING: {
    kind: 'invalid',
    title: 'An Idempotency-Key is required here',
    fix: 'Send a header Idempotency-Key with a fresh UUID; repeat the same key when you repeat the request.',
  },
  IDEMPOTENCY_KEY_MALFORMED: {
    kind: 'invalid',
    title: 'The Idempotency-Key cannot be used',
    fix: 'Send 1 to 200 printable ASCII characters without quotes or backslashes; a UUID is best.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'unprocessable',
    title: 'The Idempotency-Key belongs to another request',
    fix: 'Use a fresh key for a new request, or repeat the first request unchanged.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    kind: 'conflict',
    title: 'The same request is still being worked on',
    fix: 'Wait for the time in Retry-After, then repeat it with the same key to get its answer.',
  },
});
