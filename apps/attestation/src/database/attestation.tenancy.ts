import type { Tenancy } from '@hetao/persistence';

const BY_QUERIES = 'kept apart by the queries alone';

/** Whose rows the tables of attestation hold. The database does not hold them apart yet: the queries do. */
export const attestationTenancy: Tenancy = {
  isolated: {},
  exempt: {
    attestations: 'anybody may check an attestation',
    consents: BY_QUERIES,
    verifications: BY_QUERIES,
  },
};
