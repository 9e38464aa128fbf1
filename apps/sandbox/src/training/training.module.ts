import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { IsolationModule } from '../isolation/isolation.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { CodeInTrainer } from './code-in.trainer.js';
import { CutController } from './cut.controller.js';
import { ReleaseCut } from './cut-release.use-cases.js';
import { ModelBill } from './model.bill.js';
import { ModelController } from './model.controller.js';
import { ModelRepository } from './model.repository.js';
import { DecideModel } from './model.use-cases.js';
import { ReleaseRound } from './round.use-cases.js';
import { RunEventsController } from './run-events.controller.js';
import { RunEvents } from './run-events.queries.js';
import { RunReceipts } from './run-receipt.queries.js';
import { SealModel } from './seal-model.use-cases.js';
import { SealedModels } from './sealed-models.store.js';
import { SplitController } from './split.controller.js';
import { CrossSides } from './split.use-cases.js';
import { ReceiptModule } from '../receipt/receipt.module.js';
import { ComputeUsageModule } from '../usage/usage.module.js';
import { TrainingBill } from './training.bill.js';
import { TrainingBudget } from './training-budget.use-cases.js';
import { TrainingRunController } from './training-run.controller.js';
import { TrainingRunRepository } from './training-run.repository.js';
import { RunStore } from './training-run.store.js';
import { GuideRun } from './training-run.use-cases.js';
import { TrainingWorkers } from './training.workers.js';

/** Training in an enclave, alone or with another side that holds the upper layers. */
@Module({
  imports: [AccessModule, ComputeUsageModule, IsolationModule, PrivacyModule, ReceiptModule],
  controllers: [TrainingRunController, SplitController, CutController, RunEventsController, ModelController],
  providers: [
    CodeInTrainer,
    CrossSides,
    DecideModel,
    GuideRun,
    ModelBill,
    ModelRepository,
    ReleaseCut,
    ReleaseRound,
    RunEvents,
    RunReceipts,
    RunStore,
    SealModel,
    SealedModels,
    TrainingBill,
    TrainingBudget,
    TrainingRunRepository,
    TrainingWorkers,
  ],
})
export class TrainingModule {}
