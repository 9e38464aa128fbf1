import { Module } from '@nestjs/common';
import { ReportRuleSet } from './report-rule-set.use-cases.js';
import { RuleSetChanges } from './rule-set-changes.queries.js';
import { RuleSetReportController } from './rule-set-report.controller.js';
import { RuleSetReports } from './rule-set-report.queries.js';
import { RuleSetController } from './rule-set.controller.js';
import { RuleSetQueries } from './rule-set.queries.js';
import { RuleSetRepository } from './rule-set.repository.js';
import { ProposeRuleSet, SignRuleSet } from './rule-set.use-cases.js';

@Module({
  controllers: [RuleSetController, RuleSetReportController],
  providers: [
    RuleSetRepository,
    RuleSetQueries,
    RuleSetChanges,
    RuleSetReports,
    ReportRuleSet,
    ProposeRuleSet,
    SignRuleSet,
  ],
  exports: [RuleSetQueries, ReportRuleSet],
})
export class RuleSetModule {}
