import type { JsonValue } from './json.js';

/** What a failure means to the caller; the edge maps each kind to one HTTP status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'precondition_failed'
  | 'precondition_required'
  | 'too_large'
  | 'unprocessable'
  | 'rate_limited'
  | 'unavailable'
  | 'unsupported_media_type';

/** One fault among several in the same input. `pointer` is an RFC 6901 JSON Pointer into that input. */
export interface ErrorItem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** An expected failure as a value: what is wrong, where, and how to mend it (RFC 9457 is built from it). */
export interface DomainError<C extends string = string> {
  readonly code: C;
  readonly kind: ErrorKind;
  readonly title: string;
  readonly detail: string;
  readonly fix: string;
  /** RFC 6901 JSON Pointer to the offending part of the input. */
  readonly pointer?: string;
  readonly meta?: Readonly<Record<string, JsonValue>>;
  readonly items?: readonly ErrorItem[];
}

/** The fixed part of an error: the same for every occurrence. */
export interface ErrorSpec {
  readonly kind: ErrorKind;
  readonly title: string;
  readonly fix: string;
}

/** What one occurrence may add. `fix` replaces the general advice where a better one is known. */
export interface ErrorOccurrence {
  readonly pointer?: string;
  readonly meta?: Readonly<Record<string, JsonValue>>;
  readonly items?: readonly ErrorItem[];
  readonly fix?: string;
}

/** Makes one error of a closed set; `detail` says what happened this time, with the values involved. */
export type ErrorFactory<C extends string> = (detail: string, occurrence?: ErrorOccurrence) => DomainError<C>;

/** The factories of a closed set of errors, by code. */
export type ErrorSet<C extends string> = { readonly [K in C]: ErrorFactory<K> };

/** Union of the errors a set can make: `type OfferError = ErrorOf<typeof offerErrors>`. */
export type ErrorOf<S> = {
  [K in keyof S]: S[K] extends (...args: never[]) => infer E ? E : never;
}[keyof S];

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const registry = new Map<string, ErrorSpec>();

/**
 * Declares a closed set of expected failures and registers their codes for the whole process, so two features can
 * never answer different things under one code.
 *
 * @throws Error at module load when a code is malformed or already taken: a fault of the programmer, not of a caller.
 */
export function defineErrors<const C extends string>(specs: Readonly<Record<C, ErrorSpec>>): ErrorSet<C> {
  const codes = Object.keys(specs) as C[];
  for (const code of codes) {
    if (!CODE.test(code)) throw new Error(`Error code "${code}" must be UPPER_SNAKE_CASE.`);
    if (registry.has(code)) {
      throw new Error(`Error code ${code} is defined twice. Codes are unique in the repo: rename one of them.`);
    }
  }
  const entries = codes.map((code) => {
    registry.set(code, specs[code]);
    return [code, factoryFor(code, specs[code])] as const;
  });
  return Object.freeze(Object.fromEntries(entries)) as ErrorSet<C>;
}

/** Every code defined by the modules loaded so far, with its fixed part: for documentation and uniqueness tests. */
export function registeredErrors(): ReadonlyMap<string, ErrorSpec> {
  return new Map(registry);
}

function factoryFor<C extends string>(code: C, spec: ErrorSpec): ErrorFactory<C> {
  return (detail, { fix, ...rest } = {}) => ({
    code,
    kind: spec.kind,
    title: spec.title,
    detail,
    fix: fix ?? spec.fix,
    ...rest,
  });
}

/** The one exception the edge knows: an expected failure that has to travel up a stack instead of a Result. */
export class DomainException extends Error {
  readonly problem: DomainError;

  constructor(problem: DomainError, options?: ErrorOptions) {
    super(`${problem.code}: ${problem.detail}`, options);
    this.name = 'DomainException';
    this.problem = problem;
  }
}
