import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about the keys of issuers. */
export const issuerKeyErrors = defineErrors({
  ISSUER_KEY_UNKNOWN: {
    kind: 'not_found',
    title: 'No such issuer key',
    fix: 'Check the id; GET /v1/attestation-issuer-keys lists the keys.',
  },
  ISSUER_KEY_TAKEN: {
    kind: 'conflict',
    title: 'Another organisation registered this key',
    fix: 'Make a key pair of your own; a key names one issuer only.',
  },
});

export type IssuerKeyError = ErrorOf<typeof issuerKeyErrors>;
