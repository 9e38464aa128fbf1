/** One thing a service says: the word that tells it in the reader's language, and what stands in its places. */
export interface Said<W extends string> {
  readonly word: W;
  /** By the names of the places, as the service writes them. */
  readonly values: Readonly<Record<string, string>>;
}

/** The sentences of a service, each with the word that tells it. A pattern begins with `^`; its groups are the places. */
export type Sentences<W extends string> = readonly (readonly [W, RegExp])[];

/**
 * Reads a text that is one such sentence, or several behind each other, to its end. Undefined where any of it is none of
 * them: half a text told would be another text.
 */
export function readSaid<W extends string>(text: string, sentences: Sentences<W>): readonly Said<W>[] | undefined {
  const said: Said<W>[] = [];
  let rest = text;
  do {
    const next = firstOf(rest, sentences);
    if (next === undefined) return undefined;
    said.push(next.said);
    rest = rest.slice(next.length);
  } while (rest !== '');
  return said;
}

function firstOf<W extends string>(
  text: string,
  sentences: Sentences<W>,
): { readonly said: Said<W>; readonly length: number } | undefined {
  for (const [word, sentence] of sentences) {
    const match = sentence.exec(text);
    if (match !== null && match[0] !== '') {
      return { said: { word, values: { ...match.groups } }, length: match[0].length };
    }
  }
  return undefined;
}

/** How a page writes what stands in a place, by the place's name. */
export type Ways = Readonly<Partial<Record<string, (text: string) => string>>>;

/** What stands in the places, as a page writes it; what has no way of its own stays as the service wrote it. */
export function written(values: Said<string>['values'], ways: Ways): Partial<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, ways[name]?.(text) ?? text]));
}

/** Money as services write it in a sentence: `CNY -12.30`. */
export function moneyOf(text: string): { readonly currency: string; readonly amount: string } {
  const [currency = '', amount = ''] = text.split(' ');
  return { currency, amount };
}
