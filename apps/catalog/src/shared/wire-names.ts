/**
 * The API says `export_reason`, the code says `exportReason`. Large cards cross that border here, by rule instead of by
 * two hundred lines; the types follow the same rule, so a field that is missing on one side does not compile.
 */

type SnakeTail<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${SnakeTail<Tail>}`
    : `_${Lowercase<Head>}${SnakeTail<Tail>}`
  : S;
type CamelTail<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelTail<Tail>>}`
  : S;

/** A language tag (`zh-Hans`) is a name of its own in either world. */
type SnakeKey<K> = K extends `${string}-${string}` ? K : K extends string ? SnakeTail<K> : K;
type CamelKey<K> = K extends `${string}-${string}` ? K : K extends string ? CamelTail<K> : K;

export type Wire<T> = T extends readonly (infer Item)[]
  ? Wire<Item>[]
  : T extends object
    ? { -readonly [K in keyof T as SnakeKey<K>]: Wire<T[K]> }
    : T;

export type Unwire<T> = T extends readonly (infer Item)[]
  ? readonly Unwire<Item>[]
  : T extends object
    ? { readonly [K in keyof T as CamelKey<K>]: Unwire<T[K]> }
    : T;

/** Renders plain data (text, numbers, booleans, null, arrays, objects) with the names of the API. */
export function toWire<T>(value: T): Wire<T> {
  return renamed(value, (key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)) as Wire<T>;
}

/** Reads what came over the API; the inverse of {@link toWire}. */
export function fromWire<T>(value: T): Unwire<T> {
  return renamed(value, (key) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())) as Unwire<T>;
}

function renamed(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key.includes('-') ? key : rename(key),
    renamed(inner, rename),
  ]);
  return Object.fromEntries(entries);
}
