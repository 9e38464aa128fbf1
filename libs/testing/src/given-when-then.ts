import { deepStrictEqual, fail } from 'node:assert/strict';
import type { DomainError, Result } from '@hetao/kernel';

/** What a decision led to, waiting to be checked. */
export interface Outcome<T> {
  /** The decision was taken: equal to the value given, or passing the checks of the function given. */
  then(expected: T | ((value: T) => void)): void;
  /** The decision was refused with this code (and, when given, at this JSON pointer). */
  thenFails(code: string, pointer?: string): void;
}

/** A state that waits for a decision. */
export interface Given<S> {
  when<T, E extends DomainError>(decide: (state: S) => Result<T, E>): Outcome<T>;
}

/**
 * Specifies a decide function as a rule: `given(offered).when((s) => accept(s, command)).then(accepted)`. The state is
 * frozen first, so a decision that changes its input instead of returning something new fails.
 */
export function given<S>(state: S): Given<S> {
  const frozen = deepFreeze(state);
  return { when: (decide) => outcomeOf(decide(frozen)) };
}

function outcomeOf<T>(result: Result<T, DomainError>): Outcome<T> {
  return {
    then: (expected) => {
      if (!result.ok) fail(`Refused with ${result.error.code}: ${result.error.detail}`);
      if (isCheck(expected)) expected(result.value);
      else deepStrictEqual(result.value, expected);
    },
    thenFails: (code, pointer) => {
      if (result.ok) fail(`Expected ${code}, but it was decided: ${describe(result.value)}`);
      deepStrictEqual(result.error.code, code);
      if (pointer !== undefined) deepStrictEqual(result.error.pointer, pointer);
    },
  };
}

function isCheck<T>(expected: T | ((value: T) => void)): expected is (value: T) => void {
  return typeof expected === 'function';
}

function describe(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner));
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
