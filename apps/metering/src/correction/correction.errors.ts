import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const correctionErrors = defineErrors({
  CORRECTION_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such correction',
    fix: 'List the corrections of an agreement at GET /v1/usage/corrections.',
  },
  CORRECTION_EVENT_UNKNOWN: {
    kind: 'unprocessable',
    title: 'An event of the correction is not counted under the agreement',
    fix: 'Name source and id as the event was sent; name sender_id where two senders use one source; an archived event is corrected through its archive.',
  },
  CORRECTION_ITEM_INVALID: {
    kind: 'unprocessable',
    title: 'An event cannot be corrected so',
    fix: 'Void what counts, replace with data that could have been sent, and name each event once.',
  },
  CORRECTION_STALE: {
    kind: 'conflict',
    title: 'An event was corrected meanwhile',
    fix: 'Reject this correction and propose it again: its preview no longer shows what would happen.',
  },
  CORRECTION_DECIDED: {
    kind: 'conflict',
    title: 'The correction was decided already',
    fix: 'Read its state; an applied correction is undone by reverting it.',
  },
  CORRECTION_NEEDS_OTHER_EYES: {
    kind: 'forbidden',
    title: 'Whoever proposes a correction does not decide it',
    fix: 'Ask another operator to look at it.',
  },
  CORRECTION_PERIOD_CLOSING: {
    kind: 'conflict',
    title: 'A month of the correction is just being closed',
    fix: 'Try again when the month is closed; the difference is then charged in the next open one.',
  },
  CORRECTION_EXCEEDS_QUOTA: {
    kind: 'conflict',
    title: 'The correction would use more than the quota allows',
    fix: 'Agree on a larger quota first, or correct to less.',
  },
});

export type CorrectionError = ErrorOf<typeof correctionErrors>;
