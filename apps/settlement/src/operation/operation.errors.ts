import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why an operation cannot be shown. */
export const operationErrors = defineErrors({
  OPERATION_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such operation',
    fix: 'Use the id that the request answered with 202, or the address in its Location.',
  },
});

export type OperationError = ErrorOf<typeof operationErrors>;
