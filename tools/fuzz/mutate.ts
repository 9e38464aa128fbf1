import type { Random } from '../chaos/src/random.js';

/** What parsers stumble over: ends of ranges, signs of other grammars, names that objects have already. */
const TOKENS = [
  ...[
    '0',
    '-0',
    '-1',
    '1e999',
    '9007199254740993',
    '0.1',
    '٣',
    'NaN',
    '99999999999999999999999999',
    '2026-02-30',
    '24:00',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ',',
    ':',
    '\\u0000',
    '\\ud800',
    '\n',
    '\r\n',
    '\t',
    '\u0000',
    '\ufeff',
    '\u202e',
    '%s',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'true',
    '<!DOCTYPE x [<!ENTITY a "a">]>',
    '<![CDATA[',
    '&#x0;',
    '&a;',
  ],
  ...[
    ':61:',
    ':86:',
    '-}',
    '{4:',
    '&a',
    '*a',
    '<<: *a',
    '!!js/function',
    '---\n',
    '@id',
    '@value',
    '@type',
    '@context',
    '~',
  ],
].map((text) => Buffer.from(text));
const LONG_RUN = 4_096;
const DEEP = 2_000;

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const place = (bytes: Buffer, random: Random): number => random.between(0, bytes.length);

function replaced(bytes: Buffer, range: readonly [number, number], by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, range[0]), by, bytes.subarray(range[1])]);
}

function stretch(bytes: Buffer, random: Random): [number, number] {
  const from = place(bytes, random);
  return [from, Math.min(bytes.length, from + random.between(1, 32))];
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[random.between(0, copy.length - 1)] = random.between(0, 255);
    return copy;
  },
  (bytes, random) => {
    const at = place(bytes, random);
    return replaced(bytes, [at, at], random.pick(TOKENS) ?? Buffer.alloc(0));
  },
  (bytes, random) => replaced(bytes, stretch(bytes, random), random.pick(TOKENS) ?? Buffer.alloc(0)),
  (bytes, random) => replaced(bytes, stretch(bytes, random), Buffer.alloc(0)),
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return replaced(bytes, [to, to], bytes.subarray(from, to));
  },
  (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    const piece = bytes.subarray(from, to);
    const times = piece.length === 0 ? 0 : Math.ceil(random.between(1, LONG_RUN) / piece.length);
    return replaced(bytes, [to, to], Buffer.concat(Array.from({ length: times }, () => piece)));
  },
  (bytes, random) => {
    const at = place(bytes, random);
    return replaced(bytes, [at, at], Buffer.from(random.pick(['[', '{"a":', '<a>', '- ', '('])?.repeat(DEEP) ?? ''));
  },
];

/** One to six mutations of an input, now and then joined with another; never longer than `mostBytes`. */
export function mutated(corpus: readonly Buffer[], random: Random, mostBytes: number): Buffer {
  let bytes = random.pick(corpus) ?? Buffer.alloc(0);
  if (random.percent(10)) {
    const other = random.pick(corpus) ?? bytes;
    bytes = Buffer.concat([bytes.subarray(0, place(bytes, random)), other.subarray(place(other, random))]);
  }
  for (let count = random.between(1, 6); count > 0; count -= 1) {
    bytes = random.pick(MUTATIONS)?.(bytes, random) ?? bytes;
    if (bytes.length > mostBytes) bytes = bytes.subarray(0, mostBytes);
  }
  return bytes;
}

const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '\ud800',
  [],
  {},
  [[]],
  [null],
  { '@id': 1 },
  { '@value': {} },
];

/** One to four places of a JSON value made into something else: it stays JSON, so that it gets past the first gate. */
export function reshaped(value: unknown, random: Random): unknown {
  const root = { root: structuredClone(value) };
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    const spots = spotsOf(root);
    const spot = random.pick(spots);
    if (spot === undefined) break;
    const kind = random.between(0, 5);
    if (kind === 0) Reflect.deleteProperty(spot.holder, spot.key);
    else if (kind === 1) Reflect.set(spot.holder, spot.key, [Reflect.get(spot.holder, spot.key)]);
    else if (kind === 2) Reflect.set(spot.holder, spot.key, contentOf(random.pick(spots)));
    else if (kind === 3) Reflect.set(spot.holder, spot.key, 'x'.repeat(random.between(1, LONG_RUN)));
    else Reflect.set(spot.holder, spot.key, structuredClone(random.pick(ODD)));
  }
  return root.root;
}

function contentOf(spot: Spot | undefined): unknown {
  return spot && structuredClone(Reflect.get(spot.holder, spot.key));
}

interface Spot {
  readonly holder: object;
  readonly key: string;
}

function spotsOf(value: unknown, found: Spot[] = []): Spot[] {
  if (typeof value !== 'object' || value === null || found.length > 500) return found;
  for (const key of Object.keys(value)) {
    found.push({ holder: value, key });
    spotsOf(Reflect.get(value, key), found);
  }
  return found;
}
