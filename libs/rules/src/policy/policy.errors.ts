import { defineErrors } from '@hetao/kernel';

export const usagePolicyErrors = defineErrors({
  USAGE_POLICY_INVALID: {
    kind: 'unprocessable',
    title: 'The usage policy cannot be offered',
    fix: 'Mend every place named in errors: say each rule in terms of ODRL this exchange can check, and in a way that leaves something permitted.',
  },
  USAGE_POLICY_NOT_SIMPLE: {
    kind: 'unprocessable',
    title: 'The usage policy says more than simple terms can',
    fix: 'Read the policy in ODRL, or say it with one permission to use, its purposes and places, and the terms this exchange has words for.',
  },
});

/** What can be wrong at one place of a policy. */
export type PolicyFaultCode =
  | 'SHAPE_INVALID'
  | 'TOO_LARGE'
  | 'TERM_UNKNOWN'
  | 'VALUE_INVALID'
  | 'NEVER_TRUE'
  | 'PERMISSION_EMPTY'
  | 'NOTHING_PERMITTED'
  | 'DUTY_PROHIBITED'
  | 'DUTY_IMPOSSIBLE';
