import { Inject, Injectable } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';
import { type Result, unwrap } from '@hetao/kernel';
import { METRICS } from '@hetao/runtime';
import type { UsageSender } from '../entitlement/entitlement.js';
import { binaryEvent, type HeaderFields, isBinaryEvent } from './binary-event.js';
import { type EventSlice, splitBody } from './event-body.js';
import { splitLines } from './event-lines.js';
import { IngestUsage } from './ingest-usage.use-cases.js';
import { type IngestionReportDto, toReportDto } from './ingestion.dto.js';
import { usageMediaTypes } from './usage-body.config.js';
import type { UsageBodyError } from './usage-event.errors.js';

export type { HeaderFields };

/** Reads a request of any of the forms in which usage comes, and counts it. */
@Injectable()
export class ReceiveUsage {
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

  /** @throws DomainException of `usageBodyErrors` for a body of which no event can be told apart. */
  async execute(sender: UsageSender, body: Uint8Array, headers: HeaderFields): Promise<IngestionReportDto> {
    this.ingest.assertRoom();
    const slices = unwrap(slicesOf(body, headers));
    const report = toReportDto(await this.ingest.execute(sender, slices));
    this.#events.inc({ outcome: 'accepted' }, report.accepted);
    this.#events.inc({ outcome: 'duplicate' }, report.duplicates);
    this.#events.inc({ outcome: 'conflict' }, report.conflicts);
    this.#events.inc({ outcome: 'rejected' }, report.rejected);
    this.#events.inc({ outcome: 'pending' }, report.pending);
    return report;
  }
}

function slicesOf(body: Uint8Array, headers: HeaderFields): Result<readonly EventSlice[], UsageBodyError> {
  const { 'content-type': contentType } = headers;
  const text = typeof contentType === 'string' ? contentType : '';
  const mediaType = text.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === usageMediaTypes.single) return splitBody(body, 'single');
  if (mediaType === usageMediaTypes.batch) return splitBody(body, 'batch');
  if (mediaType === usageMediaTypes.lines) return splitLines(body);
  // Section 3.1 of the binding: what is not application/cloudevents is the data of an event in binary mode.
  return isBinaryEvent(headers) ? binaryEvent(headers, body) : splitBody(body, 'either');
}
