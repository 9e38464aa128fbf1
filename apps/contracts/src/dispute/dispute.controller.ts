import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
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
  disputeDetailDto,
  disputeDto,
  disputePageDto,
  disputeQueryDto,
  newDisputeDto,
  rulingDto,
  statementDto,
  toDisputeDto,
  toEvidence,
  type DisputeDetailDto,
  type DisputeDto,
  type DisputeQueryDto,
  type NewDisputeDto,
  type RulingDto,
  type StatementDto,
} from './dispute.dto.js';
import { DisputeQueries } from './dispute.queries.js';
import { ActOnDispute, OpenDispute } from './dispute.use-cases.js';
import type { DisputeCommand } from './dispute.js';

/** What two parties of an agreement disagree about, until it is settled or decided. */
@ApiTags('agreement disputes')
@Controller('v1')
export class AgreementDisputeController {
  readonly #open: OpenDispute;
  readonly #act: ActOnDispute;
  readonly #disputes: DisputeQueries;

  constructor(open: OpenDispute, act: ActOnDispute, disputes: DisputeQueries) {
    this.#open = open;
    this.#act = act;
    this.#disputes = disputes;
  }

  @Post('agreements/:id/disputes')
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: disputeDto })
  async openAgreementDispute(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: newDisputeDto }) body: NewDisputeDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DisputeDto> {
    const claim = { ...body, evidence: body.evidence.map(toEvidence) };
    const dispute = unwrap(await this.#open.execute(id, claim, caller));
    void reply.header('location', `/v1/agreement-disputes/${dispute.id}`);
    return toDisputeDto(dispute);
  }

  @Get('agreement-disputes')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: disputePageDto })
  listAgreementDisputes(
    @Query({ schema: disputeQueryDto }) query: DisputeQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<DisputeDto>> {
    return this.#disputes.list(query, caller);
  }

  @Get('agreement-disputes/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: disputeDetailDto })
  async getAgreementDispute(
    @Param('id', idParam('adp')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDetailDto> {
    return unwrap(await this.#disputes.get(id, caller));
  }

  @Post('agreement-disputes/:id/answer')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: disputeDto })
  answerDispute(
    @Param('id', idParam('adp')) id: string,
    @Body({ schema: statementDto }) body: StatementDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    return this.#say(id, 'answer', body, caller);
  }

  @Post('agreement-disputes/:id/evidence')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: disputeDto })
  addDisputeEvidence(
    @Param('id', idParam('adp')) id: string,
    @Body({ schema: statementDto }) body: StatementDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    return this.#say(id, 'add_evidence', body, caller);
  }

  @Post('agreement-disputes/:id/mediate')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: disputeDto })
  mediateDispute(
    @Param('id', idParam('adp')) id: string,
    @Body({ schema: statementDto }) body: StatementDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    return this.#say(id, 'mediate', body, caller);
  }

  @Post('agreement-disputes/:id/arbitrate')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: disputeDto })
  bringToArbitration(
    @Param('id', idParam('adp')) id: string,
    @Body({ schema: statementDto }) body: StatementDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    return this.#say(id, 'arbitrate', body, caller);
  }

  @Post('agreement-disputes/:id/propose')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiOkResponse({ standardSchema: disputeDto })
  proposeSettlement(
    @Param('id', idParam('adp')) id: string,
    @Body({ schema: statementDto }) body: StatementDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    return this.#say(id, 'propose', body, caller);
  }

  @Post('agreement-disputes/:id/accept')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: disputeDto })
  acceptSettlement(@Param('id', idParam('adp')) id: string, @Caller() caller: CallerIdentity): Promise<DisputeDto> {
    return this.#say(id, 'accept', { said: null, evidence: [] }, caller);
  }

  @Post('agreement-disputes/:id/withdraw')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: disputeDto })
  withdrawDispute(@Param('id', idParam('adp')) id: string, @Caller() caller: CallerIdentity): Promise<DisputeDto> {
    return this.#say(id, 'withdraw', { said: null, evidence: [] }, caller);
  }

  /** Enters the ruling of those who decided: the exchange follows it. */
  @Post('agreement-disputes/:id/decide')
  @HttpCode(200)
  @Allow('operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: disputeDto })
  async enterRuling(
    @Param('id', idParam('adp')) id: string,
    @Body({ schema: rulingDto }) { outcome, remedy, said, evidence }: RulingDto,
    @Caller() caller: CallerIdentity,
  ): Promise<DisputeDto> {
    const command = outcome === 'upheld' ? 'uphold' : 'reject';
    const order = { command, remedy, said, evidence: evidence.map(toEvidence) } as const;
    return toDisputeDto(unwrap(await this.#act.execute(id, order, caller)));
  }

  async #say(
    id: string,
    command: DisputeCommand,
    { said, evidence }: { readonly said: string | null; readonly evidence: StatementDto['evidence'] },
    caller: CallerIdentity,
  ): Promise<DisputeDto> {
    const order = { command, said, evidence: evidence.map(toEvidence), remedy: 'none' } as const;
    return toDisputeDto(unwrap(await this.#act.execute(id, order, caller)));
  }
}
