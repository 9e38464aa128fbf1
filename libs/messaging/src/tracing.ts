import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api';

/**
 * One trace from the request that appended an event to the last statement of its handler. An event waits in a table
 * in between, so its context travels as text (W3C `traceparent`) in the row and in the record's header; both
 * transports use the same functions.
 */

const tracer = trace.getTracer('@hetao/messaging');

// The SDK's own key (SUPPRESS_TRACING_KEY of @opentelemetry/core); createContextKey returns the registered symbol.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** The `traceparent` of what runs now, or undefined outside any trace. */
export function currentTraceparent(): string | undefined {
  return traceparentOf(context.active());
}

function traceparentOf(of: Context): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(of, carrier);
  return carrier['traceparent'];
}

function contextOf(traceparent: string | undefined): Context {
  return traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent });
}

/** An event that is being handed to the broker: its span belongs to the trace of the transaction that appended it. */
export interface SendSpan {
  /** Goes into the record's header, so that the consumer hangs below the send. */
  readonly traceparent: string | undefined;
  end(error?: unknown): void;
}

export function startSendSpan(traceparent: string | undefined, attributes: Attributes): SendSpan {
  const parent = contextOf(traceparent);
  const name = `send ${String(attributes['messaging.destination.name'])}`;
  const span = tracer.startSpan(name, { kind: SpanKind.PRODUCER, attributes }, parent);
  return {
    // Without an SDK the span is not recorded and has no context of its own: then the row's goes on.
    traceparent: traceparentOf(trace.setSpan(parent, span)) ?? traceparent,
    end: (error) => endSpan(span, error),
  };
}

/**
 * Runs what must leave no spans of its own: loops that look for work. Their statements would each be a trace about nothing.
 * And instrumentation of the Kafka client would put the context that happens to be active, the relay's loop, into every
 * record; suppressed, it leaves our headers as they are. Sending and handling have explicit parents and are traced.
 */
export function untraced<T>(work: () => Promise<T>): Promise<T> {
  return context.with(context.active().setValue(SUPPRESS_TRACING, true), work);
}

/** Handles one event inside a consumer span whose parent is the event's producer. */
export function traceHandling<T>(
  traceparent: string | undefined,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  return inSpan(contextOf(traceparent), attributes, [], work);
}

/** Handles many events in one span. They come from many traces, so it links to them instead of having one parent. */
export function traceBatch<T>(
  traceparents: readonly (string | undefined)[],
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  const links = traceparents.flatMap((traceparent): Link[] => {
    const linked = trace.getSpanContext(contextOf(traceparent));
    return linked === undefined ? [] : [{ context: linked }];
  });
  return inSpan(ROOT_CONTEXT, attributes, links, work);
}

async function inSpan<T>(parent: Context, attributes: Attributes, links: Link[], work: () => Promise<T>): Promise<T> {
  const name = `process ${String(attributes['messaging.destination.name'])}`;
  const span = tracer.startSpan(name, { kind: SpanKind.CONSUMER, attributes, links }, parent);
  try {
    const value = await context.with(trace.setSpan(parent, span), work);
    endSpan(span);
    return value;
  } catch (error) {
    endSpan(span, error);
    throw error;
  }
}

/** Notes a failed attempt on the span of the handling that is going on. */
export function recordFailedAttempt(error: unknown): void {
  trace.getActiveSpan()?.recordException(toError(error));
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error('Something that is no error was thrown.', { cause: error });
}

function endSpan(span: Span, error?: unknown): void {
  if (error !== undefined) {
    span.recordException(toError(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
