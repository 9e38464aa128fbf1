import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a verification. A mismatch is an answer, not a refusal. */
export const verificationErrors = defineErrors({
  VERIFICATION_LIMIT_REACHED: {
    kind: 'rate_limited',
    title: 'Too many verifications in an hour',
    fix: 'Wait until the hour has passed. The limit keeps the exchange from answering guesses.',
  },
  VERIFICATION_GUESSING_STOPPED: {
    kind: 'rate_limited',
    title: 'Too many wrong files under one consent',
    fix: 'Check file and salt with the holder, then try again after an hour.',
  },
  VERIFICATION_UNKNOWN: {
    kind: 'not_found',
    title: 'No such verification',
    fix: 'Check the id; only the receiver, operator and auditor see a verification.',
  },
});

export type VerificationError = ErrorOf<typeof verificationErrors>;
