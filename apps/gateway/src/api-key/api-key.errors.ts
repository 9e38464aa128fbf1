import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Everything that can be wrong with an API key, or with asking for one. */
export const apiKeyErrors = defineErrors({
  API_KEY_MALFORMED: {
    kind: 'unauthenticated',
    title: 'This is not an API key of the exchange',
    fix: 'Copy the whole key, from hx_live_ or hx_test_ to its last character; its checksum shows that something is missing or changed.',
  },
  API_KEY_UNKNOWN: {
    kind: 'unauthenticated',
    title: 'The API key is not known here',
    fix: 'Use a key of this exchange, or make a new one with POST /v1/api-keys.',
  },
  API_KEY_EXPIRED: {
    kind: 'unauthenticated',
    title: 'The API key has expired',
    fix: 'Make a new key with POST /v1/api-keys and replace the old one.',
  },
  API_KEY_REVOKED: {
    kind: 'unauthenticated',
    title: 'The API key was revoked',
    fix: 'Make a new key with POST /v1/api-keys; if you did not revoke this one, ask your organisation who did.',
  },
  API_KEY_SCOPE_MISSING: {
    kind: 'forbidden',
    title: 'The API key does not carry the scope this needs',
    fix: 'Use a key with the scope named in the detail, or make one with POST /v1/api-keys.',
  },
  API_KEY_ADDRESS_NOT_ALLOWED: {
    kind: 'forbidden',
    title: 'The API key is not for this address',
    fix: 'Call from an address the key names, or make a key that names yours with POST /v1/api-keys.',
  },
  API_KEY_ADDRESSES_INVALID: {
    kind: 'unprocessable',
    title: 'This is neither an address nor a network',
    fix: 'Write IPv4 or IPv6 addresses, or networks such as 203.0.113.0/24.',
  },
  API_KEY_IN_CLEAR: {
    kind: 'forbidden',
    title: 'The API key travelled without encryption',
    fix: 'The key was revoked, since others may have read it. Call over https, with a new key from POST /v1/api-keys.',
  },
  API_KEY_ROLLED_ALREADY: {
    kind: 'conflict',
    title: 'The API key has a successor already',
    fix: 'Use the successor, or roll that one.',
  },
  API_KEY_SCOPE_NOT_YOURS: {
    kind: 'forbidden',
    title: 'A key cannot give more than it has',
    fix: 'Ask for scopes the calling key has itself, or make the key while signed in.',
  },
  API_KEY_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such API key in your organisation',
    fix: 'List the keys with GET /v1/api-keys and use an id from there.',
  },
  API_KEY_LIMIT_REACHED: {
    kind: 'conflict',
    title: 'This account has as many API keys as it may have',
    fix: 'Revoke keys that are no longer used with DELETE /v1/api-keys/{id}.',
  },
  API_KEY_EXPIRY_INVALID: {
    kind: 'unprocessable',
    title: 'The expiry of the API key is not acceptable',
    fix: 'Give a time in the future, at most 366 days from now, or leave it out for 90 days.',
  },
});

export type ApiKeyError = ErrorOf<typeof apiKeyErrors>;
