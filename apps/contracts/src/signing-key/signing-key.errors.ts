import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be refused about a key agreements are signed with. */
export const signingKeyErrors = defineErrors({
  SIGNING_KEY_UNKNOWN: {
    kind: 'not_found',
    title: 'No such signing key',
    fix: 'Check the id; GET /v1/signing-keys lists the keys of your organisation.',
  },
  SIGNING_KEY_VALIDITY_INVALID: {
    kind: 'unprocessable',
    title: 'The key cannot be valid until then',
    fix: 'Name an end in the future and at most three years away; make a new key after that.',
  },
  SIGNING_KEY_TAKEN: {
    kind: 'conflict',
    title: 'Somebody has shown already that the key is his',
    fix: 'Make a new key pair: a key belongs to one organisation, and is registered once.',
  },
  SIGNING_KEYS_TOO_MANY: {
    kind: 'conflict',
    title: 'Your organisation has too many keys',
    fix: 'Revoke the keys you no longer sign with.',
  },
  SIGNING_KEY_TRANSITION_REFUSED: {
    kind: 'conflict',
    title: 'The key is not in a state that allows this',
    fix: 'Read the key again: first it is proven, then a second person confirms it, and a revoked key stays revoked.',
  },
  SIGNING_KEY_CHALLENGE_OVER: {
    kind: 'conflict',
    title: 'The time to prove the key is over',
    fix: 'Propose the key again and sign its new challenge within the hour.',
  },
  SIGNING_KEY_OWN: {
    kind: 'forbidden',
    title: 'The key needs a second pair of eyes',
    fix: 'Ask a colleague of your organisation, or an operator of the exchange, to compare the thumbprint and confirm it.',
  },
  SIGNING_KEY_PERSON_NEEDED: {
    kind: 'forbidden',
    title: 'Only a person may do this',
    fix: 'Sign in yourself: a key is proposed and confirmed by people, not by their API keys.',
  },
});

export type SigningKeyError = ErrorOf<typeof signingKeyErrors>;
