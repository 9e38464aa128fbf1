import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const entitlementErrors = defineErrors({
  USAGE_AGREEMENT_UNKNOWN: {
    kind: 'not_found',
    title: 'No such agreement is open to you',
    fix: 'Name an agreement of your own organisation. If it was signed seconds ago, send again in a moment.',
  },
  USAGE_BEFORE_ENTITLEMENT: {
    kind: 'unprocessable',
    title: 'The usage lies before the entitlement',
    fix: 'Send the time at which the usage happened; usage before the agreement took effect is not counted.',
  },
  USAGE_AFTER_ENTITLEMENT: {
    kind: 'unprocessable',
    title: 'The usage lies after the entitlement',
    fix: 'Conclude a new agreement: nothing can be used under this one any more.',
  },
  USAGE_ENTITLEMENT_SUSPENDED: {
    kind: 'unprocessable',
    title: 'The right to use was suspended at that time',
    fix: 'Ask the other party why at GET /v1/agreements/{id}: nothing may be used until it is resumed. Usage of before is taken.',
  },
  USAGE_METER_UNKNOWN: {
    kind: 'unprocessable',
    title: 'The agreement does not count this meter',
    fix: 'Send only the meters that the agreement names.',
  },
});

export type EntitlementError = ErrorOf<typeof entitlementErrors>;
