import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** Why a settlement period cannot be worked on. */
export const periodErrors = defineErrors({
  PERIOD_MALFORMED: {
    kind: 'invalid',
    title: 'Not a settlement period',
    fix: 'Write the month as YYYY-MM and the zone as an IANA name.',
  },
  PERIOD_NOT_FOUND: {
    kind: 'not_found',
    title: 'Settlement knows nothing of this period',
    fix: 'Close the usage period first: POST /v1/usage/periods/{period}/close. Its usage arrives within seconds.',
  },
  PERIOD_ZONE_CONFLICT: {
    kind: 'conflict',
    title: 'The period is already kept in another time zone',
    fix: 'Close all usage of a month in one time zone.',
  },
  PERIOD_USAGE_INCOMPLETE: {
    kind: 'conflict',
    title: 'Not all usage of the period has arrived',
    fix: 'Close the usage period, wait until what the items name has arrived, and try again.',
  },
  PERIOD_NOT_READY: {
    kind: 'conflict',
    title: 'The period cannot be closed yet',
    fix: 'Mend every item listed, then close again; what is done already is not done twice.',
  },
  PARTY_STATEMENT_NOT_FOUND: {
    kind: 'not_found',
    title: 'No such statement',
    fix: 'A period has statements once it is closed; a party sees its own.',
  },
  PERIOD_CLOSED: {
    kind: 'conflict',
    title: 'The period is closed',
    fix: 'Bill what came late as an adjustment in an open period.',
  },
});

export type PeriodError = ErrorOf<typeof periodErrors>;
