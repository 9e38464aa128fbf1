import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { MeterModule } from '../meter/meter.module.js';
import { AnomalyController } from './anomaly.controller.js';
import { AnomalyQueries } from './anomaly.queries.js';
import { AskMeter } from './ask-meter.use-cases.js';
import { ExportUsage } from './export-usage.use-cases.js';
import { MeterEvaluator } from './meter-evaluator.queries.js';
import { UsageQueryController } from './usage-query.controller.js';
import { UsageQueries } from './usage-query.queries.js';
import { UsageRecordController } from './usage-record.controller.js';
import { UsageRecordQueries } from './usage-record.queries.js';
import { UsageTailController } from './usage-tail.controller.js';
import { UsageTails } from './usage-tail.queries.js';

@Module({
  imports: [EntitlementModule, MeterModule],
  controllers: [UsageQueryController, UsageRecordController, AnomalyController, UsageTailController],
  providers: [AskMeter, UsageQueries, MeterEvaluator, UsageRecordQueries, ExportUsage, AnomalyQueries, UsageTails],
  exports: [MeterEvaluator, UsageRecordQueries, UsageQueries],
})
export class UsageQueryModule {}
