import type { Tenancy } from '@hetao/persistence';

const BY_QUERIES = 'kept apart by the queries alone';
const COUNTS = 'counted over related exporters, whoever asks';

/** Whose rows the tables of customs hold. The database does not hold them apart yet: the queries do. */
export const customsTenancy: Tenancy = {
  isolated: {},
  exempt: {
    calendar_feeds: BY_QUERIES,
    clock_reminders: BY_QUERIES,
    consultations: BY_QUERIES,
    counted_persons: COUNTS,
    crossing_agreements: BY_QUERIES,
    declarations: BY_QUERIES,
    declared_elsewhere: COUNTS,
    known_participants: 'declarations name other participants',
    known_products: BY_QUERIES,
    person_sketches: COUNTS,
    related_exporters: COUNTS,
    releases: BY_QUERIES,
    rule_set_changes: BY_QUERIES,
    unreleased_deliveries: COUNTS,
  },
};
