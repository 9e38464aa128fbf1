import { Body, Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { DomainException } from '@hetao/kernel';
import { Allow, Caller, callerErrors, type CallerIdentity, Public } from '@hetao/runtime';
import type { UsageSender } from '../entitlement/entitlement.js';
import { maxEvents } from './event-body.js';
import { ingestionReportDto, type IngestionReportDto, usageEventSchema } from './ingestion.dto.js';
import { type HeaderFields, ReceiveUsage } from './receive-usage.use-cases.js';
import { IngestTokens } from './token/ingest-tokens.js';
import { usageMediaTypes } from './usage-body.config.js';

const description =
  'One event (structured or binary mode), a batch, or lines of JSON. The answer names what became of each event and is ' +
  'sent once everything accepted is durable. Repeating a request is safe: what was counted answers as a duplicate.';
const body = { schema: { oneOf: [usageEventSchema, { type: 'array', maxItems: maxEvents, items: usageEventSchema }] } };

@Controller('v1/usage')
export class IngestionController {
  constructor(
    private readonly receive: ReceiveUsage,
    private readonly tokens: IngestTokens,
  ) {}

  @Post('events')
  @HttpCode(202)
  @Allow('merchant', 'system')
  @ApiOperation({ summary: 'Report usage as CloudEvents 1.0', description })
  @ApiConsumes(...Object.values(usageMediaTypes))
  @ApiBody(body)
  @ApiResponse({ status: 202, standardSchema: ingestionReportDto })
  async recordUsage(
    @Body() content: unknown,
    @Req() request: { readonly headers: HeaderFields },
    @Caller() caller: CallerIdentity,
  ): Promise<IngestionReportDto> {
    return this.receive.execute(senderOf(caller), bytesOf(content), request.headers);
  }

  @Post('ingest')
  @HttpCode(202)
  @Public()
  @ApiOperation({
    summary: 'Report usage with an ingest token',
    description: `${description} Authorization: Bearer hxi_…, from POST /v1/usage/ingest-tokens.`,
  })
  @ApiConsumes(...Object.values(usageMediaTypes))
  @ApiBody(body)
  @ApiResponse({ status: 202, standardSchema: ingestionReportDto })
  async ingestUsage(
    @Body() content: unknown,
    @Req() request: { readonly headers: HeaderFields },
    @Headers('authorization') authorization: string | undefined,
  ): Promise<IngestionReportDto> {
    const sender = await this.tokens.senderOf(authorization);
    if (!sender) throw new DomainException(callerErrors.CALLER_MISSING('The request carries no valid ingest token.'));
    return this.receive.execute(sender, bytesOf(content), request.headers);
  }
}

/** A body is read as bytes, or there was none. */
function bytesOf(content: unknown): Uint8Array {
  return content instanceof Uint8Array ? content : new Uint8Array();
}

function senderOf(caller: CallerIdentity): UsageSender {
  const isSystem = caller.via === 'system';
  return { senderId: isSystem ? 'system' : caller.organisationId, organisationId: caller.organisationId, isSystem };
}
