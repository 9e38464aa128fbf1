import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import {
  approvalDto,
  approvalPageDto,
  approvalQueryDto,
  limitsDto,
  limitsOutcomeDto,
  newApprovalDto,
  rejectionDto,
  toApprovalDto,
  toDeal,
  toLimits,
  toLimitsDto,
  type ApprovalDto,
  type ApprovalQueryDto,
  type LimitsDto,
  type LimitsOutcomeDto,
  type NewApprovalDto,
  type RejectionDto,
} from './approval.dto.js';
import { ApprovalQueries } from './approval.queries.js';
import { AskApproval, ChangeLimits, DecideApproval } from './approval.use-cases.js';
import type { Decision } from './approval.js';

/** Four eyes within one organisation: who may bind it alone, and what his colleagues said to the rest. */
@ApiTags('approvals')
@Controller('v1')
export class ApprovalController {
  readonly #ask: AskApproval;
  readonly #decide: DecideApproval;
  readonly #change: ChangeLimits;
  readonly #approvals: ApprovalQueries;

  constructor(ask: AskApproval, decide: DecideApproval, change: ChangeLimits, approvals: ApprovalQueries) {
    this.#ask = ask;
    this.#decide = decide;
    this.#change = change;
    this.#approvals = approvals;
  }

  @Post('approvals')
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: approvalDto })
  async askApproval(
    @Body({ schema: newApprovalDto }) body: NewApprovalDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ApprovalDto> {
    return toApprovalDto(unwrap(await this.#ask.execute(toDeal(body.deal), body.note, caller)));
  }

  @Get('approvals')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: approvalPageDto })
  listApprovals(
    @Query({ schema: approvalQueryDto }) query: ApprovalQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ApprovalDto>> {
    return this.#approvals.list(query, caller);
  }

  @Get('approvals/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: approvalDto })
  async getApproval(@Param('id', idParam('apv')) id: string, @Caller() caller: CallerIdentity): Promise<ApprovalDto> {
    return unwrap(await this.#approvals.get(id, caller));
  }

  @Post('approvals/:id/approve')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiOkResponse({ standardSchema: approvalDto })
  approveDeal(@Param('id', idParam('apv')) id: string, @Caller() caller: CallerIdentity): Promise<ApprovalDto> {
    return this.#order(id, { command: 'approve', reason: null }, caller);
  }

  @Post('approvals/:id/reject')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: approvalDto })
  rejectDeal(
    @Param('id', idParam('apv')) id: string,
    @Body({ schema: rejectionDto }) { reason }: RejectionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ApprovalDto> {
    return this.#order(id, { command: 'reject', reason }, caller);
  }

  @Post('approvals/:id/withdraw')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: approvalDto })
  withdrawApproval(@Param('id', idParam('apv')) id: string, @Caller() caller: CallerIdentity): Promise<ApprovalDto> {
    return this.#order(id, { command: 'withdraw', reason: null }, caller);
  }

  @Get('approval-limits')
  @Allow('merchant', 'buyer')
  @ApiOkResponse({ standardSchema: limitsOutcomeDto })
  async getApprovalLimits(@Caller() caller: CallerIdentity): Promise<LimitsOutcomeDto> {
    const limits = await this.#approvals.limits(caller);
    return { limits: limits && toLimitsDto(limits), pending: null };
  }

  @Put('approval-limits')
  @Allow('merchant', 'buyer')
  @ApiOkResponse({ standardSchema: limitsOutcomeDto })
  async setApprovalLimits(
    @Body({ schema: limitsDto }) body: LimitsDto,
    @Caller() caller: CallerIdentity,
  ): Promise<LimitsOutcomeDto> {
    const { limits, pending } = unwrap(await this.#change.execute(toLimits(body), caller));
    return { limits: limits && toLimitsDto(limits), pending: pending && toApprovalDto(pending) };
  }

  async #order(id: string, order: Pick<Decision, 'command' | 'reason'>, caller: CallerIdentity): Promise<ApprovalDto> {
    return toApprovalDto(unwrap(await this.#decide.execute(id, order, caller)));
  }
}
