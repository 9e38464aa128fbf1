/** What this library needs of a logger; pino's fits. Fields first, so that they stay searchable. */
export interface Logger {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void;
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const nothing = (): void => undefined;

/** For programs that have nowhere to log to. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
