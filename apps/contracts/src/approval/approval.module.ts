import { Module } from '@nestjs/common';
import { ApprovalDesk } from './approval-desk.use-cases.js';
import { ApprovalController } from './approval.controller.js';
import { ApprovalQueries } from './approval.queries.js';
import { ApprovalRepository } from './approval.repository.js';
import { AskApproval, ChangeLimits, DecideApproval } from './approval.use-cases.js';

@Module({
  controllers: [ApprovalController],
  providers: [ApprovalRepository, ApprovalQueries, ApprovalDesk, AskApproval, DecideApproval, ChangeLimits],
  exports: [ApprovalDesk],
})
export class ApprovalModule {}
