import { Module } from '@nestjs/common';
import { ClearanceModule } from '@hetao/clearance';
import { AccessCache } from './access.cache.js';
import { EntitlementQueries } from './entitlement.queries.js';
import { EntitlementRepository } from './entitlement.repository.js';
import { EntitlementSubscriber } from './entitlement.subscriber.js';

@Module({
  imports: [ClearanceModule],
  controllers: [EntitlementSubscriber],
  providers: [AccessCache, EntitlementRepository, EntitlementQueries],
  exports: [EntitlementRepository, EntitlementQueries],
})
export class EntitlementModule {}
