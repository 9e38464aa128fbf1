import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { z } from 'zod';
import { Caller } from '../caller/caller.decorator.js';
import type { CallerIdentity } from '../caller/caller-identity.js';
import { Allow, Scope } from '../caller/route-policy.js';
import { idParam } from '../http/ids.js';
import { reasonDto } from '../http/text.js';
import { DeadLetterDesk } from './dead-letter.desk.js';
import {
  deadLetterQuery,
  type DeadLetterDetailDto,
  type DeadLetterListDto,
  type DeadLetterQueryDto,
} from './dead-letter.dto.js';

/**
 * The dead letters of one service, for the gateway, which asks every service and describes the routes to the world. Only
 * the exchange's own people get here; each act is safe to repeat by itself.
 */
@Controller('v1/dead-letters')
@ApiExcludeController()
export class DeadLetterController {
  readonly #desk: DeadLetterDesk;

  constructor(desk: DeadLetterDesk) {
    this.#desk = desk;
  }

  @Get()
  @Allow('operator', 'auditor')
  @Scope('identity:read', 'identity:write')
  listDeadLetters(@Query({ schema: deadLetterQuery }) query: DeadLetterQueryDto): Promise<DeadLetterListDto> {
    return this.#desk.list(query);
  }

  @Get(':id')
  @Allow('operator', 'auditor')
  @Scope('identity:read', 'identity:write')
  getDeadLetter(@Param('id', idParam('dlt')) id: string): Promise<DeadLetterDetailDto> {
    return this.#desk.get(id);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Allow('operator')
  @Scope('identity:write')
  replayDeadLetter(
    @Param('id', idParam('dlt')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeadLetterDetailDto> {
    return this.#desk.replay(id, reason, caller);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Allow('operator')
  @Scope('identity:write')
  discardDeadLetter(
    @Param('id', idParam('dlt')) id: string,
    @Body({ schema: reasonDto }) { reason }: z.output<typeof reasonDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<DeadLetterDetailDto> {
    return this.#desk.discard(id, reason, caller);
  }
}
