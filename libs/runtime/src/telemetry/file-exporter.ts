import { appendFileSync } from 'node:fs';
import type { SpanExporter } from './span-types.js';

type Span = Parameters<SpanExporter['export']>[0][number];
type Instant = Span['startTime'];

/** OpenTelemetry's ExportResultCode. */
const SUCCESS = 0;
const FAILED = 1;

/** Writes each span as one line of JSON, for tests and for machines without a collector. */
export class FileSpanExporter implements SpanExporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  export(spans: Span[], done: Parameters<SpanExporter['export']>[1]): void {
    try {
      // Synchronous and appended at once, so that lines of several processes writing to one file never mix.
      appendFileSync(this.#path, spans.map((span) => `${JSON.stringify(lineOf(span))}\n`).join(''));
      done({ code: SUCCESS });
    } catch (error) {
      done({ code: FAILED, error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function lineOf(span: Span): object {
  const { traceId, spanId } = span.spanContext();
  return {
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: span.parentSpanContext?.spanId ?? null,
    name: span.name,
    kind: span.kind,
    service: span.resource.attributes['service.name'],
    scope: span.instrumentationScope.name,
    start: isoTime(span.startTime),
    duration_ms: span.duration[0] * 1e3 + span.duration[1] / 1e6,
    status: span.status,
    attributes: span.attributes,
    links: span.links.map((link) => ({ trace_id: link.context.traceId, span_id: link.context.spanId })),
  };
}

function isoTime([seconds, nanoseconds]: Instant): string {
  return new Date(seconds * 1e3 + nanoseconds / 1e6).toISOString();
}
