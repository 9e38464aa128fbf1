import type { Tenancy } from '@hetao/persistence';

const BY_QUERIES = 'kept apart by the queries alone';
const READ_BY_BOTH = 'names the one who signed, and both parties of the agreement read it';

/** Whose rows the tables of contracts hold. The database does not hold them apart yet: the queries do. */
export const contractsTenancy: Tenancy = {
  isolated: {},
  exempt: {
    agreements: BY_QUERIES,
    agreement_disputes: BY_QUERIES,
    agreement_key_signatures: READ_BY_BOTH,
    agreement_signatures: READ_BY_BOTH,
    approvals: BY_QUERIES,
    approval_limits: BY_QUERIES,
    dataspace_peers: 'the exchanges that this one knows, looked up for whoever negotiates with one',
    dataspace_transfers: BY_QUERIES,
    directory_products: 'listed products are the market’s',
    entitlements: BY_QUERIES,
    negotiations: BY_QUERIES,
    negotiation_settings: 'a buyer’s request is answered by the settings of its merchant',
    offers: 'published offers are the market’s; private ones are kept apart by the queries',
    signing_keys: 'each party checks the other’s signatures by them',
  },
};
