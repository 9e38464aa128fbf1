import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a code that somebody typed opens nothing. */
export const deviceLoginErrors = defineErrors({
  DEVICE_CODE_UNKNOWN: {
    kind: 'not_found',
    title: 'No programme waits with this code',
    fix: 'Compare it with what the programme shows, or start there again: hetao login.',
  },
  DEVICE_CODE_EXPIRED: {
    kind: 'gone',
    title: 'The code is too old',
    fix: 'Start again where it was shown: hetao login.',
  },
  DEVICE_CODE_USED: {
    kind: 'conflict',
    title: 'The code was answered already',
    fix: 'Start again where it was shown: hetao login.',
  },
});

export type DeviceLoginError = ErrorOf<typeof deviceLoginErrors>;
