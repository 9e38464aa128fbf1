import { context, propagation, ProxyTracerProvider, trace } from '@opentelemetry/api';

const FLUSH_WITHIN_MS = 3_000;

/** Sends the spans that still wait; at most three seconds are spent on it. Does nothing where tracing is off. */
export async function flushTelemetry(): Promise<void> {
  const provider: unknown = trace.getTracerProvider();
  const delegate: unknown = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  if (!canFlush(delegate)) return;
  const giveUp = new Promise<void>((resolve) => {
    setTimeout(resolve, FLUSH_WITHIN_MS).unref();
  });
  // A collector that is away must not keep a process from ending; its spans are lost and nothing else.
  await Promise.race([delegate.forceFlush().catch(() => undefined), giveUp]);
}

function canFlush(provider: unknown): provider is { forceFlush(): Promise<void> } {
  return typeof provider === 'object' && provider !== null && 'forceFlush' in provider;
}

/** W3C Trace Context headers of the active span, for clients that no instrumentation knows (undici, fetch). */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}
