import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why there is no proof to hand out. */
export const chainErrors = defineErrors({
  LEDGER_NOT_SEALED: {
    kind: 'conflict',
    title: 'The transaction is not sealed yet',
    fix: 'Ask again in a few seconds: what is recorded is sealed off the hot path, and GET /v1/ledger/chain says how much waits.',
  },
});

export type ChainError = ErrorOf<typeof chainErrors>;
