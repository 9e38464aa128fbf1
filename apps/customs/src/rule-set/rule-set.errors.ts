import { defineErrors, type ErrorOf } from '@hetao/kernel';

export const ruleSetErrors = defineErrors({
  RULE_SET_UNKNOWN: {
    kind: 'not_found',
    title: 'No such rule set',
    fix: 'GET /v1/customs/rule-sets lists the versions there are.',
  },
  RULE_SET_VERSION_TAKEN: {
    kind: 'conflict',
    title: 'That version exists already',
    fix: 'Give the rule set a new version: one that exists is never edited.',
  },
  RULE_SET_HASH_DIFFERS: {
    kind: 'conflict',
    title: 'The hash you signed is not the hash of this version',
    fix: 'Read the version again and sign the content_sha256 it has.',
  },
  RULE_SET_RETROACTIVE: {
    kind: 'conflict',
    title: 'The version would decide from a day that is over',
    fix: 'Propose it as a new version that takes effect today or later: what was found under the law of then stays found.',
  },
});
export type RuleSetError = ErrorOf<typeof ruleSetErrors>;
