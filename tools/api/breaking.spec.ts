import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakingChanges } from './breaking.js';
import type { ApiDocument, ApiOperation, JsonSchema } from './operations.js';

const body: JsonSchema = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 10 }, kind: { type: 'string', enum: ['a', 'b'] } },
  required: ['name'],
  additionalProperties: false,
};
const thing: JsonSchema = {
  type: 'object',
  properties: { id: { type: 'string' }, parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } },
  required: ['id'],
};
const operation: ApiOperation = {
  operationId: 'makeThing',
  parameters: [{ name: 'q', in: 'query', schema: { type: 'string' } }],
  requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/New' } } } },
  responses: { '201': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } },
  'x-allow': ['merchant', 'buyer'],
};

function api(changed: Partial<ApiOperation> = {}, schemas: Readonly<Record<string, JsonSchema>> = {}): ApiDocument {
  return {
    paths: { '/v1/things': { post: { ...operation, ...changed } } },
    components: { schemas: { New: body, Thing: thing, ...schemas } },
  };
}
const now = (changed: Partial<ApiOperation>, schemas?: Readonly<Record<string, JsonSchema>>) =>
  breakingChanges(api(), api(changed, schemas));
const asked = (New: JsonSchema) => now({}, { New });
const answered = (Thing: JsonSchema) => now({}, { Thing });

describe('a document', () => {
  it('breaks nothing by being the same, also where a schema holds itself', () => {
    expect(now({})).toEqual([]);
  });

  it.each<[string, string[]]>([
    [
      'an optional member in the body',
      asked({ ...body, properties: { ...body.properties, more: { type: 'string' } } }),
    ],
    [
      'a longer text, another value',
      asked({
        ...body,
        properties: { name: { type: 'string', maxLength: 20 }, kind: { type: 'string', enum: ['a', 'b', 'c'] } },
      }),
    ],
    ['a member that need not be sent any more', asked({ ...body, required: [] })],
    [
      'null where a text was needed',
      asked({ ...body, properties: { ...body.properties, name: { type: ['string', 'null'], maxLength: 10 } } }),
    ],
    ['a member more in the answer', answered({ ...thing, properties: { ...thing.properties, more: {} } })],
    [
      'a value more in the answer',
      breakingChanges(api({}, { Thing: { enum: ['a'] } }), api({}, { Thing: { enum: ['a', 'b'] } })),
    ],
    [
      'an optional parameter, another answer, another role',
      now({
        parameters: [...(operation.parameters ?? []), { name: 'x', in: 'query' }],
        responses: { ...operation.responses, '409': {} },
        'x-allow': ['merchant', 'buyer', 'auditor'],
      }),
    ],
    [
      'a key of repetition',
      now({ parameters: [...(operation.parameters ?? []), { name: 'Idempotency-Key', in: 'header', required: true }] }),
    ],
    [
      'another operation',
      breakingChanges(api(), { ...api(), paths: { ...api().paths, '/v1/more': { get: operation } } }),
    ],
  ])('breaks nothing by %s', (_, faults) => expect(faults).toEqual([]));

  it.each<[string, string[], string]>([
    ['a path that is gone', breakingChanges(api(), { ...api(), paths: {} }), 'POST /v1/things is gone.'],
    ['a function of another name', now({ operationId: 'createThing' }), 'is createThing'],
    ['a role that is kept out', now({ 'x-allow': ['merchant'] }), 'no longer admits buyer'],
    ['a parameter that is gone', now({ parameters: [] }), 'query parameter q is gone'],
    [
      'a parameter that is required',
      now({ parameters: [{ name: 'q', in: 'query', required: true, schema: { type: 'string' } }] }),
      'q is required now',
    ],
    [
      'a parameter of another type',
      now({ parameters: [{ name: 'q', in: 'query', schema: { type: 'integer' } }] }),
      'was string, and is integer',
    ],
    [
      'a media type that is not taken',
      now({ requestBody: { required: true, content: {} } }),
      'no longer takes application/json',
    ],
    ['an answer that is not given', now({ responses: { '200': {} } }), 'no longer answers 201'],
    ['a required member', asked({ ...body, required: ['name', 'kind'] }), 'body.kind is required now'],
    [
      'a member that is refused',
      asked({ ...body, properties: { name: { type: 'string', maxLength: 10 } } }),
      'body.kind is gone',
    ],
    [
      'a narrowed enum',
      asked({ ...body, properties: { ...body.properties, kind: { enum: ['a'] } } }),
      'no longer takes "b"',
    ],
    [
      'a shorter text',
      asked({ ...body, properties: { ...body.properties, name: { type: 'string', maxLength: 5 } } }),
      'has maxLength 5',
    ],
    [
      'a bound where there was none',
      asked({ ...body, properties: { ...body.properties, kind: { type: 'string', enum: ['a', 'b'], minLength: 1 } } }),
      'has minLength 1',
    ],
    ['a member missing from the answer', answered({ ...thing, properties: {}, required: [] }), 'id is gone'],
    ['a member that may be missing', answered({ ...thing, required: [] }), 'id may be missing'],
    [
      'null in the answer',
      answered({ ...thing, properties: { ...thing.properties, id: { type: ['string', 'null'] } } }),
      '1 of its alternatives are new',
    ],
    [
      'a number where an integer was',
      breakingChanges(api({}, { Thing: { type: 'integer' } }), api({}, { Thing: { type: 'number' } })),
      'was integer, and is number',
    ],
  ])('breaks by %s', (_, faults, says) => {
    expect(faults.join('\n')).toContain(says);
  });

  it('that was open to everybody and asks for a name breaks', () => {
    expect(breakingChanges(api({ security: [] }), api())).toEqual(['POST /v1/things: it was open to everybody.']);
    expect(now({ security: [] })).toEqual([]);
  });

  it('that may only grow stays compatible with every one it grew from', () => {
    const member = fc.constantFrom<JsonSchema>(
      { type: 'string' },
      { type: 'integer' },
      { enum: ['a'] },
      { type: ['string', 'null'] },
    );
    const shape = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), member);
    fc.assert(
      fc.property(shape, shape, (properties, more) => {
        const before: JsonSchema = { type: 'object', properties, required: Object.keys(properties) };
        const after: JsonSchema = { ...before, properties: { ...more, ...properties } };
        expect(breakingChanges(api({}, { New: before, Thing: before }), api({}, { New: after, Thing: after }))).toEqual(
          [],
        );
      }),
    );
  });
});
