import type { Tenancy } from '@hetao/persistence';

/**
 * Whose rows the tables of the gateway hold. Who a caller is, is found out before anybody is named, and calls on the data
 * plane are judged beside Nest: both read on behalf of the exchange.
 */
export const gatewayTenancy: Tenancy = {
  isolated: {
    accounts: ['organisation_id'],
    api_clients: ['organisation_id'],
    api_keys: ['organisation_id'],
    delivery_calls: ['merchant_id', 'buyer_id'],
    delivery_endpoints: ['merchant_id'],
    delivery_grants: ['merchant_id', 'buyer_id'],
    delivery_manifests: ['merchant_id', 'buyer_id'],
    invitations: ['organisation_id'],
    passkeys: ['organisation_id'],
    webhook_endpoints: ['organisation_id'],
    webhook_messages: ['organisation_id'],
  },
  exempt: {
    audit_entries: 'one chain of hashes runs through the entries of all',
    delivery_products: 'which merchant a product belongs to is no secret',
    suspended_organisations: 'a merchant’s call is refused for its buyer’s suspension too',
  },
};
