import { Module } from '@nestjs/common';
import { EntitlementModule } from '../entitlement/entitlement.module.js';
import { UsageQueryModule } from '../query/usage-query.module.js';
import { SignUsageStatement } from './sign-statement.use-cases.js';
import { StatementSigner } from './statement.signer.js';
import { UsageStatementController } from './usage-statement.controller.js';
import { UsageStatementQueries } from './usage-statement.queries.js';
import { UsageStatementRepository } from './usage-statement.repository.js';

@Module({
  imports: [EntitlementModule, UsageQueryModule],
  controllers: [UsageStatementController],
  providers: [SignUsageStatement, StatementSigner, UsageStatementQueries, UsageStatementRepository],
})
export class UsageStatementModule {}
