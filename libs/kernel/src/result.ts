import { DomainException, type DomainError } from './errors.js';

/** Outcome of a rule: a value, or an expected failure as a value. Rules never throw for what can be expected. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a success. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** Wraps an expected failure. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/** Narrows to the success. */
export function isOk<T, E>(result: Result<T, E>): result is { readonly ok: true; readonly value: T } {
  return result.ok;
}

/** Narrows to the failure. */
export function isErr<T, E>(result: Result<T, E>): result is { readonly ok: false; readonly error: E } {
  return !result.ok;
}

/**
 * The edge's way out of a Result: the value, or the error as the one exception the HTTP filter knows.
 *
 * @throws DomainException carrying the error.
 */
export function unwrap<T>(result: Result<T, DomainError>): T {
  if (result.ok) return result.value;
  throw new DomainException(result.error);
}
