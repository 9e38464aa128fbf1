import { Module } from '@nestjs/common';
import { StatementModule } from '../statement/statement.module.js';
import { OperationController } from './operation.controller.js';
import { OperationQueries } from './operation.queries.js';
import { OperationStoreModule } from './operation-store.module.js';
import { OperationTimer } from './operation.timer.js';
import { RunImport } from './run-import.use-case.js';

@Module({
  imports: [StatementModule, OperationStoreModule],
  controllers: [OperationController],
  providers: [OperationQueries, RunImport, OperationTimer],
})
export class OperationModule {}
