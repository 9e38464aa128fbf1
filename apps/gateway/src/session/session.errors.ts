import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with who is calling. */
export const sessionErrors = defineErrors({
  CALLER_UNKNOWN: {
    kind: 'unauthenticated',
    title: 'This needs a signed-in caller',
    fix: 'Sign in at /sign-in, or send an API key as "Authorization: Bearer hx_…"; keys are made with POST /v1/api-keys.',
  },
  SESSION_ENDED: {
    kind: 'unauthenticated',
    title: 'The session has ended',
    fix: 'Sign in again at /sign-in.',
  },
  SESSION_NOT_FOUND: {
    kind: 'not_found',
    title: 'You have no such session',
    fix: 'List your sessions with GET /v1/sessions and use an id from there.',
  },
  CREDENTIALS_AMBIGUOUS: {
    kind: 'invalid',
    title: 'More than one credential was sent',
    fix: 'Send one Authorization header, with one API key.',
  },
  CSRF_TOKEN_WRONG: {
    kind: 'forbidden',
    title: 'The request does not prove that it comes from our own page',
    fix: 'Send the csrf_token of GET /v1/me in the header X-CSRF-Token, from a page of this site.',
  },
  ACCOUNT_CLOSED: {
    kind: 'forbidden',
    title: 'The account may not be used',
    fix: 'Ask the operator of the exchange why the account or its organisation was suspended.',
  },
  SIGN_IN_FAILED: {
    kind: 'unauthenticated',
    title: 'Signing in did not succeed',
    fix: 'Start again at /sign-in; when it keeps failing, tell the operator the trace id of this answer.',
  },
  SIGN_IN_UNAVAILABLE: {
    kind: 'unavailable',
    title: 'The identity provider does not answer',
    fix: 'Try again in a minute; API keys keep working meanwhile.',
  },
});

export type SessionError = ErrorOf<typeof sessionErrors>;
