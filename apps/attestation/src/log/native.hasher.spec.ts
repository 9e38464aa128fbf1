import { describe, expect, it } from '@jest/globals';
import { sha256Tree } from '@hetao/proofs';
import fc from 'fast-check';
import { nativeTree } from './native.hasher.js';

describe('the machine’s own hashes', () => {
  it('are those that everybody else computes', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), hash, hash, (entry, left, right) => {
        expect(nativeTree.leaf(entry)).toEqual(sha256Tree.leaf(entry));
        expect(nativeTree.node(left, right)).toEqual(sha256Tree.node(left, right));
      }),
    );
    expect(nativeTree.empty()).toEqual(sha256Tree.empty());
  });
});
