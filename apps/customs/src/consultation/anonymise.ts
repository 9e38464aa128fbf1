/** What can tell who somebody is. */
export type Identifier = 'organisation' | 'person' | 'id' | 'number' | 'address';

/** Names that are known to the exchange and must not be in an anonymised text. */
export interface KnownNames {
  readonly organisations: readonly string[];
  readonly people: readonly string[];
}
export interface Replaced {
  readonly kind: Identifier;
  readonly times: number;
}

/** A name of one character would take half the text with it. */
const MIN_NAME = 2;
const PLACEHOLDERS: Readonly<Record<Identifier, string>> = {
  organisation: '[organisation]',
  person: '[person]',
  id: '[id]',
  number: '[number]',
  address: '[address]',
};
/**
 * What looks like an identifier by its form: web and mail addresses, ids of the exchange, unified social credit codes,
 * mainland and Hong Kong identity cards, telephone numbers, firms by their legal form, people by how they are addressed.
 */
const FORMS: readonly (readonly [Identifier, RegExp])[] = [
  ['address', /\bhttps?:\/\/[^\s<>"')\]]+/giu],
  ['address', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu],
  ['id', /\b[a-z]{2,8}_[0-9a-z]{20,32}\b/gu],
  ['number', /(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])/gu],
  ['number', /(?<![0-9A-Za-z])(?=[0-9A-Z]*[A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])/gu],
  ['number', /(?<![0-9A-Za-z])[A-Z]{1,2}[0-9]{6}\([0-9A]\)/gu],
  ['number', /\+[0-9]{1,3}[ -]?(?:[0-9]{2,4}[ -]?){2,3}[0-9]{2,4}(?![0-9])/gu],
  ['number', /(?<![0-9A-Za-z])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})(?![0-9A-Za-z])/gu],
  ['number', /(?<![0-9A-Za-z/.,-])(?!20[0-9]{2} ?20)[235689][0-9]{3} ?[0-9]{4}(?![0-9A-Za-z])/gu],
  ['organisation', /[\u4e00-\u9fff]{2,16}?(?:股份有限公司|有限責任公司|有限责任公司|有限公司)/gu],
  [
    'organisation',
    /(?:\b[A-Z][\w&'’.-]* ){1,5}(?:Ltd|Limited|Inc|LLC|GmbH|Corporation|Holdings|Sdn\.? Bhd|Pte)\b\.?/gu,
  ],
  ['person', /\b(?:Mr|Ms|Mrs|Miss|Dr|Prof)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}/gu],
  ['person', /[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐)/gu],
];

/**
 * Takes out of a text who is concerned: the names that are known, and what looks like an identifier. It is a first draft:
 * an officer reads it and approves it, for only a person sees who can be recognised by what remains.
 */
export function anonymise(text: string, { organisations, people }: KnownNames): { text: string; replaced: Replaced[] } {
  const times = new Map<Identifier, number>();
  const take = (source: string, kind: Identifier, pattern: RegExp): string =>
    source.replace(pattern, () => {
      times.set(kind, (times.get(kind) ?? 0) + 1);
      return PLACEHOLDERS[kind];
    });
  let rest = text.normalize('NFC');
  for (const [kind, names] of [
    ['organisation', organisations],
    ['person', people],
  ] as const) {
    for (const pattern of patternsOf(names)) rest = take(rest, kind, pattern);
  }
  for (const [kind, pattern] of FORMS) rest = take(rest, kind, pattern);
  return { text: rest, replaced: [...times].map(([kind, count]) => ({ kind, times: count })) };
}

/** The longest first, so that a short name does not break a long one; in any case, with any white space. */
function patternsOf(names: readonly string[]): readonly RegExp[] {
  const known = [...new Set(names.map((name) => name.normalize('NFC').trim()))].filter(
    ({ length }) => length >= MIN_NAME,
  );
  return known
    .sort((a, b) => b.length - a.length)
    .map((name) => {
      const words = name.split(/\s+/).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      const [first, last] = [/^[\w]/.test(name) ? '(?<![\\w])' : '', /[\w]$/.test(name) ? '(?![\\w])' : ''];
      return new RegExp(`${first}${words.join('\\s+')}${last}`, 'giu');
    });
}
