import { defineErrors } from '@hetao/kernel';

export const policyQueryErrors = defineErrors({
  POLICY_QUERY_UNKNOWN: {
    kind: 'not_found',
    title: 'No such finding',
    fix: 'Check the id; findings are kept when asked for with keep, and the oldest make room for new ones.',
  },
  PRODUCT_NOT_DESCRIBED: {
    kind: 'not_found',
    title: 'Customs does not know this product',
    fix: 'Check the id; only what listed products say they hold is known here.',
  },
});
