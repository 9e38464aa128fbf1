import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, Repeatable, Scope, type CallerIdentity } from '@hetao/runtime';
import { CallerRegister } from '../session/caller.register.js';
import { ReplayWebhooks } from './replay-webhooks.use-cases.js';
import { WebhookEndpoints } from './webhook-endpoint.use-cases.js';
import {
  newWebhookEndpointDto,
  replayedDto,
  sentDto,
  toEndpointDto,
  webhookEndpointChangeDto,
  webhookEndpointDto,
  webhookEndpointListDto,
  webhookReplayDto,
  webhookSecretDto,
  type WebhookEndpointDto,
} from './webhook.dto.js';

const withSecret = 'The answer is the only one that ever holds the secret.';

/** Where an organisation wants to be told of what happens (Standard Webhooks 1.0). */
@ApiTags('webhooks')
@Controller('v1/webhook-endpoints')
@Allow('merchant', 'buyer', 'operator')
@Scope('webhook:write')
export class WebhookController {
  readonly #endpoints: WebhookEndpoints;
  readonly #replays: ReplayWebhooks;
  readonly #register: CallerRegister;

  constructor(endpoints: WebhookEndpoints, replays: ReplayWebhooks, register: CallerRegister) {
    this.#endpoints = endpoints;
    this.#replays = replays;
    this.#register = register;
  }

  // Not kept for a repeated request: the answer holds a secret.
  @Post()
  @ApiOperation({ summary: 'Ask to be told', description: withSecret })
  @ApiCreatedResponse({ standardSchema: webhookSecretDto })
  async addWebhookEndpoint(
    @Body({ schema: newWebhookEndpointDto }) body: z.output<typeof newWebhookEndpointDto>,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof webhookSecretDto>> {
    const { endpoint, secret } = unwrap(await this.#endpoints.add(this.#register.actorOf(request), body));
    return { ...toEndpointDto(endpoint), secret };
  }

  @Get()
  @Scope('webhook:read', 'webhook:write')
  @ApiOperation({ summary: 'List the endpoints of your organisation', description: 'At most twenty.' })
  @ApiOkResponse({ standardSchema: webhookEndpointListDto })
  async listWebhookEndpoints(@Caller() caller: CallerIdentity): Promise<{ data: WebhookEndpointDto[] }> {
    return { data: (await this.#endpoints.list(caller.organisationId)).map(toEndpointDto) };
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change where and of what you are told' })
  @ApiOkResponse({ standardSchema: webhookEndpointDto })
  async changeWebhookEndpoint(
    @Param('id', idParam('whe')) id: string,
    @Body({ schema: webhookEndpointChangeDto }) body: z.output<typeof webhookEndpointChangeDto>,
    @Req() request: FastifyRequest,
  ): Promise<WebhookEndpointDto> {
    return toEndpointDto(unwrap(await this.#endpoints.change(this.#register.actorOf(request), id, body)));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove an endpoint and its log' })
  @ApiNoContentResponse({ description: 'It is gone' })
  async removeWebhookEndpoint(@Param('id', idParam('whe')) id: string, @Req() request: FastifyRequest): Promise<void> {
    unwrap(await this.#endpoints.remove(this.#register.actorOf(request), id));
  }

  @Post(':id/roll-secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new secret; the one before signs for another day', description: withSecret })
  @ApiOkResponse({ standardSchema: webhookSecretDto })
  async rollWebhookSecret(
    @Param('id', idParam('whe')) id: string,
    @Req() request: FastifyRequest,
  ): Promise<z.output<typeof webhookSecretDto>> {
    const { endpoint, secret } = unwrap(await this.#endpoints.roll(this.#register.actorOf(request), id));
    return { ...toEndpointDto(endpoint), secret };
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Repeatable()
  @ApiOperation({ summary: 'Listen again', description: 'What was missed is sent by a replay.' })
  @ApiOkResponse({ standardSchema: webhookEndpointDto })
  async enableWebhookEndpoint(
    @Param('id', idParam('whe')) id: string,
    @Req() request: FastifyRequest,
  ): Promise<WebhookEndpointDto> {
    return toEndpointDto(unwrap(await this.#endpoints.enable(this.#register.actorOf(request), id)));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Repeatable()
  @ApiOperation({ summary: 'Stop being told, and keep the endpoint' })
  @ApiOkResponse({ standardSchema: webhookEndpointDto })
  async disableWebhookEndpoint(
    @Param('id', idParam('whe')) id: string,
    @Req() request: FastifyRequest,
  ): Promise<WebhookEndpointDto> {
    return toEndpointDto(unwrap(await this.#endpoints.disable(this.#register.actorOf(request), id)));
  }

  @Post(':id/tests')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: 'Send a message that only tries the way' })
  @ApiAcceptedResponse({ standardSchema: sentDto })
  async testWebhookEndpoint(
    @Param('id', idParam('whe')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof sentDto>> {
    return { delivery_id: unwrap(await this.#replays.test(caller.organisationId, id)) };
  }

  @Post(':id/replays')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({ summary: 'Send a range of messages again' })
  @ApiAcceptedResponse({ standardSchema: replayedDto })
  async replayWebhooks(
    @Param('id', idParam('whe')) id: string,
    @Body({ schema: webhookReplayDto }) body: z.output<typeof webhookReplayDto>,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof replayedDto>> {
    const range = { from: new Date(body.from), until: new Date(body.until), types: body.types };
    return { replayed: unwrap(await this.#replays.range(caller.organisationId, id, range)) };
  }
}
