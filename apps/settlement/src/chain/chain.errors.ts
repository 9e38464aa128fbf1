import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why there is no proof to hand out. */
export const chainErrors = defineErrors({
  LEDGER_TRANSACTION_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such journal transaction',
    fix: 'Take the id from an entry of GET /v1/ledger/accounts/{id}/entries.',
  },
  LEDGER_NOT_SEALED: {
    kind: 'conflict',
    title: 'The transaction is not sealed yet',
    fix: 'Ask again in a few seconds: what is recorded is sealed off the hot path, and GET /v1/ledger/chain says how much waits.',
  },
});

export type ChainError = ErrorOf<typeof chainErrors>;
