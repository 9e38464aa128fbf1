import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a posting can be refused. The ledger never repairs a posting: whoever made it has to. */
export const ledgerErrors = defineErrors({
  POSTING_INVALID: {
    kind: 'unprocessable',
    title: 'The posting is not well formed',
    fix: 'Give at least one debit and one credit leg, each above zero and at most 10^18 minor units, and an idempotency key.',
  },
  POSTING_UNBALANCED: {
    kind: 'unprocessable',
    title: 'The posting does not balance',
    fix: 'Make the debits equal the credits in every currency of the posting.',
  },
  MOVEMENT_NOT_PERMITTED: {
    kind: 'unprocessable',
    title: 'The movement is not on the list of permitted movements',
    fix: 'Use the accounts which the movement allows on this side; a new movement needs a migration and a decision record.',
  },
  POSTING_KEY_REUSED: {
    kind: 'conflict',
    title: 'The idempotency key was used for another posting',
    fix: 'Repeat the first posting unchanged, or post the new one under a key of its own.',
  },
  LEDGER_LIMIT_REACHED: {
    kind: 'conflict',
    title: 'The posting would turn an account to the wrong side',
    fix: 'Post no more than the account holds: a payable cannot be paid beyond what is owed, nor a receivable beyond what is due.',
  },
  LEDGER_PERIOD_CLOSED: {
    kind: 'conflict',
    title: 'The period of the effective date is closed',
    fix: 'Post the adjustment with an effective date in an open period and refer to the closed one in the reference.',
  },
  LEDGER_TRANSACTION_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such journal transaction',
    fix: 'Take the id from an entry of GET /v1/ledger/accounts/{id}/entries.',
  },
  LEDGER_ACCOUNT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such ledger account',
    fix: 'List the accounts with GET /v1/ledger/accounts and use an id from there.',
  },
});

export type LedgerError = ErrorOf<typeof ledgerErrors>;
