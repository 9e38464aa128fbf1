import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a correction of a closed month cannot be taken in. */
export const adjustmentErrors = defineErrors({
  ADJUSTMENT_CONFLICT: {
    kind: 'conflict',
    title: 'This adjustment was told before with other content',
    fix: 'State the difference as an adjustment of its own; one that was stated never changes.',
  },
  ADJUSTMENT_TOO_LATE: {
    kind: 'conflict',
    title: 'The month in which the difference was to be charged is invoiced',
    fix: 'Make the invoice void while its month is open and handle the event again, or charge it in a later month.',
  },
  ADJUSTMENT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such adjustment',
    fix: 'List the adjustments with GET /v1/settlement/adjustments and use an id from there.',
  },
  ADJUSTMENT_NOT_OWED: {
    kind: 'conflict',
    title: 'The adjustment is not owed',
    fix: 'Only what waits for a credit note that has no room for it can be settled outside.',
  },
});

export type AdjustmentError = ErrorOf<typeof adjustmentErrors>;
