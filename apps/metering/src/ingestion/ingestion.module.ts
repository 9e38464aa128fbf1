import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { BillingPeriodModule } from '../period/billing-period.module.js';
import { QuotaModule } from '../quota/quota.module.js';
import { AdmitUsage } from './admit-usage.use-cases.js';
import { CompletenessController } from './completeness.controller.js';
import { CompletenessQueries } from './completeness.queries.js';
import { CountUsage } from './count-usage.use-cases.js';
import { IngestUsage } from './ingest-usage.use-cases.js';
import { IngestionController } from './ingestion.controller.js';
import { IngestionRepository } from './ingestion.repository.js';

@Module({
  imports: [EntitlementModule, QuotaModule, BillingPeriodModule],
  controllers: [IngestionController, CompletenessController],
  providers: [IngestUsage, AdmitUsage, CountUsage, IngestionRepository, CompletenessQueries],
})
export class IngestionModule {}
