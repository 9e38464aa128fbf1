import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with a second factor. */
export const secondFactorErrors = defineErrors({
  SECOND_FACTOR_ON: {
    kind: 'conflict',
    title: 'There is a second factor already',
    fix: 'Take it away first with POST /v1/me/second-factor/remove.',
  },
  SECOND_FACTOR_OFF: {
    kind: 'conflict',
    title: 'There is no second factor',
    fix: 'Begin with POST /v1/me/second-factor, then confirm it with a code.',
  },
  SECOND_FACTOR_CODE_WRONG: {
    kind: 'unprocessable',
    title: 'The code is not right',
    fix: 'Take the code the authenticator shows now, or a recovery code that was not used; each is good once.',
  },
  SECOND_FACTOR_NEEDS_SESSION: {
    kind: 'forbidden',
    title: 'A second factor belongs to a person',
    fix: 'Sign in, and do it there.',
  },
});

export type SecondFactorError = ErrorOf<typeof secondFactorErrors>;
