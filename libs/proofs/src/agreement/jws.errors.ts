import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be wrong with a signature made with a key of its own, each by its own name. */
export const jwsErrors = defineErrors({
  SIGNING_JWK_INVALID: {
    kind: 'unprocessable',
    title: 'Not a public key this exchange verifies with',
    fix: 'Give a public JWK with exactly kty, crv, x (OKP, Ed25519; RFC 8037) or kty, crv, x, y (EC, P-256; RFC 7518), on its curve and without d.',
  },
  SIGNATURE_MALFORMED: {
    kind: 'unprocessable',
    title: 'Not a detached signature over unencoded content',
    fix: 'Send "header..signature" (RFC 7515 appendix F) with b64 false and crit ["b64"] (RFC 7797), the type and the members named in the guide "Verify an agreement", and no key in its header.',
  },
  SIGNATURE_ALGORITHM_REFUSED: {
    kind: 'unprocessable',
    title: 'The signature names an algorithm that is not its key’s',
    fix: 'Sign with Ed25519 (alg "Ed25519" or "EdDSA") using an OKP key, or with ES256 using a P-256 key; nothing else is verified.',
  },
  SIGNATURE_REPLAYED: {
    kind: 'unprocessable',
    title: 'The signature was made for something else',
    fix: 'Sign this agreement’s own document: its id and its hash stand in the header of the signature.',
  },
  SIGNATURE_FORGED: {
    kind: 'unprocessable',
    title: 'The signature does not fit the content and the key',
    fix: 'Sign the canonical JSON (RFC 8785) of the document exactly as it was read, with the private part of the registered key.',
  },
  SIGNATURE_STALE: {
    kind: 'unprocessable',
    title: 'The signature says another time than it came',
    fix: 'Set the clock of the machine that signs, sign again, and send the signature within five minutes.',
  },
  SIGNATURE_KEY_UNKNOWN: {
    kind: 'unprocessable',
    title: 'The signature names a key that is not this party’s',
    fix: 'Sign with a key registered for your own organisation (GET /v1/signing-keys), or register this one first.',
  },
  SIGNATURE_KEY_NOT_IN_FORCE: {
    kind: 'unprocessable',
    title: 'The key was not in force when the signature was made',
    fix: 'Sign with a key that is confirmed, begun and not expired, or register a new one.',
  },
  SIGNATURE_KEY_REVOKED: {
    kind: 'unprocessable',
    title: 'The key had been revoked when the signature was made',
    fix: 'Sign with another key of your organisation, or register a new one.',
  },
});

export type JwsError = ErrorOf<typeof jwsErrors>;
