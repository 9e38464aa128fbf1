import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const meterErrors = defineErrors({
  METER_DEFINITION_INVALID: {
    kind: 'unprocessable',
    title: 'The meter cannot be defined so',
    fix: 'Correct what the pointer names; the README of metering lists aggregations, units and where values come from.',
  },
  METER_UNKNOWN: {
    kind: 'not_found',
    title: 'There is no such meter',
    fix: 'List the definitions at GET /v1/usage/meters; a meter without one sums what events say.',
  },
});

export type MeterError = ErrorOf<typeof meterErrors>;
