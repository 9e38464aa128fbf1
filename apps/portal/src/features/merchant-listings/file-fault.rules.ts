import { readSaid, type Said, type Sentences } from '../../kit/said.rules.js';
import type { listingFile } from '../../locales/en/listing-file.js';

export type FileWord = keyof typeof listingFile.said;

/** A fault of a listing.yaml, taken apart. */
export interface FileFault {
  readonly line: string;
  readonly column: string;
  /** What is wrong, in the words of whoever found it. */
  readonly own: string;
  readonly said: Said<FileWord> | undefined;
  /** The kind of fault that forms and programmes meet as well, by the code it has there. */
  readonly kind: string | undefined;
}

/** The YAML reader says its place again at the end. */
const PLACE = /^line (?<line>\d+), column (?<column>\d+): (?<own>[^]+?)(?: at line \d+, column \d+:?)?$/;

/** What the catalog says itself, and what the YAML it reads can be refused for (`yaml`, strict). */
const SENTENCES: Sentences<FileWord> = [
  ['tooDeep', /^More than (?<most>\d+) things lie in each other; a listing needs ten\.$/],
  ['notMapping', /^A listing file is a mapping\.$/],
  ['aliases', /^Aliases are not allowed\.[^]*$/],
  ['goesTogether', /^goes together with product$/],
  ['unknownKeys', /^Unrecognized keys?: (?<keys>[^]+)$/],
  ['idOf', /^must be an id that starts with (?<prefix>\w+)$/],
  ['languageTag', /^must be a BCP 47 language tag$/],
  ['sha256', /^must be SHA-256 in lower-case hexadecimal$/],
  ['nodeId', /^must be lower-case letters, digits, "_" and "-"$/],
  ['areaCode', /^must be an ISO 3166-1 or 3166-2 code$/],
  ['endsBefore', /^must not be before from$/],
  ['cells', /^must have (?<cells>\d+) cells$/],
  ['percentage', /^must be a percentage from 0 to 100$/],
  ['industryCode', /^must be a GB\/T 4754-2017 code such as Q84$/],
  ['controls', /^must not contain control characters(?: other than line breaks and tabs)?$/],
  ['html', /^contains HTML at line (?<line>\d+), column (?<column>\d+): [^]+$/],
  ['address', /^leads to "(?<address>[^]*)" at line (?<line>\d+), column (?<column>\d+): [^]+$/],
  ['sameKeyTwice', /^Map keys must be unique$/],
  ['nestedMapping', /^Nested mappings are not allowed in compact mappings$/],
  ['tab', /^Tabs are not allowed as indentation$/],
  ['sameColumn', /^All (?:mapping|sequence) items must start at the same column$/],
  ['quoteOpen', /^Missing closing ['"]quote$/],
  [
    'bracketOpen',
    /^Flow (?:map|sequence) (?:in block collection must be sufficiently indented and|must) end with a [\]}]$/,
  ],
  ['keyInOneLine', /^Implicit keys need to be on a single line$/],
  ['valueMissing', /^Implicit map keys need to be followed by map values$/],
  ['plainStart', /^Plain value cannot start with [^]+$/],
];

/** What the catalog's schema refuses (`zod`): kinds that the exchange tells by a code elsewhere. The first that fits. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['REQUIRED', /^Invalid input: expected .+, received undefined$/],
  ['INVALID_TYPE', /^Invalid input: expected .+, received /],
  ['INVALID_VALUE', /^Invalid (?:option: expected one of|input: expected) /],
  ['TOO_BIG', /^Too big: /],
  ['TOO_SMALL', /^Too small: /],
  ['INVALID_FORMAT', /^Invalid ISO (?:date|duration)$/],
];

/** Takes a fault apart; undefined for one that names no line. */
export function readFileFault(detail: string): FileFault | undefined {
  const { line, column, own } = PLACE.exec(detail)?.groups ?? {};
  if (line === undefined || column === undefined || own === undefined) return undefined;
  const [said] = readSaid(own, SENTENCES) ?? [];
  const [kind] = KINDS.find(([, sentence]) => sentence.test(own)) ?? [];
  return { line, column, own, said, kind };
}
