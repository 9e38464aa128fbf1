import type { Tenancy } from '@hetao/persistence';

/** Whose rows the tables of settlement hold. The books themselves name accounts and have no tenant's column. */
export const settlementTenancy: Tenancy = {
  isolated: {
    agreements: ['merchant_id', 'buyer_id', 'channel_partner_id'],
    bank_details: ['participant_id'],
    bank_refunds: ['buyer_id'],
    credit_refunds: ['buyer_id'],
    fx_conversions: ['participant_id'],
    invoices: ['merchant_id', 'buyer_id', 'channel_partner_id'],
    payout_holds: ['participant_id'],
    settlement_terms: ['participant_id'],
    usage_periods: ['merchant_id', 'buyer_id'],
  },
  exempt: {
    charges: 'the share of a channel partner, who is not named in it, is explained by it',
    credit_applications: 'what of an invoice its buyer’s credit has paid is part of what its merchant reads',
    participants: 'invoices name both parties',
    payable_deferrals: 'what a buyer disputes may have been put off for its merchant',
    payouts: 'what a buyer disputes may have been paid out to its merchant',
    period_statements: 'one statement is proved by the hashes of all',
  },
};
