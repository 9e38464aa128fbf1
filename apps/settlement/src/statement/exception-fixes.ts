import type { ExceptionReason } from '../matching/matching.js';

/** What to do about a line that is left to a person. */
export const FIXES: Readonly<Record<ExceptionReason, string>> = {
  NO_REFERENCE: 'Ask the payer which invoice is meant; ask for the invoice number in the remittance text next time.',
  UNKNOWN_REFERENCE: 'Check the number with the payer. If the item was created since, match the statement again.',
  AMBIGUOUS_REFERENCE: 'Ask the payer for one payment per invoice, or for the division of this one.',
  UNDERPAID:
    'Wait for the rest, or resolve the exception: allocate it as a part payment, keep it on account, or send it back.',
  OVERPAID: 'Resolve the exception: allocate it and keep the surplus on account, or send it back.',
  WRONG_CURRENCY: 'Send the payment back and ask for it in the currency of the invoice.',
  CURRENCY_NOT_SETTLED: 'Settle it outside the exchange, or have the bank convert it.',
  ALREADY_PAID: 'Resolve the exception: keep it on the payer’s account, or send it back.',
  REVERSAL: 'Find the booking the bank took back and treat it as not paid.',
  RETURNED: 'Find the payout that came back, and check the party’s bank details.',
  UNMATCHED: 'Match the statement again, or resolve the exception.',
};
