import { Module } from '@nestjs/common';
import { DeclarationModule } from '../declaration/declaration.module.js';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { AssessRisk } from './assess-risk.use-cases.js';
import { HoldController } from './holds.controller.js';
import { HoldQueries } from './holds.queries.js';
import { Holds } from './holds.repository.js';
import { HoldDeclarations } from './holds.use-cases.js';
import { RelatedExporterRegister } from './related-exporters.use-cases.js';
import { RiskPolicies } from './risk-policy.queries.js';
import { ChangeRiskPolicy } from './risk-policy.use-cases.js';
import { RiskController } from './risk.controller.js';
import { RiskDesk } from './risk.use-cases.js';

@Module({
  imports: [DeclarationModule, RuleSetModule],
  controllers: [HoldController, RiskController],
  providers: [
    ...[Holds, HoldQueries, HoldDeclarations, RiskPolicies, ChangeRiskPolicy, RelatedExporterRegister],
    ...[RiskDesk, AssessRisk],
  ],
  exports: [Holds, RiskDesk, RiskPolicies, AssessRisk],
})
export class RiskModule {}
