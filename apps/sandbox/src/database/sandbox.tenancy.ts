import type { Tenancy } from '@hetao/persistence';

const BY_QUERIES = 'kept apart by the queries alone';

/**
 * Whose rows the tables of the sandbox hold. The database does not hold them apart yet: the queries do, and workers act
 * for many.
 */
export const sandboxTenancy: Tenancy = {
  isolated: {},
  exempt: {
    compute_licences: BY_QUERIES,
    enclaves: BY_QUERIES,
    jobs: BY_QUERIES,
    models: BY_QUERIES,
    output_requests: BY_QUERIES,
    pixel_sessions: BY_QUERIES,
    privacy_ledgers: BY_QUERIES,
    training_runs: BY_QUERIES,
  },
};
