import { Module } from '@nestjs/common';
import { BudgetModule } from '../budget/budget.module.js';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { AgreementRepository } from '../ingestion/agreement.repository.js';
import { BillingPeriodModule } from '../period/billing-period.module.js';
import { QuotaModule } from '../quota/quota.module.js';
import { RollupRepository } from '../storage/rollup.repository.js';
import { AdjustmentModule } from './adjustment.module.js';
import { AffectedPeriods } from './affected-periods.queries.js';
import { ApplyCorrection, CorrectionRecords } from './apply-correction.use-cases.js';
import { ChangeUsage, CorrectedSums } from './change-usage.use-cases.js';
import { CorrectionCommands } from './correction.commands.js';
import { CorrectionController } from './correction.controller.js';
import { CorrectionQueries } from './correction.queries.js';
import { DecideCorrection } from './decide-correction.use-cases.js';
import { EventStateRepository } from './event-state.repository.js';
import { MeasureCorrection } from './measure-correction.use-cases.js';
import { CorrectionDesk, ProposeCorrection } from './propose-correction.use-cases.js';
import { ReadCorrectionItems } from './read-items.use-cases.js';
import { RollupCorrectionRepository } from './rollup-correction.repository.js';

const changing = [ChangeUsage, CorrectedSums, EventStateRepository, RollupCorrectionRepository];
const tables = [AgreementRepository, RollupRepository];
const deciding = [ProposeCorrection, CorrectionDesk, DecideCorrection, ApplyCorrection, CorrectionRecords];

@Module({
  imports: [BudgetModule, EntitlementModule, BillingPeriodModule, QuotaModule, AdjustmentModule],
  controllers: [CorrectionController],
  providers: [
    CorrectionCommands,
    CorrectionQueries,
    ReadCorrectionItems,
    MeasureCorrection,
    AffectedPeriods,
    ...deciding,
    ...changing,
    ...tables,
  ],
})
export class CorrectionModule {}
