import type { Logger } from 'pino';
import { flushTelemetry } from '../telemetry/flush.js';

/** Exit status after a second signal, as shells expect it: 128 + SIGINT. */
const EXIT_FORCED = 130;
/** What closing connections may take on top of the grace period before the process is ended all the same, in ms. */
const CLOSING_MS = 5_000;

/** Ends the process when a signal asks for it or something fails for good; the first cause decides. */
export interface Supervision {
  /** Ends the process with 1 and a clear log: for failures that a restart may cure. */
  fatal(error: Error): void;
}

/**
 * Lets signals stop the process gracefully: the first one stops, a second one forces, and so does a stop that takes
 * longer than its grace period. Uncaught errors end it at once:
 * after one nobody knows what state the process is in, and everything that matters is in the database.
 */
export function superviseProcess(stop: () => Promise<void>, logger: Logger, graceMs = 25_000): Supervision {
  let stopping = false;
  const end = (code: number): void => {
    void flushTelemetry().finally(() => process.exit(code));
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping) {
      logger.warn({ signal }, 'Second signal: stopping at once, unfinished work will be done again');
      process.exit(EXIT_FORCED);
    }
    stopping = true;
    logger.info({ signal }, 'Stopping: finishing what has begun (signal again to force)');
    setTimeout(() => {
      logger.error({ grace_ms: graceMs }, 'The stop takes too long: ending now, unfinished work will be done again');
      process.exit(1);
    }, graceMs + CLOSING_MS).unref();
    stop().then(
      () => {
        logger.info({}, 'Stopped');
        end(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'The stop itself failed');
        end(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  const crash = (what: string) => (error: unknown) => {
    logger.fatal({ err: error }, what);
    process.exit(1);
  };
  process.on('uncaughtException', crash('An error was caught by nobody'));
  process.on('unhandledRejection', crash('A promise was rejected and nobody was waiting for it'));
  return { fatal: crash('A part the process cannot live without has failed') };
}
