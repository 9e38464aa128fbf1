import { Module } from '@nestjs/common';
import { RuleSetChanges } from './rule-set-changes.queries.js';
import { RuleSetController } from './rule-set.controller.js';
import { RuleSetQueries } from './rule-set.queries.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { ProposeRuleSet, SignRuleSet } from './rule-set.use-cases.js';

@Module({
  controllers: [RuleSetController],
  providers: [RuleSetRepository, RuleSetQueries, RuleSetChanges, ProposeRuleSet, SignRuleSet],
  exports: [RuleSetQueries],
})
export class RuleSetModule {}
