import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about an attestation. */
export const attestationErrors = defineErrors({
  ATTESTATION_UNKNOWN: {
    kind: 'not_found',
    title: 'No such attestation',
    fix: 'Check the id; only issuer, holder, operator and auditor see an attestation.',
  },
  ATTESTATION_STATEMENT_REFUSED: {
    kind: 'unprocessable',
    title: 'The signed statement cannot be registered',
    fix: 'Sign the statement anew with all its fields, with a key that your organisation proposed.',
  },
  ATTESTATION_EXISTS: {
    kind: 'conflict',
    title: 'This commitment is registered already',
    fix: 'Draw a new salt for every registration; a commitment is never registered twice with different terms.',
  },
  ATTESTATION_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The attestation is not in a state that allows this',
    fix: 'Only a registered attestation can be revoked or superseded; read its state first.',
  },
});

export type AttestationError = ErrorOf<typeof attestationErrors>;
