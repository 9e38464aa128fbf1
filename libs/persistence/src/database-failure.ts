import { DomainException, type DomainError } from '@hetao/kernel';
import { isCertificateFailure } from './certificate-failure.js';
import { databaseErrors } from './database.errors.js';
import { firstOf, isError } from './native-error.js';

/**
 * Why a database call failed, as far as it matters to the one who has to react:
 * - `unreachable`: no server, connection lost, server starting or stopping; wait and try again
 * - `full`: no disk space (53100) or an I/O fault; wait until somebody frees some
 * - `exhausted`: out of memory, connections or pool slots; wait
 * - `timeout`: this statement or lock took too long; the server is fine
 * - `conflict`: serialization failure or deadlock; run the transaction again
 * - `refused`: credentials, certificate or database name are wrong; waiting does not help
 * - `other`: everything else, such as a constraint violation or a fault in SQL
 */
export type DatabaseFailure = 'unreachable' | 'full' | 'exhausted' | 'timeout' | 'conflict' | 'refused' | 'other';

// PostgreSQL Appendix A, "Error Codes": whole classes first match last, single codes win.
const BY_CODE: Readonly<Record<string, DatabaseFailure>> = {
  '40001': 'conflict',
  '40P01': 'conflict',
  '53100': 'full',
  '58030': 'full',
  '57014': 'timeout',
  '55P03': 'timeout',
  '25P03': 'timeout',
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57P03': 'unreachable',
  '57P05': 'unreachable',
  // A failed-over primary that became a standby answers "read-only transaction": the real primary is elsewhere by now.
  '25006': 'unreachable',
  '3D000': 'refused',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ENOTFOUND: 'unreachable',
};
const BY_CLASS: Readonly<Record<string, DatabaseFailure>> = { '08': 'unreachable', '28': 'refused', '53': 'exhausted' };

/** What node-postgres says of a server that was asked for TLS and has none. */
const NO_TLS = /^The server does not support SSL connections$/;

// node-postgres gives these no code, so the wording is all there is.
const BY_MESSAGE: readonly (readonly [RegExp, DatabaseFailure])[] = [
  [/^Connection terminated|not queryable$|after calling end on the pool$/, 'unreachable'],
  [/^timeout exceeded when trying to connect$/, 'exhausted'],
  [/^Query read timeout$/, 'timeout'],
  [NO_TLS, 'refused'],
];

const BY_PROBLEM: Readonly<Record<string, DatabaseFailure>> = {
  DATABASE_UNAVAILABLE: 'unreachable',
  COMMIT_OUTCOME_UNKNOWN: 'unreachable',
  DATABASE_FULL: 'full',
  DATABASE_BUSY: 'timeout',
  TRANSACTION_CONFLICT: 'conflict',
  DATABASE_REFUSED: 'refused',
};

const MAX_CAUSES = 8;

/** Classifies anything thrown by this library, TypeORM or pg; looks through wrapping errors by their `cause`. */
export function databaseFailure(error: unknown): DatabaseFailure {
  let current: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && isError(current); depth += 1) {
    const failure = failureOf(current);
    if (failure !== undefined) return failure;
    current = firstOf(current) ?? current.cause;
  }
  return 'other';
}

/**
 * True when nobody can work at the moment: no server, no disk, no resources, or an account that is refused (a password
 * changed under a running service). Callers answer 503; consumers keep the event and wait, since it is not to blame.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const failure = databaseFailure(error);
  return failure === 'unreachable' || failure === 'full' || failure === 'exhausted' || failure === 'refused';
}

/** True for a serialization failure or a deadlock: the same work, run again, may well succeed. */
export function isTransactionConflict(error: unknown): boolean {
  return databaseFailure(error) === 'conflict';
}

/** True when a unique index refused a row; with `constraint`, only when it was that one. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!isError(error) || sqlState(error) !== '23505') return false;
  return constraint === undefined || Reflect.get(error, 'constraint') === constraint;
}

/**
 * The problem to show for a failed database call, or undefined when the failure is not the database's state but a
 * fault of the program. Never contains SQL, values or addresses.
 */
export function databaseProblem(error: unknown): DomainError | undefined {
  if (error instanceof DomainException)
    return Object.hasOwn(databaseErrors, error.problem.code) ? error.problem : undefined;
  switch (databaseFailure(error)) {
    case 'unreachable':
      return databaseErrors.DATABASE_UNAVAILABLE('The database is starting, stopping or not reachable.');
    case 'refused':
      return databaseErrors.DATABASE_REFUSED('The database does not accept the configured account.');
    case 'full':
      return databaseErrors.DATABASE_FULL('The database server could not write for lack of disk space.');
    case 'exhausted':
      return databaseErrors.DATABASE_BUSY('The database has no free connection or memory at the moment.');
    case 'timeout':
      return databaseErrors.DATABASE_BUSY('A statement or a lock took longer than allowed.');
    case 'conflict':
      return databaseErrors.TRANSACTION_CONFLICT('The transaction collided with others again and again.');
    case 'other':
      return undefined;
  }
}

/** True when it is the way there that is wrong: a certificate that is not believed, or a server without any. */
export function isTlsFailure(error: Error): boolean {
  return isCertificateFailure(error) || NO_TLS.test(error.message);
}

function failureOf(error: Error): DatabaseFailure | undefined {
  if (error instanceof DomainException) return BY_PROBLEM[error.problem.code];
  if (isCertificateFailure(error)) return 'refused';
  const code = sqlState(error);
  const known =
    code === undefined ? undefined : (BY_CODE[code] ?? (isSqlState(code) ? BY_CLASS[code.slice(0, 2)] : undefined));
  return known ?? BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1];
}

/** SQLSTATE or Node error code. TypeORM copies the driver's onto its own error. */
function sqlState(error: Error): string | undefined {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code);
}
