import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, idParam, Repeatable, type CallerIdentity } from '@hetao/runtime';
import { RevisionEtag } from '../shared/revision-etag.interceptor.js';
import {
  participantDto,
  suspensionDto,
  toParticipantDto,
  type ParticipantDto,
  type SuspensionDto,
} from './participant.dto.js';
import { DecideParticipant, type ParticipantOrder } from './participant.use-cases.js';

/** What the operator decides about an organisation, from the first look at its application to its end. */
@ApiTags('participants')
@Controller('v1/participants/:id')
@UseInterceptors(RevisionEtag)
export class ParticipantDecisionController {
  readonly #decide: DecideParticipant;

  constructor(decide: DecideParticipant) {
    this.#decide = decide;
  }

  @Post('take')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  takeApplication(@Param('id', idParam('org')) id: string, @Caller() caller: CallerIdentity): Promise<ParticipantDto> {
    return this.#order(id, { command: 'take' }, caller);
  }

  @Post('ask')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  askForSupplement(
    @Param('id', idParam('org')) id: string,
    @Body({ schema: suspensionDto }) { reason }: SuspensionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return this.#order(id, { command: 'ask', reason }, caller);
  }

  @Post('approve')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  approveParticipant(
    @Param('id', idParam('org')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return this.#order(id, { command: 'approve' }, caller);
  }

  @Post('refuse')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  refuseApplication(
    @Param('id', idParam('org')) id: string,
    @Body({ schema: suspensionDto }) { reason }: SuspensionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return this.#order(id, { command: 'refuse', reason }, caller);
  }

  @Post('suspend')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  suspendParticipant(
    @Param('id', idParam('org')) id: string,
    @Body({ schema: suspensionDto }) { reason }: SuspensionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return this.#order(id, { command: 'suspend', reason }, caller);
  }

  @Post('reinstate')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  reinstateParticipant(
    @Param('id', idParam('org')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return this.#order(id, { command: 'reinstate' }, caller);
  }

  @Post('renew')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  renewCertificate(@Param('id', idParam('org')) id: string, @Caller() caller: CallerIdentity): Promise<ParticipantDto> {
    return this.#order(id, { command: 'renew' }, caller);
  }

  @Post('end')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: participantDto })
  endParticipation(
    @Param('id', idParam('org')) id: string,
    @Body({ schema: suspensionDto }) { reason }: SuspensionDto,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return this.#order(id, { command: 'end', reason }, caller);
  }

  async #order(id: string, order: ParticipantOrder, caller: CallerIdentity): Promise<ParticipantDto> {
    return toParticipantDto(unwrap(await this.#decide.execute(id, order, caller)), true);
  }
}
