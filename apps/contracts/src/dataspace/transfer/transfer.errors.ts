import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What people are told about transfers of theirs. */
export const transferErrors = defineErrors({
  TRANSFER_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such transfer',
    fix: 'List the transfers of your organisation and use the id of one of them.',
  },
  TRANSFER_WITHOUT_ADDRESS: {
    kind: 'conflict',
    title: 'The provider gave no address for this transfer',
    fix: 'Wait until it is STARTED; a push has no address, its data comes to yours.',
  },
});

export type TransferError = ErrorOf<typeof transferErrors>;
