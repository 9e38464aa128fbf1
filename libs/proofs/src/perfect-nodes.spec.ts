import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inclusionProof, leafHash, merkleRoot } from './merkle.js';
import { nodeKey, nodesCompletedBy, nodesOfPath, nodesOfRoot, pathFromNodes, rootFromNodes } from './perfect-nodes.js';

const leafAt = (index: number): string => leafHash(new TextEncoder().encode(`leaf ${index}`));

/** A tree of `size` leaves, kept as nodes only. */
function grown(size: number): Map<string, string> {
  const nodes = new Map<string, string>();
  for (let index = 0; index < size; index += 1) {
    for (const node of nodesCompletedBy(index, leafAt(index), nodes)) nodes.set(nodeKey(node), node.hash);
  }
  return nodes;
}

describe('a tree kept as the hashes of its perfect subtrees', () => {
  it('has the root and the paths of the tree itself, from the few nodes that are named', () => {
    const nodes = grown(70);
    const leaves = Array.from({ length: 70 }, (_, index) => leafAt(index));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(69), (size, at) => {
        const index = at % size;
        const only = (keys: readonly string[]) => new Map(keys.map((key) => [key, nodes.get(key) ?? '']));
        const tree = leaves.slice(0, size);
        expect(rootFromNodes(size, only(nodesOfRoot(size).map(nodeKey)))).toBe(merkleRoot(tree));
        expect(pathFromNodes(index, size, only(nodesOfPath(index, size).map(nodeKey)))).toEqual(
          inclusionProof(tree, index),
        );
      }),
    );
  });

  it('says which node is missing', () => {
    expect(() => rootFromNodes(3, new Map([['1/0', leafAt(0)]]))).toThrow('Node 0/2');
    expect(() => nodesCompletedBy(1, leafAt(1), new Map())).toThrow('Node 0/0');
    expect(() => nodesOfPath(3, 3)).toThrow('no leaf 3');
  });
});
