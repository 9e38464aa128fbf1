import { Body, Controller, Delete, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { unwrap, type Clock } from '@hetao/kernel';
import {
  afterCursor,
  Allow,
  Caller,
  CLOCK,
  cursorPage,
  cursorQuery,
  everyone,
  idParam,
  pageOf,
  Scope,
  type CallerIdentity,
  type Page,
} from '@hetao/runtime';
import { CallerRegister } from '../session/caller.register.js';
import {
  apiKeyDto,
  madeApiKeyDto,
  newApiKey,
  rollApiKey,
  toApiKeyDto,
  type ApiKeyDto,
  type MadeApiKeyDto,
} from './api-key.dto.js';
import { ApiKeys, type MadeApiKey } from './api-key.use-cases.js';

/** The keys with which machines of an organisation call the API. */
@Controller('v1/api-keys')
@Allow(...everyone)
export class ApiKeyController {
  readonly #keys: ApiKeys;
  readonly #register: CallerRegister;
  readonly #clock: Clock;

  constructor(keys: ApiKeys, register: CallerRegister, @Inject(CLOCK) clock: Clock) {
    this.#keys = keys;
    this.#register = register;
    this.#clock = clock;
  }

  @Post()
  @Scope('identity:write')
  @ApiOperation({
    summary: 'Make an API key',
    description: 'The answer is the only one that ever holds the key itself.',
  })
  @ApiCreatedResponse({ standardSchema: madeApiKeyDto })
  async makeApiKey(
    @Body({ schema: newApiKey }) body: z.output<typeof newApiKey>,
    @Caller() caller: CallerIdentity,
    @Req() request: FastifyRequest,
  ): Promise<MadeApiKeyDto> {
    const known = this.#register.require(request);
    const actor = this.#register.actorOf(request);
    const wanted = {
      accountId: known.accountId,
      organisationId: caller.organisationId,
      name: body.name,
      scopes: body.scopes,
      expiresAt: body.expires_at === undefined ? null : new Date(body.expires_at),
      addresses: body.addresses,
      callerScopes: caller.via === 'api_key' ? caller.scopes : null,
    };
    return this.#toMade(unwrap(await this.#keys.make(wanted, actor)));
  }

  @Post(':id/roll')
  @Scope('identity:write')
  @ApiOperation({
    summary: 'Roll an API key',
    description:
      'Makes its successor; both work until the overlap ends. The answer is the only one that holds the key.',
  })
  @ApiCreatedResponse({ standardSchema: madeApiKeyDto })
  async rollApiKey(
    @Param('id', idParam('key')) id: string,
    @Body({ schema: rollApiKey }) { overlap_hours: hours }: z.output<typeof rollApiKey>,
    @Req() request: FastifyRequest,
  ): Promise<MadeApiKeyDto> {
    const rolled = await this.#keys.roll(id, hours * 3_600_000, this.#register.actorOf(request));
    return this.#toMade(unwrap(rolled));
  }

  @Get()
  @Scope('identity:read', 'identity:write')
  @ApiOperation({ summary: 'List the API keys of your organisation' })
  @ApiOkResponse({ standardSchema: pageOf(apiKeyDto).meta({ id: 'ApiKeyPage' }) })
  async listApiKeys(
    @Query({ schema: cursorQuery }) query: z.output<typeof cursorQuery>,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<ApiKeyDto>> {
    const filter = { organisation: caller.organisationId };
    const [afterId = ''] = afterCursor(query.cursor, filter) ?? [];
    const rows = await this.#keys.list(caller.organisationId, String(afterId), query.limit + 1);
    const page = cursorPage(rows, query.limit, (row) => [row.id], filter);
    const now = this.#clock.now();
    return { ...page, data: page.data.map((key) => toApiKeyDto(key, now)) };
  }

  @Delete(':id')
  @Scope('identity:write')
  @ApiOperation({
    summary: 'Revoke an API key',
    description: 'It stops working with the next request. Repeating changes nothing.',
  })
  @ApiOkResponse({ standardSchema: apiKeyDto })
  async revokeApiKey(@Param('id', idParam('key')) id: string, @Req() request: FastifyRequest): Promise<ApiKeyDto> {
    return toApiKeyDto(unwrap(await this.#keys.revoke(id, this.#register.actorOf(request))), this.#clock.now());
  }

  #toMade({ key, secret }: MadeApiKey): MadeApiKeyDto {
    return { ...toApiKeyDto(key, this.#clock.now()), key: secret };
  }
}
