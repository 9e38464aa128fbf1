import { beforeAll, describe, expect, it } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { eventually } from '@hetao/testing';
import type { Counted } from '../support/counted.js';
import { recordSpans, type EndedSpan } from '../support/spans.js';
import type { ContractTransport, Stage } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

const WAIT = { withinMs: 30_000 };

export function tracingContract(world: () => ContractTransport): void {
  describe('tracing', () => {
    let spans: readonly EndedSpan[] = [];

    beforeAll(() => {
      spans = recordSpans();
    });

    const named = (name: string, traceId: string): EndedSpan[] =>
      spans.filter((span) => span.name === name && span.spanContext().traceId === traceId);

    it('carries the trace from the request through the transport to the handler, and on with what the handler publishes', () =>
      withStage(world, async (stage) => {
        await stage.consume({
          handle: async (events, tx) => {
            await stage.record(events, tx);
            for (const event of events) {
              const { key, n } = event.data as Counted;
              if (n < 100) tx.append(stage.event, { key, n: n + 100 });
            }
          },
        });
        const request = await inRequest(() => stage.publish('a', 1));
        await eventually(async () => expect((await stage.numbersOf('a'))[0]).toBe(1), WAIT);
        const process = await eventually(() => {
          const [span] = named(`process ${stage.topic.name}`, request.traceId);
          expect(span).toBeDefined();
          return span;
        }, WAIT);
        const parent = process?.parentSpanContext?.spanId;
        if (world().kind === 'embedded') {
          expect(parent).toBe(request.spanId);
        } else {
          const [send] = named(`send ${stage.topic.name}`, request.traceId);
          expect(parent).toBe(send?.spanContext().spanId);
          expect(send?.parentSpanContext?.spanId).toBe(request.spanId);
        }
        expect(process?.attributes).toMatchObject({
          'messaging.operation.type': 'process',
          'messaging.destination.name': stage.topic.name,
          'messaging.consumer.group.name': stage.group,
        });
        expect(await traceparentsIn(stage)).toEqual([`00-${request.traceId}-${process?.spanContext().spanId}-01`]);
      }));

    it('keeps the traces of events apart that travel in one batch, and links a batch to all of them', () =>
      withStage(world, async (stage) => {
        const requests: string[] = [];
        for (let n = 1; n <= 5; n += 1) requests.push((await inRequest(() => stage.publish('a', n))).traceId);
        await stage.consume({ mode: 'batch' });
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2, 3, 4, 5]), WAIT);
        await eventually(() => {
          const batches = spans.filter((span) => span.name === `process ${stage.topic.name}`);
          const seen = batches.flatMap((span) => [span.spanContext(), ...span.links.map((link) => link.context)]);
          const traces = new Set(seen.map((context) => context.traceId));
          for (const traceId of requests) expect(traces).toContain(traceId);
        }, WAIT);
      }));

    it('shows a failed attempt on the span and ends it well when a later one succeeds', () =>
      withStage(world, async (stage) => {
        let failed = false;
        await stage.consume({
          handle: async (events, tx) => {
            if (!failed) {
              failed = true;
              throw new Error('the first attempt fails');
            }
            await stage.record(events, tx);
          },
        });
        const { traceId } = await inRequest(() => stage.publish('a', 1));
        const [span] = await eventually(() => {
          const found = named(`process ${stage.topic.name}`, traceId);
          expect(found).toHaveLength(1);
          return found;
        }, WAIT);
        expect(span?.events.map((event) => event.attributes?.['exception.message'])).toEqual([
          'the first attempt fails',
        ]);
        expect(span?.status.code).toBe(0);
      }));
  });
}

async function inRequest(work: () => Promise<void>): Promise<{ traceId: string; spanId: string }> {
  return trace.getTracer('test').startActiveSpan('request', async (span) => {
    await work();
    span.end();
    return span.spanContext();
  });
}

/** What the handler of billing wrote into its own outbox. */
function traceparentsIn(stage: Stage): Promise<(string | null)[]> {
  return stage.billing.withClient(async (client) => {
    const { rows } = await client.query<{ traceparent: string | null }>('SELECT traceparent FROM outbox ORDER BY seq');
    return rows.map((row) => row.traceparent);
  });
}
