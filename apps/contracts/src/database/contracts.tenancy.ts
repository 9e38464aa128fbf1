import type { Tenancy } from '@hetao/persistence';

const READ_BY_BOTH = 'names the one who signed, and both parties of the agreement read it';
const OF_THE_OTHER_SIDE = 'what one side sets off by itself is measured by what the other side allows itself';

/** Whose rows the tables of contracts hold. Peers of other exchanges are no callers: what they ask is the exchange's own. */
export const contractsTenancy: Tenancy = {
  isolated: {
    agreements: ['merchant_id', 'buyer_id', 'channel_partner_id'],
    agreement_disputes: ['merchant_id', 'buyer_id'],
    dataspace_transfers: ['organisation_id'],
    entitlements: ['merchant_id', 'buyer_id'],
    negotiations: ['merchant_id', 'buyer_id'],
  },
  exempt: {
    agreement_key_signatures: READ_BY_BOTH,
    agreement_signatures: READ_BY_BOTH,
    approvals: OF_THE_OTHER_SIDE,
    approval_limits: OF_THE_OTHER_SIDE,
    dataspace_peers: 'the exchanges that this one knows, looked up for whoever negotiates with one',
    directory_products: 'listed products are the market’s',
    negotiation_settings: 'a buyer’s request is answered by the settings of its merchant',
    offers: 'published offers are the market’s; private ones are kept apart by the queries',
    signing_keys: 'each party checks the other’s signatures by them',
  },
};
