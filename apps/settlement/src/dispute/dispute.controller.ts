import { unwrap, type Clock } from '@hetao/kernel';
import { Allow, Caller, CLOCK, everyone, Idempotent, idParam, type CallerIdentity, type Page } from '@hetao/runtime';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DecideDispute } from './decide-dispute.use-case.js';
import {
  disputeDecisionDto,
  disputeDto,
  disputePageDto,
  disputeQueryDto,
  newDisputeDto,
  toDisputeDto,
  type DisputeDecisionDto,
  type DisputeDto,
  type DisputeQueryDto,
  type NewDisputeDto,
} from './dispute.dto.js';
import { DisputeQueries } from './dispute.queries.js';
import { OpenDispute } from './open-dispute.use-case.js';

@ApiTags('settlement')
@Controller('v1')
export class DisputeController {
  readonly #open: OpenDispute;
  readonly #decide: DecideDispute;
  readonly #disputes: DisputeQueries;
  readonly #clock: Clock;

  constructor(open: OpenDispute, decide: DecideDispute, disputes: DisputeQueries, @Inject(CLOCK) clock: Clock) {
    this.#open = open;
    this.#decide = decide;
    this.#disputes = disputes;
    this.#clock = clock;
  }

  @Post('invoices/:id/disputes')
  @Allow('buyer', 'operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: disputeDto })
  async openDispute(
    @Param('id', idParam('inv')) id: string,
    @Body({ schema: newDisputeDto }) body: NewDisputeDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    return toDisputeDto(unwrap(await this.#open.execute(id, body, { by: caller, at: this.#clock.now() })));
  }

  @Post('settlement/disputes/:id/decide')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: disputeDto })
  async decideDispute(
    @Param('id', idParam('dsp')) id: string,
    @Body({ schema: disputeDecisionDto }) body: DisputeDecisionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    return toDisputeDto(unwrap(await this.#decide.execute(id, body, caller.subject)));
  }

  @Get('settlement/disputes')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: disputePageDto })
  listDisputes(
    @Query({ schema: disputeQueryDto }) query: DisputeQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<DisputeDto>> {
    return this.#disputes.list(query, caller);
  }
}
