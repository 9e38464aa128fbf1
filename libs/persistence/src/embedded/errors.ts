import { isError, messageOf } from '../native-error.js';

/** Why the embedded server did not start. */
export type EmbeddedPostgresFault =
  | 'UNSUPPORTED_PLATFORM'
  | 'BINARIES_MISSING'
  | 'BINARIES_UNUSABLE'
  | 'NO_ACCOUNT'
  | 'DATA_DIRECTORY_FOREIGN'
  | 'DATA_DIRECTORY_UNUSABLE'
  | 'DATA_DIRECTORY_IN_USE'
  | 'VERSION_MISMATCH'
  | 'DISK_FULL'
  | 'NO_FREE_PORT'
  | 'START_FAILED';

/** A start that failed, told to the person at the terminal: what is wrong, where, and how to mend it. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresFault;
  readonly fix: string;

  constructor(code: EmbeddedPostgresFault, detail: string, fix: string, options?: ErrorOptions) {
    super(`${detail} ${fix}`, options);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
    this.fix = fix;
  }
}

/** The `code` of a Node system error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = isError(error) ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Turns a failed file operation in the data directory into a message; disk full is told apart. */
export function fileFault(error: unknown, path: string): EmbeddedPostgresError {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path, error);
  return new EmbeddedPostgresError(
    'DATA_DIRECTORY_UNUSABLE',
    `The data directory ${path} cannot be used: ${messageOf(error)}.`,
    'Make it readable and writable for this user, or choose another one.',
    { cause: error },
  );
}

/** The one message for a full disk, wherever it shows. */
export function diskFull(path: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DISK_FULL',
    `The disk that holds ${path} is full.`,
    'Free some space (a new database needs about 100 MB) and start again; nothing committed was lost.',
    { cause },
  );
}
