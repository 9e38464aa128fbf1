import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Counter, type Registry } from 'prom-client';
import { unwrap } from '@hetao/kernel';
import { Allow, Caller, type CallerIdentity, METRICS } from '@hetao/runtime';
import type { UsageSender } from '../entitlement/entitlement.js';
import { type BodyShape, maxEvents, splitBody } from './event-body.js';
import { IngestUsage } from './ingest-usage.use-cases.js';
import { type IngestionReportDto, ingestionReportDto, toReportDto, usageEventSchema } from './ingestion.dto.js';
import { usageMediaTypes } from './usage-body.config.js';

@Controller('v1/usage/events')
export class IngestionController {
  readonly #events: Counter<'outcome'>;

  constructor(
    private readonly ingest: IngestUsage,
    @Inject(METRICS) registry: Registry,
  ) {
    this.#events = new Counter({
      name: 'hetao_metering_usage_events_total',
      help: 'Usage events received, by what became of them',
      labelNames: ['outcome'],
      registers: [registry],
    });
  }

  @Post()
  @HttpCode(202)
  @Allow('merchant', 'system')
  @ApiOperation({
    summary: 'Report usage as CloudEvents 1.0',
    description:
      'One event or a batch. The answer names what became of each event and is sent once everything accepted is ' +
      'durable. Repeating a request is safe: what was counted answers as a duplicate.',
  })
  @ApiConsumes(...Object.values(usageMediaTypes))
  @ApiBody({ schema: { oneOf: [usageEventSchema, { type: 'array', maxItems: maxEvents, items: usageEventSchema }] } })
  @ApiResponse({ status: 202, standardSchema: ingestionReportDto })
  async recordUsage(
    @Body() body: unknown,
    @Headers('content-type') contentType: string | undefined,
    @Caller() caller: CallerIdentity,
  ): Promise<IngestionReportDto> {
    const bytes = body instanceof Uint8Array ? body : new Uint8Array();
    const slices = unwrap(splitBody(bytes, shapeOf(contentType)));
    const report = toReportDto(await this.ingest.execute(senderOf(caller), slices));
    this.#events.inc({ outcome: 'accepted' }, report.accepted);
    this.#events.inc({ outcome: 'duplicate' }, report.duplicates);
    this.#events.inc({ outcome: 'conflict' }, report.conflicts);
    this.#events.inc({ outcome: 'rejected' }, report.rejected);
    return report;
  }
}

function shapeOf(contentType: string | undefined): BodyShape {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === usageMediaTypes.single) return 'single';
  return mediaType === usageMediaTypes.batch ? 'batch' : 'either';
}

function senderOf(caller: CallerIdentity): UsageSender {
  const isSystem = caller.via === 'system';
  return { senderId: isSystem ? 'system' : caller.organisationId, organisationId: caller.organisationId, isSystem };
}
