import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with what is rated and split. */
export const ratingErrors = defineErrors({
  PRICE_PLAN_INVALID: {
    kind: 'unprocessable',
    title: 'The price plan cannot be rated',
    fix: 'Mend every item listed; each names the part of the plan and what it must be.',
  },
  USAGE_TOTALS_INVALID: {
    kind: 'unprocessable',
    title: 'The usage totals cannot be rated',
    fix: 'Give each meter once, with a quantity that is a decimal of zero or more.',
  },
  SPLIT_TERMS_INVALID: {
    kind: 'unprocessable',
    title: 'The revenue cannot be split on these terms',
    fix: 'Use whole basis points from 0 to 10000 whose sum is at most 10000, and one currency for net and tax.',
  },
  RATING_TERM_INVALID: {
    kind: 'unprocessable',
    title: 'The period does not lie in the agreement as given',
    fix: 'Number periods from 1 and give as many active days as the period has, or fewer.',
  },
  ALLOTMENT_INVALID: {
    kind: 'unprocessable',
    title: 'More was to be divided than the invoice comes to',
    fix: 'Divide at most what is outstanding; keep anything above it on the buyer’s account.',
  },
  REFUND_TOO_LARGE: {
    kind: 'unprocessable',
    title: 'More would be refunded than was invoiced',
    fix: 'Refund at most what is left of the invoice.',
  },
});

export type RatingError = ErrorOf<typeof ratingErrors>;
