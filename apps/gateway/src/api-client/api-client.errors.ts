import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with a machine that proves itself with a key of its own. */
export const apiClientErrors = defineErrors({
  API_CLIENT_KEYS_INVALID: {
    kind: 'unprocessable',
    title: 'These keys cannot be used',
    fix: 'Give one to four public keys as JWKS: EC P-256 or Ed25519, each with its kid, none with a private part.',
  },
  API_CLIENT_SCOPE_NOT_YOURS: {
    kind: 'forbidden',
    title: 'A client cannot have more than whoever registers it',
    fix: 'Ask for scopes the calling key has itself, or register the client while signed in.',
  },
  API_CLIENT_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such client in your organisation',
    fix: 'List the clients with GET /v1/api-clients and use an id from there.',
  },
  API_CLIENTS_TOO_MANY: {
    kind: 'conflict',
    title: 'The organisation has as many clients as it may have',
    fix: 'Revoke clients that are no longer used with DELETE /v1/api-clients/{id}.',
  },
  ACCESS_TOKEN_REFUSED: {
    kind: 'unauthenticated',
    title: 'The access token opens nothing here now',
    fix: 'Fetch a new one at /oidc/token with a client assertion (RFC 7523); a token is good for ten minutes.',
  },
});

export type ApiClientError = ErrorOf<typeof apiClientErrors>;
