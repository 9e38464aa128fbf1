import { beforeAll, describe, expect, it } from '@jest/globals';
import { context, propagation, trace } from '@opentelemetry/api';
import { currentTraceparent, startSendSpan, traceHandling, untraced } from '../src/tracing.js';
import { recordSpans, type EndedSpan } from './support/spans.js';

const ROW = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const TO = { 'messaging.destination.name': 'hetao.test.traces' };

describe('tracing', () => {
  let spans: readonly EndedSpan[] = [];

  beforeAll(() => {
    spans = recordSpans();
  });

  it('puts the send below the transaction that appended, and the handling below the send', async () => {
    const send = startSendSpan(ROW, TO);
    send.end();
    await traceHandling(send.traceparent, TO, () => Promise.resolve());
    const [sent, processed] = spans.slice(-2);
    expect(sent?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(processed?.parentSpanContext?.spanId).toBe(sent?.spanContext().spanId);
    expect(processed?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  });

  it('hides polling loops from instrumentation, which would put its own context into every record', async () => {
    await trace.getTracer('test').startActiveSpan('relay loop', (span) =>
      untraced(() => {
        // This is what the kafkajs instrumentation does with each message.
        const instrumented = trace.getTracer('kafkajs').startSpan('send');
        const headers: Record<string, string> = { traceparent: ROW };
        propagation.inject(trace.setSpan(context.active(), instrumented), headers);
        expect(instrumented.isRecording()).toBe(false);
        expect(headers['traceparent']).toBe(ROW);
        span.end();
        return Promise.resolve();
      }),
    );
  });

  it('still traces what is handled from within such a loop', async () => {
    await untraced(() =>
      traceHandling(ROW, TO, () => Promise.resolve(expect(currentTraceparent()).toContain('0af7651916'))),
    );
  });

  it('starts a trace for an event that was appended outside any', () => {
    const send = startSendSpan(undefined, TO);
    send.end(new Error('no broker'));
    expect(send.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(spans.at(-1)?.status.code).toBe(2);
  });

  it('takes a malformed traceparent for none', async () => {
    await traceHandling('nonsense', TO, () => Promise.resolve(expect(currentTraceparent()).toMatch(/^00-/)));
  });
});
