import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  Allow,
  Caller,
  cursorQuery,
  Idempotent,
  idParam,
  Public,
  Repeatable,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { consultationTemplates } from './consultation-templates.js';
import {
  openedDto,
  precedentDraftDto,
  precedentPageDto,
  precedentQuery,
  precedentReviewDto,
  precedentReviewPageDto,
  templateListDto,
  type PrecedentDto,
  type PrecedentReviewDto,
} from './consultation.dto.js';
import { ConsultationQueries } from './consultation.queries.js';
import { MakePrecedent } from './precedent.use-cases.js';

type Id = z.output<typeof openedDto>;
type Draft = z.output<typeof precedentDraftDto>;

/** What others may learn from: templates of questions, and answers without names that anybody finds. */
@ApiTags('customs: consultation')
@Controller('v1/customs')
export class PrecedentController {
  readonly #make: MakePrecedent;
  readonly #threads: ConsultationQueries;

  constructor(make: MakePrecedent, threads: ConsultationQueries) {
    this.#make = make;
    this.#threads = threads;
  }

  @Get('consultation-templates')
  @Public()
  @ApiOkResponse({ standardSchema: templateListDto })
  listConsultationTemplates(): z.output<typeof templateListDto> {
    return { data: consultationTemplates.map((template) => ({ ...template, citations: [...template.citations] })) };
  }

  @Get('precedents')
  @Public()
  @ApiOkResponse({ standardSchema: precedentPageDto })
  searchPrecedents(
    @Query({ schema: precedentQuery }) query: z.output<typeof precedentQuery>,
  ): Promise<Page<PrecedentDto>> {
    return this.#threads.precedents(query);
  }

  @Get('precedent-drafts')
  @Allow('operator', 'auditor')
  @ApiOkResponse({ standardSchema: precedentReviewPageDto })
  listPrecedentDrafts(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
  ): Promise<Page<PrecedentReviewDto>> {
    return this.#threads.drafts(query);
  }

  /** A draft out of a consultation, with the names taken out that are known or look like names. */
  @Post('consultations/:id/precedent')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: precedentReviewDto })
  async draftPrecedent(
    @Param('id', idParam('con')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<PrecedentReviewDto> {
    const { citations, replaced, ...draft } = unwrap(await this.#make.draft(id, caller));
    return { ...draft, citations: [...citations], replaced: replaced.map((each) => ({ ...each })) };
  }

  /** The officer has read the draft, and sends it as it is to be published. */
  @Post('precedents/:id/approve')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: openedDto })
  async approvePrecedent(
    @Param('id', idParam('pre')) id: string,
    @Body({ schema: precedentDraftDto }) body: Draft,
    @Caller() caller: CallerIdentity,
  ): Promise<Id> {
    return unwrap(await this.#make.approve(id, body, caller));
  }

  @Post('precedents')
  @Allow('operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: openedDto })
  async publishPrecedent(
    @Body({ schema: precedentDraftDto }) body: Draft,
    @Caller() caller: CallerIdentity,
  ): Promise<Id> {
    return unwrap(await this.#make.write(body, caller));
  }
}
