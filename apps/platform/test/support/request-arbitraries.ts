import fc from 'fast-check';
import type {
  ApiDocument,
  ApiOperation,
  ApiParameter,
  JsonSchema,
  PlacedOperation,
} from '../../../../tools/api/operations.js';

/** One request, ready to be sent. */
export interface ApiRequest {
  readonly method: string;
  /** With its query, as it is sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What schemas are read by, and which ids were seen: a request about something that is there gets further. */
export interface Knowledge {
  readonly document: ApiDocument;
  readonly ids: ReadonlySet<string>;
}

const DEEPEST = 6;
const MOST_ITEMS = 3;
const WORDS = [
  '潮汐',
  '港口',
  'tide',
  '數據',
  'Größe',
  "O'Brien",
  '%',
  '_',
  '-1',
  '1',
  'null',
  '🙂',
  'a b\tc',
  '<b>',
  '{{x}}',
];
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  email: ['someone@example.com'],
  uri: ['https://example.com/a?b=c'],
  duration: ['P1D', 'PT1H'],
  binary: ['bytes'],
};
/** What no schema of ours asks for, and every part of a request will be given one day. */
const GARBAGE = [
  null,
  true,
  -1,
  1e308,
  0.1,
  '',
  '\u0000',
  '\ud800',
  'x'.repeat(10_001),
  [],
  {},
  [[[[]]]],
  { __proto__: 1, constructor: {} },
  '../../etc/passwd',
  "' OR 1=1 --",
] as const;

/** Requests that the document calls right. */
export function rightRequests(
  { method, path, operation }: PlacedOperation,
  knowledge: Knowledge,
): fc.Arbitrary<ApiRequest> {
  const parameters = fc.tuple(
    ...(operation.parameters ?? []).map((parameter) =>
      valuesOf(parameter, knowledge).map((value) => ({ parameter, value })),
    ),
  );
  return fc
    .tuple(parameters, bodies(operation, knowledge))
    .map(([given, body]) => requestOf(method, path, given, body));
}

/** Requests with something wrong in one place: in the body, in a parameter, in the media type, in the text itself. */
export function wrongRequests(placed: PlacedOperation, knowledge: Knowledge): fc.Arbitrary<ApiRequest> {
  return fc
    .tuple(rightRequests(placed, knowledge), fc.constantFrom(...GARBAGE), fc.nat())
    .map(([right, garbage, at]) => {
      const text = encodeURIComponent(asText(garbage));
      const ways: (() => ApiRequest)[] = [
        () => ({
          ...right,
          target: `${right.target}${right.target.includes('?') ? '&' : '?'}limit=${text}&cursor=${text}`,
        }),
        () => ({ ...right, target: right.target.replace(/=[^&]*/, () => `=${text}`) }),
      ];
      if (right.body !== undefined) {
        const { body } = right;
        ways.push(
          () => ({ ...right, body: JSON.stringify(spoilt(body, garbage, at)) }),
          () => ({ ...right, body: body.slice(0, at % (body.length + 1)) }),
          () => ({ ...right, headers: { ...right.headers, 'content-type': 'text/plain' } }),
          () => ({ ...right, body: JSON.stringify(garbage) }),
        );
      }
      return (ways[at % ways.length] ?? (() => right))();
    });
}

interface GivenParameter {
  readonly parameter: ApiParameter;
  readonly value: unknown;
}
type GivenBody = { readonly type: string; readonly value: unknown } | undefined;

function requestOf(method: string, path: string, given: readonly GivenParameter[], body: GivenBody): ApiRequest {
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  let target = path;
  for (const { parameter, value } of given) {
    if (value === undefined) continue;
    const text = asText(value);
    if (parameter.in === 'path') target = target.replace(`{${parameter.name}}`, () => encodeURIComponent(text) || '-');
    if (parameter.in === 'query') query.set(parameter.name, text);
    if (parameter.in === 'header') headers[parameter.name] = text.replaceAll(/[^\x21-\x7e]/g, '') || 'x';
  }
  if (body !== undefined) headers['content-type'] = body.type;
  const text =
    body === undefined ? undefined : typeof body.value === 'string' ? body.value : JSON.stringify(body.value);
  return {
    method: method.toUpperCase(),
    target: query.size === 0 ? target : `${target}?${query}`,
    headers,
    body: text,
  };
}

/** As it stands in an address or a header; half a surrogate pair cannot. */
function asText(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
}

/** Replaces one member of a JSON text, wherever it stands. */
function spoilt(body: string, garbage: unknown, at: number): unknown {
  const value: unknown = parsed(body);
  if (typeof value !== 'object' || value === null) return garbage;
  const names = Object.keys(value);
  const name = names[at % Math.max(names.length, 1)];
  if (name === undefined) return { unknown_member: garbage };
  return { ...value, [name]: garbage, ...(at % 3 === 0 ? { unknown_member: garbage } : {}) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function valuesOf(parameter: ApiParameter, knowledge: Knowledge): fc.Arbitrary<unknown> {
  const value = fromSchema(parameter.schema ?? {}, knowledge, 0);
  return parameter.required === true || parameter.in === 'path' ? value : fc.option(value, { nil: undefined, freq: 2 });
}

function bodies({ requestBody }: ApiOperation, knowledge: Knowledge): fc.Arbitrary<GivenBody> {
  const [content] = Object.entries(requestBody?.content ?? {});
  if (content === undefined) return fc.constant(undefined);
  const [type, { schema }] = content;
  const bodyType = type === '*/*' ? 'application/octet-stream' : type;
  return fromSchema(schema ?? {}, knowledge, 0).map((value) => ({ type: bodyType, value: value ?? null }));
}

/** Values that a schema describes; bounded in depth and length, so that a request stays one. */
function fromSchema(schema: JsonSchema, knowledge: Knowledge, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const named = knowledge.document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    return fromSchema(named ?? {}, knowledge, depth + 1);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const variants = variantsOf(schema);
  if (variants !== undefined) {
    // Only the way that is gone is looked at: schemas of ours hold others, and some themselves. At the bottom it is the first.
    const last = depth > DEEPEST ? 0 : variants.length - 1;
    return fc.nat(last).chain((chosen) => fromSchema(variants[chosen] ?? {}, knowledge, depth + 1));
  }
  return typed(schema, knowledge, depth);
}

function variantsOf({ anyOf, oneOf, type, ...schema }: JsonSchema): readonly JsonSchema[] | undefined {
  return anyOf ?? oneOf ?? (typeof type === 'object' ? type.map((one) => ({ ...schema, type: one })) : undefined);
}

function typed(schema: JsonSchema, knowledge: Knowledge, depth: number): fc.Arbitrary<unknown> {
  switch (schema.type) {
    case 'string':
      return texts(schema, knowledge);
    case 'integer':
      return integers(schema);
    case 'number':
      return fc.oneof(integers(schema), fc.constantFrom(0.5, 1.25));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return arrays(schema, knowledge, depth);
    default:
      return objects(schema, knowledge, depth);
  }
}

function integers({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const least = typeof minimum === 'number' ? Math.max(minimum, -1_000_000) : -10;
  const most = typeof maximum === 'number' ? Math.min(maximum, 1_000_000) : 1_000;
  return fc.integer({ min: Math.ceil(least), max: Math.max(Math.ceil(least), Math.floor(most)) });
}

function arrays(schema: JsonSchema, knowledge: Knowledge, depth: number): fc.Arbitrary<unknown> {
  const places = schema['prefixItems'] as readonly JsonSchema[] | undefined;
  if (places !== undefined) return fc.tuple(...places.map((place) => fromSchema(place, knowledge, depth + 1)));
  const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 0;
  const most = depth > DEEPEST ? least : Math.max(least, MOST_ITEMS);
  return fc.array(fromSchema(schema.items ?? {}, knowledge, depth + 1), { minLength: least, maxLength: most });
}

function objects({ properties = {}, required = [] }: JsonSchema, knowledge: Knowledge, depth: number) {
  const optional = Object.keys(properties).filter((name) => !required.includes(name) && depth <= DEEPEST);
  return fc.subarray(optional).chain((chosen) => {
    const members = [...required, ...chosen].map((name) => [
      name,
      fromSchema(properties[name] ?? {}, knowledge, depth + 1),
    ]);
    return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>);
  });
}

const ID = /^\^([a-z]{2,4}_)\[0-7\]/;
const FREE_TEXT = /^\^\(?\??:?\[\^\\p\{Cc\}/;

function texts(schema: JsonSchema, { ids }: Knowledge): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = 40 } = schema as Readonly<Record<string, never>>;
  const bounded = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength), Number(minLength) + 40) };
  if (format === 'date-time') return instants();
  if (format === 'date') return instants().map((text) => text.slice(0, 10));
  const samples = SAMPLES[format ?? ''];
  if (samples !== undefined) return fc.constantFrom(...samples);
  if (typeof pattern !== 'string') return fc.oneof(fc.constantFrom(...WORDS), fc.string(bounded));
  const prefix = ID.exec(pattern)?.[1];
  const known = [...ids].filter((id) => prefix !== undefined && id.startsWith(prefix));
  if (known.length > 0) return fc.constantFrom(...known);
  if (prefix !== undefined) return fc.nat().map((number) => `${prefix}0${number.toString(10).padStart(25, '0')}`);
  if (FREE_TEXT.test(pattern))
    return fc.constantFrom(...WORDS).map((word) => word.padEnd(bounded.minLength, 'x').slice(0, Number(maxLength)));
  return matching(pattern);
}

const matchings = new Map<string, fc.Arbitrary<string>>();

/** Texts of a pattern; what generates them is made once, since making it costs more than the text. */
function matching(pattern: string): fc.Arbitrary<string> {
  const known = matchings.get(pattern) ?? madeFor(pattern);
  matchings.set(pattern, known);
  return known;
}

function madeFor(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    // Look-ahead cannot be generated from; what the schema refuses is asked all the same.
    return fc.constantFrom(...WORDS);
  }
}

function instants(): fc.Arbitrary<string> {
  const [min, max] = [new Date('2015-01-01T00:00:00Z'), new Date('2034-12-31T00:00:00Z')];
  return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
}
