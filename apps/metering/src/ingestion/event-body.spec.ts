import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '@hetao/kernel';
import { type BodyShape, type EventSlice, maxEvents, splitBody } from './event-body.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const split = (text: string, shape: BodyShape = 'either') => splitBody(bytes(text), shape);
const texts = (text: string) => unwrap(split(text)).map((slice) => slice.text);
const codeOf = (text: string, shape: BodyShape = 'either') => {
  const result = split(text, shape);
  return result.ok ? 'ok' : result.error.code;
};
const sliceOf = (text: string): EventSlice => {
  const [slice] = unwrap(split(text));
  if (!slice) throw new Error('no slice');
  return slice;
};

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  return inner.reduce<number>((sum, one) => sum + membersOf(one), Array.isArray(value) ? 0 : inner.length);
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('splitBody', () => {
  it('cuts any JSON array into the texts of its items, however it is spaced', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 20 }), fc.constantFrom(undefined, 1, '\t'), (items, indent) => {
        const slices = unwrap(split(JSON.stringify(items, null, indent)));
        expect(slices.map((slice) => JSON.parse(slice.text ?? '') as unknown)).toEqual(
          JSON.parse(JSON.stringify(items)),
        );
        expect(slices.map((slice) => slice.members)).toEqual(items.map(membersOf));
        expect(slices.map((slice) => slice.depth)).toEqual(items.map(depthOf));
      }),
    );
  });

  it('takes a single object as one event', () => {
    expect(texts(' {"a":[1,2],"b":"},{"} \n')).toEqual(['{"a":[1,2],"b":"},{"}']);
    expect(sliceOf('{"a":{"b":{}}}')).toMatchObject({ depth: 3, members: 2 });
  });

  it('keeps a broken event apart from its neighbours', () => {
    expect(texts('[{"a":NaN},{"b":1},,{"c":"x"}]')).toEqual(['{"a":NaN}', '{"b":1}', '', '{"c":"x"}']);
    expect(texts('[]')).toEqual([]);
    expect(texts(' [ \n ] ')).toEqual([]);
  });

  it('tells broken UTF-8 in one event from good text in the others', () => {
    const good = bytes('[{"a":"深圳"},{"a":"');
    const body = new Uint8Array([...good, 0xc3, 0x28, ...bytes('"},{"a":"香港"}]')]);
    expect(unwrap(splitBody(body, 'batch')).map((slice) => slice.text)).toEqual([
      '{"a":"深圳"}',
      undefined,
      '{"a":"香港"}',
    ]);
  });

  it('notices what JSON.parse would hide', () => {
    expect(sliceOf('{"a":1.5}').inexactNumbers).toBe(true);
    expect(sliceOf('{"a":1e3}').inexactNumbers).toBe(true);
    expect(sliceOf('{"a":[1E3]}').inexactNumbers).toBe(true);
    expect(sliceOf('{"a":true,"b":false,"c":"1.5e3","d":12}').inexactNumbers).toBe(false);
    expect(sliceOf('{"a":"\\u0000"}').unicodeEscapes).toBe(true);
    expect(sliceOf('{"a":"\\\\u0000"}').unicodeEscapes).toBe(false);
    expect(sliceOf('{"a":1,"a":2}').members).toBe(2);
  });

  it.each([
    ['', 'USAGE_BODY_MALFORMED'],
    ['  ', 'USAGE_BODY_MALFORMED'],
    ['"text"', 'USAGE_BODY_MALFORMED'],
    ['NaN', 'USAGE_BODY_MALFORMED'],
    ['[{"a":1}', 'USAGE_BODY_MALFORMED'],
    ['[{"a":"x', 'USAGE_BODY_MALFORMED'],
    ['{"a":1}}', 'USAGE_BODY_MALFORMED'],
    ['[{"a":1}] [', 'USAGE_BODY_MALFORMED'],
  ])('refuses %j as %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('holds the body to its content type', () => {
    expect(codeOf('[]', 'single')).toBe('USAGE_BODY_SHAPE');
    expect(codeOf('{}', 'batch')).toBe('USAGE_BODY_SHAPE');
    expect(codeOf('{}', 'single')).toBe('ok');
    expect(codeOf('[]', 'batch')).toBe('ok');
  });

  it(`takes ${maxEvents} events and not one more`, () => {
    expect(unwrap(split(`[${'{},'.repeat(maxEvents - 1)}{}]`))).toHaveLength(maxEvents);
    expect(codeOf(`[${'{},'.repeat(maxEvents)}{}]`)).toBe('USAGE_BATCH_TOO_LARGE');
  });

  it('survives nesting that would exhaust a recursive reader', () => {
    expect(sliceOf(`{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`).depth).toBe(500_001);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        expect(() => splitBody(body, 'either')).not.toThrow();
      }),
    );
  });
});
