import { defineErrors, type ErrorOf } from '@hetao/kernel';

/** What can be wrong with a usage policy, or with a use under it. */
export const policyErrors = defineErrors({
  POLICY_INVALID: {
    kind: 'unprocessable',
    title: 'The usage policy contradicts itself or allows nothing',
    fix: 'Name at least one purpose and one place of use, each once, and a retention of at least one day (or null for none set); where odrl stands beside them, POST /v1/policies/check says what it comes to.',
  },
  POLICY_PURPOSE_NOT_ALLOWED: {
    kind: 'unprocessable',
    title: 'The policy does not allow this purpose',
    fix: 'Choose one of the purposes the offer allows, or ask the merchant for an offer that allows yours.',
  },
  POLICY_PLACE_NOT_ALLOWED: {
    kind: 'unprocessable',
    title: 'The policy does not allow use in this place',
    fix: 'Choose one of the places the offer allows, or ask the merchant for an offer that allows yours.',
  },
  POLICY_USE_DENIED: {
    kind: 'unprocessable',
    title: 'The policy does not permit this use',
    fix: 'Read the clauses of the policy, stay within them, or ask the merchant for an offer that permits yours.',
  },
});

export type PolicyError = ErrorOf<typeof policyErrors>;
