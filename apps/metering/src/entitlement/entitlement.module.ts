import { Module } from '@nestjs/common';
import { EntitlementQueries } from './entitlement.queries.js';
import { EntitlementRepository } from './entitlement.repository.js';
import { EntitlementSubscriber } from './entitlement.subscriber.js';

@Module({
  controllers: [EntitlementSubscriber],
  providers: [EntitlementRepository, EntitlementQueries],
  exports: [EntitlementRepository, EntitlementQueries],
})
export class EntitlementModule {}
