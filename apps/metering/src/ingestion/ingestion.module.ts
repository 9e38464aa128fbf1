import { Module } from '@nestjs/common';
import { BudgetModule } from '../budget/budget.module.js';
import { LateUsageModule } from '../correction/late-usage.module.js';
import { LateUsage } from '../correction/late-usage.use-cases.js';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { BillingPeriodModule } from '../period/billing-period.module.js';
import { CountPersons } from '../persons/count-persons.use-cases.js';
import { PersonsModule } from '../persons/persons.module.js';
import { RollupRepository } from '../storage/rollup.repository.js';
import { StorageModule } from '../storage/storage.module.js';
import { AdmitUsage } from './admit-usage.use-cases.js';
import { AgreementRepository } from './agreement.repository.js';
import { ClaimKeys } from './claim-keys.use-cases.js';
import { ComputeUsageSubscriber } from './compute-usage.subscriber.js';
import { CompletenessController } from './completeness.controller.js';
import { CompletenessQueries } from './completeness.queries.js';
import { CountUsage } from './count-usage.use-cases.js';
import { CountingQueue } from './counting.queue.js';
import { IngestUsage } from './ingest-usage.use-cases.js';
import { IngestionController } from './ingestion.controller.js';
import { KeyLedger } from './key.ledger.js';
import { KeyRepository } from './key.repository.js';
import { BatchController } from './pack/batch.controller.js';
import { BatchQueries } from './pack/batch.queries.js';
import { PackCounter } from './pack/pack-counter.js';
import { PackIntake } from './pack/pack-intake.js';
import { PackReader } from './pack/pack-reader.js';
import { SentPacks } from './pack/sent-packs.register.js';
import { UsageLogModule } from './pack/usage-log.module.js';
import { ReceiveUsage } from './receive-usage.use-cases.js';
import { SourceNumbers } from './source.register.js';
import { SourceRepository } from './source.repository.js';
import { StoreUsage } from './store-usage.use-cases.js';
import { IngestTokenController } from './token/ingest-token.controller.js';
import { IngestTokens } from './token/ingest-tokens.js';
import { TokenKeyRepository } from './token/token-key.repository.js';
import { TakeUpload } from './upload/take-upload.use-cases.js';
import { UploadController } from './upload/upload.controller.js';
import { UploadQueries } from './upload/upload.queries.js';
import { UploadRepository } from './upload/upload.repository.js';
import { USAGE_SINKS, type UsageSink } from './usage.sink.js';
import { UsageRecordRepository } from './usage-record.repository.js';

/** Whatever else is kept of accepted usage; each entry is a provider of a module imported here. */
const sinks = {
  provide: USAGE_SINKS,
  inject: [CountPersons, LateUsage],
  useFactory: (...registered: readonly UsageSink[]): readonly UsageSink[] => registered,
};

const shown = [IngestionController, IngestTokenController, UploadController, BatchController, CompletenessController];
const doors = [ReceiveUsage, IngestTokens, TokenKeyRepository, TakeUpload, UploadQueries, UploadRepository];
const packs = [PackIntake, PackCounter, PackReader, SentPacks, BatchQueries];
const counting = [CountUsage, AdmitUsage, KeyLedger, ClaimKeys, SourceNumbers, StoreUsage];
const tables = [KeyRepository, SourceRepository, AgreementRepository, UsageRecordRepository, RollupRepository];

@Module({
  imports: [
    UsageLogModule,
    EntitlementModule,
    BudgetModule,
    BillingPeriodModule,
    PersonsModule,
    LateUsageModule,
    StorageModule,
  ],
  controllers: [...shown, ComputeUsageSubscriber],
  providers: [IngestUsage, CountingQueue, ...counting, ...tables, CompletenessQueries, ...packs, ...doors, sinks],
  exports: [IngestUsage, CountingQueue],
})
export class IngestionModule {}
