import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import { errorCode } from '../error-code.js';
import { pino, type DestinationStream, type Logger } from 'pino';

/** Fields that never reach a log, wherever they stand up to three levels deep. */
const REDACTED = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-hetao-caller',
  'password',
  'secret',
  'token',
  'api_key',
  'private_key',
  'client_secret',
  'databaseUrl',
  'DATABASE_URL',
];
const MAX_CAUSES = 5;

/** What to log as whom, and from which level on. */
export interface LoggerOptions {
  readonly service: string;
  readonly level: string;
  /** Standard output by default. */
  readonly destination?: DestinationStream;
}

/** One JSON object a line, with the trace and span the line belongs to; secrets are replaced, bodies never logged. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED.flatMap(pathsTo), censor: '[redacted]' },
      serializers: { err: describeError },
      mixin: activeSpanFields,
    },
    destination ?? pino.destination({ sync: true }),
  );
}

/** Lets Nest log through ours. Its routine talk about modules and routes is only of interest when debugging. */
export function nestLogger(logger: Logger): LoggerService {
  const context = (parameters: readonly unknown[]) => {
    const last = parameters.at(-1);
    return { context: typeof last === 'string' ? last : 'Nest' };
  };
  return {
    log: (message, ...rest: unknown[]) => logger.debug(context(rest), String(message)),
    warn: (message, ...rest: unknown[]) => logger.warn(context(rest), String(message)),
    debug: (message, ...rest: unknown[]) => logger.debug(context(rest), String(message)),
    verbose: (message, ...rest: unknown[]) => logger.trace(context(rest), String(message)),
    error: (message, ...rest: unknown[]) => {
      if (message instanceof Error) logger.error({ err: message, ...context(rest) }, message.message);
      else logger.error(context(rest), String(message));
    },
    fatal: (message, ...rest: unknown[]) => logger.fatal(context(rest), String(message)),
  };
}

/**
 * An error without the extra fields that drivers hang on it: TypeORM's and pg's carry SQL parameters, which are
 * other people's data.
 */
export function describeError(error: unknown, depth = 0): unknown {
  if (!types.isNativeError(error)) return String(error);
  const code = errorCode(error);
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack,
    ...(error.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}

function activeSpanFields(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span !== undefined && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

function pathsTo(field: string): string[] {
  const key = /^\w+$/.test(field) ? `.${field}` : `["${field}"]`;
  const root = /^\w+$/.test(field) ? field : `["${field}"]`;
  return [root, `*${key}`, `*.*${key}`];
}
