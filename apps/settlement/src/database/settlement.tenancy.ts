import type { Tenancy } from '@hetao/persistence';

const BY_QUERIES = 'kept apart by the queries alone';

/** Whose rows the tables of settlement hold. The database does not hold them apart yet: the queries do. */
export const settlementTenancy: Tenancy = {
  isolated: {},
  exempt: {
    agreements: BY_QUERIES,
    bank_details: BY_QUERIES,
    bank_refunds: BY_QUERIES,
    charges: BY_QUERIES,
    credit_applications: 'what of an invoice its buyer’s credit has paid is part of what its merchant reads',
    credit_refunds: BY_QUERIES,
    fx_conversions: BY_QUERIES,
    invoices: BY_QUERIES,
    participants: 'invoices name both parties',
    payable_deferrals: 'what a buyer disputes may have been put off for its merchant',
    payout_holds: BY_QUERIES,
    payouts: 'what a buyer disputes may have been paid out to its merchant',
    period_statements: 'one statement is proved by the hashes of all',
    settlement_terms: BY_QUERIES,
    usage_periods: BY_QUERIES,
  },
};
