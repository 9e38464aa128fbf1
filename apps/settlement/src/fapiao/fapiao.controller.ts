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
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  fapiaoDto,
  fapiaoNewsDto,
  fapiaoPageDto,
  fapiaoQueryDto,
  newFapiaoDto,
  newsOf,
  toFapiaoDto,
  type FapiaoDto,
  type FapiaoNewsDto,
  type FapiaoQueryDto,
  type NewFapiaoDto,
} from './fapiao.dto.js';
import { FapiaoQueries } from './fapiao.queries.js';
import { KeepFapiao } from './fapiao.use-cases.js';

@ApiTags('settlement')
@Controller('v1/settlement/fapiao')
export class FapiaoController {
  readonly #keep: KeepFapiao;
  readonly #fapiao: FapiaoQueries;

  constructor(keep: KeepFapiao, fapiao: FapiaoQueries) {
    this.#keep = keep;
    this.#fapiao = fapiao;
  }

  @Post()
  @Allow('buyer', 'operator')
  @Idempotent()
  @ApiCreatedResponse({ standardSchema: fapiaoDto })
  async requestFapiao(
    @Body({ schema: newFapiaoDto }) body: NewFapiaoDto,
    @Caller() caller: CallerIdentity,
  ): Promise<FapiaoDto> {
    return toFapiaoDto(unwrap(await this.#keep.request(body, caller)));
  }

  /** Notes what the tax platform answered, or that a red-letter fapiao was asked for. Repeating it changes nothing. */
  @Post(':id/news')
  @HttpCode(200)
  @Allow('operator')
  @Repeatable()
  @ApiOkResponse({ standardSchema: fapiaoDto })
  async noteFapiao(
    @Param('id', idParam('fap')) id: string,
    @Body({ schema: fapiaoNewsDto }) body: FapiaoNewsDto,
  ): Promise<FapiaoDto> {
    return toFapiaoDto(unwrap(await this.#keep.note(id, newsOf(body))));
  }

  @Get()
  @Allow(...everyone)
  @ApiOkResponse({ standardSchema: fapiaoPageDto })
  listFapiao(
    @Query({ schema: fapiaoQueryDto }) query: FapiaoQueryDto,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<FapiaoDto>> {
    return this.#fapiao.list(query, caller);
  }
}
