/** What one cheap pass over a parsed value tells. */
export interface JsonShape {
  /** Members of all objects. */
  readonly members: number;
  /** In the members of `data`, names stand in the order of RFC 8785 (by UTF-16 code unit). */
  readonly isOrdered: boolean;
  /** No number is beyond what JSON can write back (1e999 parses to Infinity). */
  readonly isFinite: boolean;
}

/** Counts and checks a parsed event; order matters inside `data` alone, which is what gets hashed. */
export function surveyJson(event: Readonly<Record<string, unknown>>): JsonShape {
  const survey = new Survey();
  for (const name in event) {
    survey.members += 1;
    // Attributes are scalars; one that is not is refused later, so its members need no count.
    if (name === 'data') survey.visit(event[name]);
  }
  return survey;
}

class Survey implements JsonShape {
  members = 0;
  isOrdered = true;
  isFinite = true;

  visit(value: unknown): void {
    if (typeof value === 'number') this.isFinite &&= Number.isFinite(value);
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item);
      return;
    }
    let previous = '';
    for (const [name, member] of Object.entries(value)) {
      this.members += 1;
      this.isOrdered &&= previous <= name;
      previous = name;
      this.visit(member);
    }
  }
}

/**
 * What JSON.parse hides: a member that stands twice (the last one wins silently) and the digits of a number (it keeps
 * 53 bits). Only run on text that JSON.parse accepted and that is nested within bounds.
 */
export interface JsonInspection {
  /** JSON Pointer of the first member that its object names a second time. */
  readonly duplicateMember: string | undefined;
  /** JSON Pointers of the numbers written with a fraction or an exponent. */
  readonly inexactNumbers: ReadonlySet<string>;
}

/** Reads the text once more, member by member. */
export function inspectJson(text: string): JsonInspection {
  const reader = new Reader(text);
  reader.value('');
  return reader;
}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const WORD = /true|false|null/y;

class Reader implements JsonInspection {
  duplicateMember: string | undefined = undefined;
  readonly inexactNumbers = new Set<string>();
  #at = 0;

  constructor(private readonly text: string) {}

  value(pointer: string): void {
    this.#take(SPACE);
    const next = this.text[this.#at];
    if (next === '{') this.#object(pointer);
    else if (next === '[') this.#array(pointer);
    else if (next === '"') this.#take(STRING);
    else if (!this.#take(WORD)) {
      const digits = this.#take(NUMBER);
      if (/[.eE]/.test(digits)) this.inexactNumbers.add(pointer);
    }
    this.#take(SPACE);
  }

  #object(pointer: string): void {
    const names = new Set<string>();
    this.#at += 1;
    for (this.#take(SPACE); this.text[this.#at] === '"'; this.#take(SPACE)) {
      const name = JSON.parse(this.#take(STRING)) as string;
      const member = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (names.has(name)) this.duplicateMember ??= member;
      names.add(name);
      this.#take(SPACE);
      this.#at += 1; // the colon
      this.value(member);
      if (this.text[this.#at] === ',') this.#at += 1;
    }
    this.#at += 1; // the closing brace
  }

  #array(pointer: string): void {
    this.#at += 1;
    this.#take(SPACE);
    for (let index = 0; this.#at < this.text.length && this.text[this.#at] !== ']'; index += 1) {
      this.value(`${pointer}/${index}`);
      if (this.text[this.#at] === ',') this.#at += 1;
    }
    this.#at += 1; // the closing bracket
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}
