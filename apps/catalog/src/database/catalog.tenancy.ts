import type { Tenancy } from '@hetao/persistence';

const BY_QUERIES = 'kept apart by the queries alone';

/**
 * Whose rows the tables of catalog hold. Most of a catalogue is there to be seen by all; the rest the database does not
 * hold apart yet.
 */
export const catalogTenancy: Tenancy = {
  isolated: {},
  exempt: {
    certificates: 'a certificate is shown to whoever holds its number',
    credit_facts: 'the credit of a participant is computed for everybody who deals with it',
    credit_invoices: BY_QUERIES,
    credit_requests: 'how fast a merchant answers is part of its public credit',
    demands: 'the board shows demands to all',
    demand_answers: 'an answer names its merchant only and is read by the buyer who asked',
    organisation_members: BY_QUERIES,
    participant_documents: BY_QUERIES,
    products: 'listed products are the market’s',
    profiles: BY_QUERIES,
    saved_searches: BY_QUERIES,
    search_documents: 'what the search finds is the market’s',
    search_entitlements: BY_QUERIES,
  },
};
