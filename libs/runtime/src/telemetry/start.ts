/**
 * Starts tracing before anything else is loaded: `node --import @hetao/runtime/telemetry apps/<service>/dist/main.js`.
 * OTEL_EXPORTER_OTLP_ENDPOINT sends spans to a collector, OTEL_TRACES_FILE appends them to a file as lines of JSON;
 * with neither set nothing is loaded and nothing is slowed down.
 */
import { register } from 'node:module';
import { environment, type EnvironmentRecord } from '../config/environment.js';
import type { SpanExporter } from './span-types.js';

/** Loaded by our own code through `import`; Node's own http is reached through Fastify's `require` without a hook. */
const HOOKED = ['pg', 'pg-pool'];
const UNTRACED_PATHS = /^\/(livez|readyz|metrics)(\?|$)/;

const env = environment();
if (env['OTEL_EXPORTER_OTLP_ENDPOINT'] || env['OTEL_TRACES_FILE']) await startTracing(env);

async function startTracing(settings: EnvironmentRecord): Promise<void> {
  // ES modules can only be instrumented by a loader hook that is there before they are imported. It is told which few
  // modules matter, since wrapping every module of a start would cost about a second.
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url, { data: { include: HOOKED } });
  const [{ NodeSDK }, { HttpInstrumentation }, { PgInstrumentation }] = await Promise.all([
    import('@opentelemetry/sdk-node'),
    import('@opentelemetry/instrumentation-http'),
    import('@opentelemetry/instrumentation-pg'),
  ]);
  const sdk = new NodeSDK({
    serviceName: serviceName(settings),
    traceExporter: await exporterFor(settings),
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: (request) => UNTRACED_PATHS.test(request.url ?? '') }),
      // Polling loops would fill the collector with traces of one query each.
      new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
      // Not kafkajs: messaging makes the spans of sending and handling itself, the same on both transports and with the
      // row's context as parent. The instrumentation would add a second "process" span a record, in a trace of its own.
    ],
  });
  sdk.start();
}

async function exporterFor(settings: EnvironmentRecord): Promise<SpanExporter> {
  const file = settings['OTEL_TRACES_FILE'];
  if (file) {
    const { FileSpanExporter } = await import('./file-exporter.js');
    return new FileSpanExporter(file);
  }
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter();
}

/** OTEL_SERVICE_NAME, else the service of the image, else the folder of the program: `hetao-contracts`. */
function serviceName(settings: EnvironmentRecord): string {
  const named = settings['OTEL_SERVICE_NAME'];
  if (named) return named;
  const service = settings['SERVICE'] ?? /apps[\\/]([\w-]+)[\\/]/.exec(process.argv[1] ?? '')?.[1];
  return service ? `hetao-${service}` : 'hetao';
}
