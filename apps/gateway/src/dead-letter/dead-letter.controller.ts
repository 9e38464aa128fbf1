import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { unwrap } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  cursorPage,
  cursorQuery,
  deadLetterDetailDto,
  deadLetterFilters,
  deadLetterPageDto,
  Idempotent,
  idParam,
  reasonDto,
  Scope,
  type CallerIdentity,
  type DeadLetterDetailDto,
  type DeadLetterPageDto,
} from '@hetao/runtime';
import { z } from 'zod';
import { CallerRegister } from '../session/caller.register.js';
import { DecideDeadLetter } from './decide-dead-letter.use-cases.js';
import { DeadLetterQueries } from './dead-letter.queries.js';
import { desks, type DeadLetterAct } from './service-desks.client.js';

const listQuery = cursorQuery.extend({
  ...deadLetterFilters,
  service: z.enum(desks).optional().describe('Whose handler failed'),
});

/** What no service could handle, for those who mend it. */
@ApiTags('operations')
@Controller('v1/dead-letters')
export class DeadLetterController {
  readonly #queries: DeadLetterQueries;
  readonly #decide: DecideDeadLetter;
  readonly #register: CallerRegister;

  constructor(queries: DeadLetterQueries, decide: DecideDeadLetter, register: CallerRegister) {
    this.#queries = queries;
    this.#decide = decide;
    this.#register = register;
  }

  @Get()
  @Allow('operator', 'auditor')
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'List events that a service could not handle, newest first' })
  @ApiOkResponse({ standardSchema: deadLetterPageDto })
  async listDeadLetters(
    @Query({ schema: listQuery }) { cursor, limit, ...filter }: z.output<typeof listQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeadLetterPageDto> {
    const before = afterCursor(cursor, filter)?.[0]?.toString();
    const { letters, unheard } = await this.#queries.list({ ...filter, before, limit: limit + 1 }, caller);
    const page = cursorPage(letters, limit, ({ id }) => [id], filter);
    return { ...page, data: [...page.data], unheard: [...unheard] };
  }

  @Get(':id')
  @Allow('operator', 'auditor')
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'Read one with the event itself; words that people wrote are masked' })
  @ApiOkResponse({ standardSchema: deadLetterDetailDto })
  async getDeadLetter(
    @Param('id', idParam('dlt')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<DeadLetterDetailDto> {
    return unwrap(await this.#queries.find(id, caller)).letter;
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Idempotent()
  @Allow('operator')
  @Scope('identity:write')
  @ApiOperation({ summary: 'Have the service handle it again, within seconds; a second failure parks it again' })
  @ApiOkResponse({ standardSchema: deadLetterDetailDto })
  replayDeadLetter(
    @Param('id', idParam('dlt')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Req() request: FastifyRequest,
  ): Promise<DeadLetterDetailDto> {
    return this.#act(id, 'replay', reason, request);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Idempotent()
  @Allow('operator')
  @Scope('identity:write')
  @ApiOperation({ summary: 'Settle it without handling: one operator proposes it, another one’s word settles it' })
  @ApiOkResponse({ standardSchema: deadLetterDetailDto })
  discardDeadLetter(
    @Param('id', idParam('dlt')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Req() request: FastifyRequest,
  ): Promise<DeadLetterDetailDto> {
    return this.#act(id, 'discard', reason, request);
  }

  async #act(id: string, act: DeadLetterAct, reason: string, request: FastifyRequest): Promise<DeadLetterDetailDto> {
    const { identity } = this.#register.require(request);
    return unwrap(await this.#decide.execute({ id, act, reason }, identity, this.#register.actorOf(request)));
  }
}
