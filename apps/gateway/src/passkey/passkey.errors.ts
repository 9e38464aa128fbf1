import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with a passkey. */
export const passkeyErrors = defineErrors({
  PASSKEY_LIMIT_REACHED: {
    kind: 'conflict',
    title: 'There are as many passkeys as one person may have',
    fix: 'Remove those of devices you no longer have.',
  },
  PASSKEY_CHALLENGE_OVER: {
    kind: 'gone',
    title: 'Nothing was asked that this answers',
    fix: 'Begin again: each challenge is good for five minutes, once.',
  },
  PASSKEY_REFUSED: {
    kind: 'unprocessable',
    title: 'The passkey was not accepted',
    fix: 'Use a passkey that was made for this exchange, on its own page, and let your device check that it is you.',
  },
  PASSKEY_KNOWN: {
    kind: 'conflict',
    title: 'This passkey is registered already',
    fix: 'Use another device, or the passkey there is.',
  },
  PASSKEY_NOT_FOUND: {
    kind: 'not_found',
    title: 'You have no such passkey',
    fix: 'List your passkeys with GET /v1/me/passkeys and use an id from there.',
  },
  PASSKEY_NEEDS_SESSION: {
    kind: 'forbidden',
    title: 'A passkey belongs to a person',
    fix: 'Sign in, and do it there.',
  },
});

export type PasskeyError = ErrorOf<typeof passkeyErrors>;
