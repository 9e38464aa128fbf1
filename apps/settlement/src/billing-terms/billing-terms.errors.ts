import { defineErrors } from '@hetao/kernel';

/** Why terms cannot be set. */
export const billingTermsErrors = defineErrors({
  BILLING_TERMS_NOT_FOUND: {
    kind: 'not_found',
    title: 'Settlement knows no such agreement',
    fix: 'Use the id of an agreement of yours that is concluded; its terms can be set as soon as it is signed.',
  },
  BILLING_TERMS_NOT_YOURS: {
    kind: 'forbidden',
    title: 'Only the exchange sets days to pay and tax treatment',
    fix: 'Send purchase_order alone, and ask the exchange for anything else.',
  },
});
