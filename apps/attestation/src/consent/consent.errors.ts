import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a consent. */
export const consentErrors = defineErrors({
  CONSENT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such consent',
    fix: 'Check the id; only holder, receiver, operator and auditor see a consent.',
  },
  CONSENT_NOT_YOURS_TO_GIVE: {
    kind: 'forbidden',
    title: 'Only the holder consents',
    fix: 'Ask the holder that the issuer named to give the consent.',
  },
  CONSENT_TERM_INVALID: {
    kind: 'unprocessable',
    title: 'The consent would end before it begins, or last too long',
    fix: 'Give a valid_until in the future, at most 366 days from now.',
  },
  CONSENT_DOES_NOT_COVER: {
    kind: 'forbidden',
    title: 'The consent does not cover this verification',
    fix: 'Ask the holder for a consent that names your organisation and your purpose, and has not ended.',
  },
});

export type ConsentError = ErrorOf<typeof consentErrors>;
