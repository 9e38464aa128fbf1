import { Body, Controller, Get, Param, Post, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import type { z } from 'zod';
import { RevisionEtag } from '../shared/revision-etag.interceptor.js';
import { historyPageDto, type HistoryDto } from '../history/history.dto.js';
import { HistoryQueries } from '../history/history.queries.js';
import {
  participantDto,
  participantPageDto,
  participantQueryDto,
  registrationDto,
  toParticipantDto,
  toRegistration,
  type ParticipantDto,
  type ParticipantQueryDto,
  type RegistrationDto,
} from './participant.dto.js';
import { ParticipantQueries } from './participant.queries.js';
import { RegisterParticipant } from './participant.use-cases.js';

/** Organisations of the exchange: who they are, and whether they may trade. */
@ApiTags('participants')
@Controller('v1/participants')
@UseInterceptors(RevisionEtag)
export class ParticipantController {
  readonly #register: RegisterParticipant;
  readonly #participants: ParticipantQueries;
  readonly #history: HistoryQueries;

  constructor(register: RegisterParticipant, participants: ParticipantQueries, history: HistoryQueries) {
    this.#register = register;
    this.#participants = participants;
    this.#history = history;
  }

  @Post()
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: participantDto })
  async registerParticipant(
    @Body({ schema: registrationDto }) body: RegistrationDto,
    @Caller() caller: CallerIdentity,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ParticipantDto> {
    const participant = unwrap(await this.#register.execute(toRegistration(body), caller, body.onboarding));
    void reply.header('location', `/v1/participants/${participant.id}`);
    return toParticipantDto(participant, true);
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: participantPageDto })
  listParticipants(
    @Query({ schema: participantQueryDto }) query: ParticipantQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ParticipantDto>> {
    return this.#participants.list(query, caller);
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: participantDto })
  async getParticipant(
    @Param('id', idParam('org')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ParticipantDto> {
    return unwrap(await this.#participants.get(id, caller));
  }

  @Get(':id/history')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: historyPageDto })
  async listParticipantHistory(
    @Param('id', idParam('org')) id: string,
    @Query({ schema: cursorQuery }) page: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<HistoryDto>> {
    unwrap(await this.#participants.get(id, caller));
    return this.#history.of(id, page);
  }
}
