import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, maxJsonDepth } from './canonical-json.js';
import { DomainException } from './errors.js';

class Holder {
  readonly a = 1;
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

/** Same members, other insertion order, at every level. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

describe('canonicalJson (RFC 8785)', () => {
  it('writes the example of RFC 8785 3.2.2', () => {
    const input: unknown = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(canonicalJson(input)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code unit (RFC 8785 3.2.3)', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    expect(text).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  });

  it('means the same as JSON and depends on nothing but the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('leaves out undefined properties, as JSON.stringify does', () => {
    expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
  });

  it.each<[string, unknown, string]>([
    ['a bigint', { amount: 1n }, '/amount'],
    ['NaN', [0, NaN], '/1'],
    ['an infinity', { 'a/b': { '~': Infinity } }, '/a~1b/~0'],
    ['a lone surrogate', { name: '\ud800' }, '/name'],
    ['a lone surrogate in a key', { '\ud800': 1 }, '/\ud800'],
    ['a date', { at: new Date(0) }, '/at'],
    ['a class instance', new Holder(), ''],
    ['a function', { f: () => 1 }, '/f'],
    ['undefined in an array', [undefined], '/0'],
    ['a hole', new Array(1), '/0'],
    ['undefined', undefined, ''],
    ['too deep a nesting', nested(maxJsonDepth + 1), '/0'.repeat(maxJsonDepth + 1)],
  ])('refuses %s and says where', (_case, value, pointer) => {
    try {
      canonicalJson(value);
      throw new Error('was written');
    } catch (error) {
      expect(error).toBeInstanceOf(DomainException);
      expect(error).toMatchObject({ problem: { code: 'JSON_NOT_CANONICAL', pointer } });
    }
  });

  it('takes plain objects of another realm, and objects without a prototype', () => {
    expect(canonicalJson(runInNewContext('({ b: [1], a: {} })'))).toBe('{"a":{},"b":[1]}');
    expect(canonicalJson(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  it('writes what is just deep enough', () => {
    expect(canonicalJson(nested(maxJsonDepth))).toBe(JSON.stringify(nested(maxJsonDepth)));
  });
});
