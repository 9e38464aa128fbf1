import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  nodeHash,
  verifyConsistency,
  verifyInclusion,
} from './merkle.js';

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** The well-known vectors of Certificate Transparency. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const LEAF_HASHES = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7',
  '07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7',
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  '4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658',
  'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
  '46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1',
];
const NODE_01 = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const NODE_4567 = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const INCLUSION: [number, number, string[]][] = [
  [0, 1, []],
  [0, 8, [at(LEAF_HASHES, 1), NODE_01, NODE_4567]],
  [2, 3, [at(ROOTS, 1)]],
  [1, 5, [at(LEAF_HASHES, 0), NODE_01, at(LEAF_HASHES, 4)]],
];
const CONSISTENCY: [number, number, string[]][] = [
  [1, 1, []],
  [1, 8, [at(LEAF_HASHES, 1), NODE_01, NODE_4567]],
];

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
}
const rootOf = (size: number): string => at(ROOTS, size - 1);
const included = (index: number, size: number, path: readonly string[]): boolean =>
  verifyInclusion({ leafHash: at(LEAF_HASHES, index), index, size, path, root: rootOf(size) });
const flipped = (hash: string): string => (hash.startsWith('0') ? '1' : '0') + hash.slice(1);

describe('known vectors (RFC 9162 hashing)', () => {
  it('gives the known leaf hashes and roots', () => {
    expect(LEAVES.map((leaf) => leafHash(fromHex(leaf)))).toEqual(LEAF_HASHES);
    expect(merkleRoot([])).toBe(EMPTY_ROOT);
    expect(ROOTS.map((_, i) => merkleRoot(LEAF_HASHES.slice(0, i + 1)))).toEqual(ROOTS);
  });

  it.each(INCLUSION)('proves leaf %i of %i by the known path', (index, size, path) => {
    expect(inclusionProof(LEAF_HASHES.slice(0, size), index)).toEqual(path);
    expect(included(index, size, path)).toBe(true);
  });

  it.each(CONSISTENCY)('proves that %i continues to %i by the known path', (from, to, path) => {
    expect(consistencyProof(LEAF_HASHES.slice(0, to), from)).toEqual(path);
    expect(verifyConsistency({ from, fromRoot: rootOf(from), to, toRoot: rootOf(to), path })).toBe(true);
  });
});

describe('what must fail', () => {
  const path = inclusionProof(LEAF_HASHES, 5);

  it.each([
    ['the proof of index 5 for index 4', 4, path],
    ['an index equal to the size', 8, path],
    ['a negative index', -1, path],
    ['a broken index', 5.5, path],
    ['a path one hash too long', 5, [...path, at(path, 0)]],
    ['a path one hash too short', 5, path.slice(0, -1)],
    ['a path of no hashes', 5, path.map((hash) => hash.slice(1))],
    ['a path in capitals', 5, path.map((hash) => hash.toUpperCase())],
    ...path.map((hash, i): [string, number, string[]] => [
      `a flipped byte in hash ${i}`,
      5,
      path.with(i, flipped(hash)),
    ]),
  ])('inclusion by %s', (_case, index, wrong) => {
    const claim = { leafHash: at(LEAF_HASHES, 5), size: 8, root: rootOf(8) };
    expect(verifyInclusion({ ...claim, index: 5, path })).toBe(true);
    expect(verifyInclusion({ ...claim, index, path: wrong })).toBe(false);
  });

  it('consistency of 6 to 8 from the root of 5', () => {
    const claim = { from: 6, to: 8, toRoot: rootOf(8), path: consistencyProof(LEAF_HASHES, 6) };
    expect(verifyConsistency({ ...claim, fromRoot: rootOf(6) })).toBe(true);
    expect(verifyConsistency({ ...claim, fromRoot: rootOf(5) })).toBe(false);
  });

  it('a way that goes on above the root of the claimed size', () => {
    const claim = { leafHash: at(LEAF_HASHES, 1), path: [at(LEAF_HASHES, 0)], root: rootOf(2) };
    expect(verifyInclusion({ ...claim, index: 1, size: 2 })).toBe(true);
    expect(verifyInclusion({ ...claim, index: 0, size: 1 })).toBe(false);
  });

  it('a tree said to continue a larger one, or none', () => {
    const claim = { fromRoot: rootOf(1), toRoot: rootOf(1), path: [] };
    expect(verifyConsistency({ ...claim, from: 1, to: 1 })).toBe(true);
    expect(verifyConsistency({ ...claim, from: 2, to: 1 })).toBe(false);
    expect(verifyConsistency({ ...claim, from: 0, to: 1 })).toBe(false);
  });

  it('a leaf made of two hashes, offered as their node', () => {
    const pair = fromHex(at(LEAF_HASHES, 0) + at(LEAF_HASHES, 1));
    expect(nodeHash(at(LEAF_HASHES, 0), at(LEAF_HASHES, 1))).toBe(rootOf(2));
    expect(leafHash(pair)).not.toBe(rootOf(2));
    expect(merkleRoot([leafHash(pair)])).not.toBe(rootOf(2));
  });

  it('proofs of what is not there', () => {
    for (const index of [-1, 8, 0.5]) expect(() => inclusionProof(LEAF_HASHES, index)).toThrow(RangeError);
    for (const from of [0, 9, 1.5]) expect(() => consistencyProof(LEAF_HASHES, from)).toThrow(RangeError);
  });
});

describe('any tree', () => {
  const MAX_SIZE = 130;
  const hashes = Array.from({ length: MAX_SIZE }, (_, i) => leafHash(Uint8Array.of(i)));
  const roots = hashes.map((_, i) => merkleRoot(hashes.slice(0, i + 1)));

  it('proves each of its leaves, and no other leaf in its place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_SIZE }), fc.nat(), fc.nat(), (size, a, b) => {
        const [index, other] = [a % size, b % size];
        const claim = { size, path: inclusionProof(hashes.slice(0, size), index), root: at(roots, size - 1) };
        expect(verifyInclusion({ ...claim, index, leafHash: at(hashes, index) })).toBe(true);
        expect(verifyInclusion({ ...claim, index, leafHash: at(hashes, other) })).toBe(index === other);
        expect(verifyInclusion({ ...claim, index: other, leafHash: at(hashes, index) })).toBe(index === other);
      }),
    );
  });

  it('proves that it continues each of its beginnings, and no other tree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_SIZE }), fc.nat(), fc.nat(), (to, a, b) => {
        const [from, other] = [1 + (a % to), 1 + (b % to)];
        const path = consistencyProof(hashes.slice(0, to), from);
        const claim = { from, to, toRoot: at(roots, to - 1), path };
        expect(verifyConsistency({ ...claim, fromRoot: at(roots, from - 1) })).toBe(true);
        expect(verifyConsistency({ ...claim, fromRoot: at(roots, other - 1) })).toBe(from === other);
        for (const [i, hash] of path.entries()) {
          const wrong = path.with(i, flipped(hash));
          expect(verifyConsistency({ ...claim, fromRoot: at(roots, from - 1), path: wrong })).toBe(false);
        }
        const longer = [...path, at(hashes, 0)];
        expect(verifyConsistency({ ...claim, fromRoot: at(roots, from - 1), path: longer })).toBe(false);
      }),
    );
  });
});
