import { Module } from '@nestjs/common';
import { CounterModule } from '../counter/counter.module.js';
import { DeclarationModule } from '../declaration/declaration.module.js';
import { RiskModule } from '../risk/risk.module.js';
import { RuleSetModule } from '../rule-set/rule-set.module.js';
import { CountDelivery } from './count-delivery.use-cases.js';
import { DeliverySubscriber } from './delivery.subscriber.js';
import { ExpireReleases } from './expire-releases.use-cases.js';
import { IssueRelease } from './issue-release.use-cases.js';
import { ReleaseCheckController } from './release-check.controller.js';
import { ReleaseChecks } from './release-check.queries.js';
import { ReleaseChanges } from './release-changes.use-cases.js';
import { ReleaseDesk } from './release-desk.use-cases.js';
import { ReleaseGate } from './release-gate.use-cases.js';
import { ReleaseStandingController } from './release-standing.controller.js';
import { ReleaseController } from './release.controller.js';
import { ReleaseQueries } from './release.queries.js';
import { ReleaseRepository } from './release.repository.js';
import { ChangeRelease, UseRelease } from './release.use-cases.js';
import { SealReleaseSubscriber } from './seal-release.subscriber.js';

@Module({
  imports: [CounterModule, DeclarationModule, RiskModule, RuleSetModule],
  controllers: [
    ...[ReleaseController, ReleaseStandingController, ReleaseCheckController],
    ...[DeliverySubscriber, SealReleaseSubscriber],
  ],
  providers: [
    ...[ReleaseRepository, ReleaseQueries, ReleaseDesk, ReleaseGate, ReleaseChanges, ReleaseChecks],
    ...[IssueRelease, ChangeRelease, CountDelivery, UseRelease, ExpireReleases],
  ],
  exports: [CountDelivery, ExpireReleases],
})
export class ReleaseModule {}
