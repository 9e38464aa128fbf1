/** What a page keeps in its address: free text, or one of a few words. */
type Shape = Readonly<Record<string, 'text' | readonly string[]>>;

/** The parameters of a shape as read from an address: what is absent, empty, too long or unknown is left out. */
export type Params<S extends Shape> = {
  readonly [K in keyof S]?: S[K] extends readonly (infer V extends string)[] ? V : string;
};

/** Holds every answer of a policy query, which are some thirty. */
const LONGEST = 2_000;

/**
 * Reads a page's parameters out of its address. Addresses are typed, mailed and cut off, so nothing in one is an
 * error: what does not fit is not there.
 */
export function params<const S extends Shape>(shape: S): (raw: Readonly<Record<string, unknown>>) => Params<S> {
  return (raw) =>
    Object.fromEntries(
      Object.entries(shape).flatMap(([name, kind]) => {
        const value = raw[name];
        if (typeof value !== 'string' || value === '' || value.length > LONGEST) return [];
        return kind === 'text' || kind.includes(value) ? [[name, value]] : [];
      }),
    ) as Params<S>;
}

/** Address ⇄ object, flat and as text: `?q=123` is the word 123, and stays readable. */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  const text = new URLSearchParams(pairs).toString();
  return text === '' ? '' : `?${text}`;
}

/** The same without one of its parts. */
export function without<T extends object, K extends keyof T>(whole: T, part: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== part)) as Omit<T, K>;
}

/** Several values of one facet, as one parameter: `CN,HK`. */
export const listOf = (value: string | undefined): string[] => (value ? value.split(',') : []);
export const asList = (values: readonly string[]): string | undefined =>
  values.length > 0 ? values.join(',') : undefined;
