import { types } from 'node:util';

/** As `instanceof Error`, also for errors of another realm: inside Jest those that Node itself makes are such. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value);
}

/** What an error says; of several at once ("localhost" is tried as ::1 and as 127.0.0.1) what the first says. */
export function messageOf(error: unknown): string {
  if (!isError(error)) return String(error);
  const first: unknown = firstOf(error);
  return isError(first) ? first.message : error.message;
}

/** The first of the errors that an AggregateError holds. */
export function firstOf(error: Error): unknown {
  const errors: unknown = Reflect.get(error, 'errors');
  return Array.isArray(errors) ? errors[0] : undefined;
}
