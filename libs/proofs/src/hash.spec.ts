import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@hetao/kernel';
import fc from 'fast-check';
import { documentHash, isSha256Hex, payloadHash, sha256Bytes, sha256Hex } from './hash.js';

describe('hashes', () => {
  it('are the SHA-256 of FIPS 180-4', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('agree with another implementation on any bytes and any text', () => {
    const nodes = (input: Uint8Array | string): string => createHash('sha256').update(input).digest('hex');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), (bytes, text) => {
        expect(sha256Hex(bytes)).toBe(nodes(bytes));
        expect(sha256Hex(text)).toBe(nodes(text));
        expect(Buffer.from(sha256Bytes(bytes)).toString('hex')).toBe(nodes(bytes));
      }),
    );
  });

  it('name a document by its meaning, not by how it was written', () => {
    const one: unknown = JSON.parse('{"b": [1.0, "香港"], "a": null}');
    const other: unknown = JSON.parse('{"a":null,"b":[1,"\\u9999\\u6e2f"]}');
    expect(documentHash(one)).toBe(documentHash(other));
    expect(documentHash(one)).not.toBe(documentHash({ a: null, b: ['香港', 1] }));
    // Worked out with another program: {"a":null,"b":[1,"香港"]} in UTF-8.
    expect(documentHash(one)).toBe('1caee33fc4797f44799097c9c027e6d9dd58f22185d8bac66f550674ce415986');
    expect(Buffer.from(payloadHash(one)).toString('hex')).toBe(documentHash(one));
  });

  it('refuse what has no canonical form', () => {
    expect(() => documentHash({ amount: 1n })).toThrow('JSON_NOT_CANONICAL');
    expect(() => canonicalJson(undefined)).toThrow('JSON_NOT_CANONICAL');
  });

  it('are known by their form', () => {
    const values = [sha256Hex(''), 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)}\n`, 7];
    expect(values.map(isSha256Hex)).toEqual([true, false, false, false, false]);
  });
});
