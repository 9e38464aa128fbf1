import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why the ledger says no. */
export const privacyErrors = defineErrors({
  PRIVACY_BUDGET_EXHAUSTED: {
    kind: 'conflict',
    title: 'The privacy budget does not reach that far',
    fix: 'Plan fewer rounds, a smaller sampling rate or more noise, or end a run that holds what it will not use. A budget is never refilled.',
  },
  PRIVACY_LEDGER_NOT_FOUND: {
    kind: 'not_found',
    title: 'There is no such privacy ledger',
    fix: 'List the ledgers you may see at /v1/sandbox/privacy-ledgers.',
  },
  PRIVACY_RESERVATION_USED_UP: {
    kind: 'conflict',
    title: 'Everything that was reserved is charged',
    fix: 'End this run; propose another one if the budget still reaches.',
  },
});

export type PrivacyError = ErrorOf<typeof privacyErrors>;
