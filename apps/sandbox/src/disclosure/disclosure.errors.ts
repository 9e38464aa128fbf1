import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const disclosureErrors = defineErrors({
  RESULT_WITHHELD: {
    kind: 'unprocessable',
    title: 'Nothing of the result may be shown',
    fix: 'meta.suggestions says what would pass.',
  },
  RESULT_DIFFERS_TOO_LITTLE: {
    kind: 'unprocessable',
    title: 'The result and an earlier one differ by too few patients',
    fix: 'Subtracting one from the other would tell of those few. Ask for a part of the data that differs by at least ten patients.',
  },
  QUERIES_USED_UP: {
    kind: 'rate_limited',
    title: 'The queries of this project for one day are used up',
    fix: 'Ask again when the oldest of them is a day old, or use the synthetic twin, which is not counted.',
  },
});
export type DisclosureError = ErrorOf<typeof disclosureErrors>;
