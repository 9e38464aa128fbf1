import { defineErrors } from '@hetao/kernel';

/** Why a request is turned away before it reaches a use case. */
export const callerErrors = defineErrors({
  CALLER_MISSING: {
    kind: 'unauthenticated',
    title: 'The caller is not known',
    fix: 'Sign in, or send an API key as "Authorization: Bearer …", and go through the gateway.',
  },
  CALLER_NOT_VERIFIED: {
    kind: 'unauthenticated',
    title: "The caller's identity cannot be verified",
    fix: 'Send the request through the gateway again; an identity is valid for 60 seconds. If it persists, compare CALLER_PUBLIC_KEY with the gateway’s key and the clocks of both machines.',
  },
  PERSONA_NOT_ALLOWED: {
    kind: 'forbidden',
    title: 'Your role may not do this',
    fix: 'Ask a member of your organisation with one of the named roles.',
  },
  SCOPE_MISSING: {
    kind: 'forbidden',
    title: 'The API key lacks a scope',
    fix: 'Create an API key with one of the named scopes.',
  },
});
