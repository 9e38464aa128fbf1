import { Module } from '@nestjs/common';
import { EntitlementController } from './entitlement.controller.js';
import { EntitlementQueries } from './entitlement.queries.js';
import { EntitlementRepository } from './entitlement.repository.js';
import { FollowAgreement } from './entitlement.use-cases.js';

@Module({
  controllers: [EntitlementController],
  providers: [EntitlementRepository, EntitlementQueries, FollowAgreement],
  exports: [FollowAgreement],
})
export class EntitlementModule {}
