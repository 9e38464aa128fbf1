import { Module } from '@nestjs/common';
import { CounterModule } from '../counter/counter.module.js';
import { DeclarationModule } from '../declaration/declaration.module.js';
import { ExpiryTimer, ExpiryTools } from './expiry.timer.js';
import { IssueRelease, ReleaseDesk } from './issue-release.use-cases.js';
import { ReleaseStandingController } from './release-standing.controller.js';
import { ReleaseController } from './release.controller.js';
import { ReleaseQueries } from './release.queries.js';
import { ReleaseRepository } from './release.repository.js';
import { ChangeRelease, UseRelease } from './release.use-cases.js';

@Module({
  imports: [CounterModule, DeclarationModule],
  controllers: [ReleaseController, ReleaseStandingController],
  providers: [
    ReleaseRepository,
    ReleaseQueries,
    ReleaseDesk,
    IssueRelease,
    ChangeRelease,
    UseRelease,
    ExpiryTools,
    ExpiryTimer,
  ],
})
export class ReleaseModule {}
