import type { NodeSDK } from '@opentelemetry/sdk-node';

/** The SDK's exporter interface, taken from its front door so that its inner packages stay its own affair. */
export type SpanExporter = NonNullable<NonNullable<ConstructorParameters<typeof NodeSDK>[0]>['traceExporter']>;
