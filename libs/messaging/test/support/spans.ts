import { NodeSDK } from '@opentelemetry/sdk-node';

type SpanProcessor = NonNullable<NonNullable<ConstructorParameters<typeof NodeSDK>[0]>['spanProcessors']>[number];
/** A span that has ended. */
export type EndedSpan = Parameters<SpanProcessor['onEnd']>[0];

const ended: EndedSpan[] = [];
let started = false;

/** Records the spans of this spec file from here on. */
export function recordSpans(): readonly EndedSpan[] {
  if (!started) {
    const collect: SpanProcessor = {
      onStart: () => undefined,
      onEnd: (span) => ended.push(span),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    };
    new NodeSDK({ spanProcessors: [collect], instrumentations: [], autoDetectResources: false }).start();
    started = true;
  }
  return ended;
}
