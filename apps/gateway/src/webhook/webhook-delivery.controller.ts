import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { err, ok, unwrap } from '@hetao/kernel';
import { Allow, Caller, Idempotent, idParam, Scope, type CallerIdentity, type Page } from '@hetao/runtime';
import { ReplayWebhooks } from './replay-webhooks.use-cases.js';
import {
  sentDto,
  webhookDeliveryDetailDto,
  webhookDeliveryPageDto,
  webhookDeliveryQueryDto,
  type WebhookDeliveryDetailDto,
  type WebhookDeliveryDto,
  type WebhookDeliveryQuery,
} from './webhook.dto.js';
import { webhookErrors } from './webhook.errors.js';
import { WebhookQueries } from './webhook.queries.js';

/** What became of every message, with each try and what the receiver said. */
@ApiTags('webhooks')
@Controller('v1/webhook-deliveries')
@Allow('merchant', 'buyer', 'operator')
@Scope('webhook:read', 'webhook:write')
export class WebhookDeliveryController {
  readonly #log: WebhookQueries;
  readonly #replays: ReplayWebhooks;

  constructor(log: WebhookQueries, replays: ReplayWebhooks) {
    this.#log = log;
    this.#replays = replays;
  }

  @Get()
  @ApiOperation({ summary: 'List deliveries, newest first' })
  @ApiOkResponse({ standardSchema: webhookDeliveryPageDto })
  listWebhookDeliveries(
    @Query({ schema: webhookDeliveryQueryDto }) query: WebhookDeliveryQuery,
    @Caller() caller: CallerIdentity,
  ): Promise<Page<WebhookDeliveryDto>> {
    return this.#log.list(caller.organisationId, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a delivery: what was sent, and each try' })
  @ApiOkResponse({ standardSchema: webhookDeliveryDetailDto })
  async getWebhookDelivery(
    @Param('id', idParam('whd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<WebhookDeliveryDetailDto> {
    const found = await this.#log.one(caller.organisationId, id);
    const unknown = () => err(webhookErrors.WEBHOOK_DELIVERY_UNKNOWN(`There is no ${id} to an endpoint of yours.`));
    return unwrap(found === undefined ? unknown() : ok(found));
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Scope('webhook:write')
  @Idempotent()
  @ApiOperation({ summary: 'Send one message again' })
  @ApiAcceptedResponse({ standardSchema: sentDto })
  async replayWebhookDelivery(
    @Param('id', idParam('whd')) id: string,
    @Caller() caller: CallerIdentity,
  ): Promise<z.output<typeof sentDto>> {
    return { delivery_id: unwrap(await this.#replays.one(caller.organisationId, id)) };
  }
}
