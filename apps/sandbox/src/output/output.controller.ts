import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  everyone,
  Idempotent,
  idParam,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import {
  newOutputDto,
  outputDto,
  outputPageDto,
  outputViewDto,
  reasonDto,
  toOutputDto,
  toOutputViewDto,
  voteDto,
  type OutputDto,
  type OutputViewDto,
} from './output.dto.js';
import { OutputQueries } from './output.queries.js';
import { ReviewOutput } from './review-output.use-cases.js';
import { SubmitOutput } from './submit-output.use-cases.js';

/** What may leave: asked for, looked at by two, released, called back. */
@ApiTags('sandbox: outputs')
@Controller('v1/sandbox/outputs')
export class OutputController {
  readonly #submit: SubmitOutput;
  readonly #review: ReviewOutput;
  readonly #outputs: OutputQueries;

  constructor(submit: SubmitOutput, review: ReviewOutput, outputs: OutputQueries) {
    this.#submit = submit;
    this.#review = review;
    this.#outputs = outputs;
  }

  @Post()
  @Allow('buyer')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: outputDto })
  async submitOutput(
    @Body({ schema: newOutputDto }) body: z.output<typeof newOutputDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<OutputDto> {
    return toOutputDto(unwrap(await this.#submit.execute({ jobId: body.job_id, title: body.title }, caller)));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: outputPageDto })
  async listOutputs(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<OutputDto>> {
    const [after = ''] = afterCursor(query.cursor, {}) ?? [];
    const rows = await this.#outputs.list(caller, String(after), query.limit + 1);
    const page = cursorPage(rows, query.limit, ({ id }) => [id], {});
    return { ...page, data: page.data.map(toOutputDto) };
  }

  @Get(':id')
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: outputViewDto })
  async getOutput(@Param('id', idParam('out')) id: string, @Caller() caller: CallerIdentity): Promise<OutputViewDto> {
    return toOutputViewDto(unwrap(await this.#outputs.get(id, caller)));
  }

  @Get(':id/file')
  @Allow('buyer')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async fetchOutput(@Param('id', idParam('out')) id: string, @Caller() caller: CallerIdentity): Promise<string> {
    return unwrap(await this.#outputs.file(id, caller)).content.toString('utf8');
  }

  @Post(':id/reviews')
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: outputDto })
  async reviewOutput(
    @Param('id', idParam('out')) id: string,
    @Body({ schema: voteDto }) { vote, comment, content_hash: contentHash }: z.output<typeof voteDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<OutputDto> {
    return toOutputDto(unwrap(await this.#review.vote(id, { vote, comment, contentHash }, caller)));
  }

  @Post(':id/exception')
  @HttpCode(200)
  @Allow('merchant')
  @Idempotent()
  @ApiOkResponse({ standardSchema: outputDto })
  async exceptOutput(
    @Param('id', idParam('out')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<OutputDto> {
    return toOutputDto(unwrap(await this.#review.except(id, reason, caller)));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('buyer')
  @Idempotent()
  @ApiOkResponse({ standardSchema: outputDto })
  async withdrawOutput(@Param('id', idParam('out')) id: string, @Caller() caller: CallerIdentity): Promise<OutputDto> {
    return toOutputDto(unwrap(await this.#review.withdraw(id, caller)));
  }

  @Post(':id/recall')
  @HttpCode(200)
  @Allow('merchant', 'operator')
  @Idempotent()
  @ApiOkResponse({ standardSchema: outputDto })
  async recallOutput(
    @Param('id', idParam('out')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<OutputDto> {
    return toOutputDto(unwrap(await this.#review.recall(id, reason, caller)));
  }
}
