import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { amendmentDto, holdDto, toAmendment, type AmendmentDto, type HoldDto } from './agreement-orders.dto.js';
import { agreementDto, toAgreementDto, type AgreementDto } from './agreement.dto.js';
import { EndAgreement, HoldAgreement } from './agreement.use-cases.js';
import { ProposeAmendment } from './amend-agreement.use-cases.js';

/** What becomes of an agreement between its signatures and its end. */
@ApiTags('agreements')
@Controller('v1/agreements')
export class AgreementLifeController {
  readonly #hold: HoldAgreement;
  readonly #end: EndAgreement;
  readonly #amend: ProposeAmendment;

  constructor(hold: HoldAgreement, end: EndAgreement, amend: ProposeAmendment) {
    this.#hold = hold;
    this.#end = end;
    this.#amend = amend;
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: agreementDto })
  async suspendAgreement(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: holdDto }) { reason }: HoldDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AgreementDto> {
    return toAgreementDto(unwrap(await this.#hold.suspend(id, reason, caller)));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: agreementDto })
  async resumeAgreement(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: holdDto }) { reason }: HoldDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AgreementDto> {
    return toAgreementDto(unwrap(await this.#hold.resume(id, reason, caller)));
  }

  @Post(':id/withdraw-notice')
  @HttpCode(200)
  @Allow('merchant', 'buyer')
  @Repeatable()
  @ApiOkResponse({ standardSchema: agreementDto })
  async withdrawNotice(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: holdDto }) { reason }: HoldDto,
    @Caller() caller: CallerIdentity,
  ): Promise<AgreementDto> {
    return toAgreementDto(unwrap(await this.#end.withdraw(id, reason, caller)));
  }

  /** Answers the text drawn up, which both sign like any other; until then everything stays as it is. */
  @Post(':id/amendments')
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: agreementDto })
  async proposeAmendment(
    @Param('id', idParam('agr')) id: string,
    @Body({ schema: amendmentDto }) body: AmendmentDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgreementDto> {
    const drawn = unwrap(await this.#amend.execute(id, toAmendment(body), caller));
    void reply.header('location', `/v1/agreements/${drawn.id}`);
    return toAgreementDto(drawn);
  }
}
