import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import {
  consultationDto,
  consultationPageDto,
  messageDto,
  openedDto,
  questionDto,
  type ConsultationDto,
  type SummaryDto,
} from './consultation.dto.js';
import { ConsultationQueries } from './consultation.queries.js';
import { Consult } from './consultation.use-cases.js';

type Id = z.output<typeof openedDto>;

/** Questions to an officer, answered with citations. */
@ApiTags('customs: consultation')
@Controller('v1/customs')
export class ConsultationController {
  readonly #consult: Consult;
  readonly #threads: ConsultationQueries;

  constructor(consult: Consult, threads: ConsultationQueries) {
    this.#consult = consult;
    this.#threads = threads;
  }

  @Post('consultations')
  @Allow('merchant', 'buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: openedDto })
  async openConsultation(
    @Body({ schema: questionDto }) body: z.output<typeof questionDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<Id> {
    const { subject, declaration_id: declarationId, ...message } = body;
    return unwrap(await this.#consult.open({ subject, declarationId, message }, caller));
  }

  @Get('consultations')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: consultationPageDto })
  listConsultations(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<SummaryDto>> {
    return this.#threads.list(query, caller);
  }

  @Get('consultations/:id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: consultationDto })
  async getConsultation(
    @Param('id', idParam('con')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<ConsultationDto> {
    return unwrap(await this.#threads.get(id, caller));
  }

  @Post('consultations/:id/messages')
  @Allow('merchant', 'buyer', 'operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: openedDto })
  async writeInConsultation(
    @Param('id', idParam('con')) id: string,
    @Body({ schema: messageDto }) body: z.output<typeof messageDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<Id> {
    return unwrap(await this.#consult.write(id, body, caller));
  }

  @Post('consultations/:id/close')
  @HttpCode(200)
  @Allow('merchant', 'buyer', 'operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: openedDto })
  async closeConsultation(@Param('id', idParam('con')) id: string, @Caller() caller: CallerIdentity): Promise<Id> {
    return unwrap(await this.#consult.close(id, caller));
  }
}
