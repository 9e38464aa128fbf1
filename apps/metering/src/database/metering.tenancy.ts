import type { Tenancy } from '@hetao/persistence';

const COUNTED = 'read by every batch, and a batch holds the usage of many';

/**
 * Whose rows the tables of metering hold. Usage is counted in batches of many senders by COPY, which PostgreSQL does not
 * allow into tables with policies; its account sees every row, and its queries keep tenants apart.
 */
export const meteringTenancy: Tenancy = {
  isolated: {},
  exempt: {
    agreement_terms: COUNTED,
    delivered_person_counts: COUNTED,
    delivered_persons: COUNTED,
    entitlements: COUNTED,
    meter_definitions: 'meters are published to whoever licenses them',
  },
};
