import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inspectJson, surveyJson } from './json-inspection.js';

describe('inspectJson', () => {
  it('finds no repeated member in what JSON.stringify wrote, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        expect(inspectJson(JSON.stringify(value, null, indent)).duplicateMember).toBeUndefined();
      }),
    );
  });

  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":{"b":[1,{"c":1,"d":2,"c":3}]}}', '/a/b/1/c'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"x/y":1, "x/y":1}', '/x~1y'],
    ['{"a" : 1 , "a" : 1 }', '/a'],
  ])('finds the member that stands twice in %s', (text, pointer) => {
    expect(inspectJson(text).duplicateMember).toBe(pointer);
  });

  it('tells the same name in two objects from a repetition', () => {
    expect(inspectJson('[{"a":1},{"a":1},{"b":{"a":{"a":1}}}]').duplicateMember).toBeUndefined();
  });

  it('names the numbers that were written with a fraction or an exponent', () => {
    const { inexactNumbers } = inspectJson('{"a":1.0,"b":[2,3e2],"c":{"d":-4E-1},"e":"5.5","f":6,"g":true}');
    expect([...inexactNumbers]).toEqual(['/a', '/b/1', '/c/d']);
  });
});

describe('surveyJson', () => {
  it('says whether the members of data stand in canonical order', () => {
    expect(surveyJson({ id: '1', data: { a: 1, b: { c: 1, d: [{ e: 1 }] } } })).toMatchObject({
      members: 7,
      isOrdered: true,
    });
    expect(surveyJson({ data: { b: 1, a: 2 } }).isOrdered).toBe(false);
    // JSON.parse puts members that look like array indexes first, in the order of numbers; text order differs.
    expect(surveyJson({ data: { 9: 1, 10: 1 } }).isOrdered).toBe(false);
  });

  it('says whether every number can be written back', () => {
    expect(surveyJson(JSON.parse('{"data":{"a":[1e308]}}') as Record<string, unknown>).isFinite).toBe(true);
    expect(surveyJson(JSON.parse('{"data":{"a":[1e309]}}') as Record<string, unknown>).isFinite).toBe(false);
  });
});
