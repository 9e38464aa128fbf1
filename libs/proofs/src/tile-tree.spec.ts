import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle.js';
import {
  appendedReader,
  appendLeaves,
  edgeFrom,
  edgeRoot,
  edgeTiles,
  emptyEdge,
  type Appended,
  type TreeEdge,
} from './tree-edge.js';
import { sha256Tree, sm3Tree } from './tree-hasher.js';
import { sm3Hex } from './sm3.js';
import { TileMissingError, TileTree, type TileReader } from './tile-tree.js';
import { TILE_WIDTH, tilePath, tileWidth, type Tile } from './tiles.js';

/** Tiles as a store keeps them: a later, longer version of a tile takes the place of the shorter one. */
class StoredTiles {
  readonly tiles = new Map<string, Tile>();
  edge: TreeEdge = emptyEdge;

  append(leaves: readonly Uint8Array[]): Appended {
    const stored = edgeTiles(this.edge.size).flatMap((ref) => this.tiles.get(tilePath(ref)) ?? []);
    const appended = appendLeaves(sha256Tree, edgeFrom(this.edge.size, stored), leaves);
    for (const tile of appended.tiles) this.tiles.set(tilePath(tile), tile);
    this.edge = appended.edge;
    return appended;
  }

  readonly read: TileReader = (refs) => Promise.resolve(refs.flatMap((ref) => this.tiles.get(tilePath(ref)) ?? []));
}

const entry = (index: number): Uint8Array => new TextEncoder().encode(`entry ${index}`);
const leaves = (from: number, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => sha256Tree.leaf(entry(from + i)));
const hex = (hashes: readonly Uint8Array[]): string[] => hashes.map((hash) => bytesToHex(hash));

/** Sizes around the borders of tiles, and batches that cross them. */
const batches = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(255, 256, 257, 600)), {
  minLength: 1,
  maxLength: 6,
});

describe('a tree in tiles', () => {
  it('hashes leaves and nodes as the tree in memory does', () => {
    expect(bytesToHex(sha256Tree.leaf(entry(1)))).toBe(leafHash(entry(1)));
    expect(bytesToHex(sha256Tree.empty())).toBe(merkleRoot([]));
    expect(bytesToHex(sm3Tree.empty())).toBe(sm3Hex(''));
    expect(bytesToHex(sm3Tree.leaf(new Uint8Array()))).toBe(sm3Hex(Uint8Array.of(0)));
  });

  it('has the root of the same leaves in memory, however they came in, and at every earlier size', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), async (sizes, pick) => {
        const store = new StoredTiles();
        for (const size of sizes) store.append(leaves(store.edge.size, size));
        const all = hex(leaves(0, store.edge.size));
        const tree = new TileTree(sha256Tree, store.read);
        const earlier = pick % (all.length + 1);
        expect(edgeRoot(sha256Tree, store.edge)).toBe(merkleRoot(all));
        expect(await tree.root(all.length)).toBe(merkleRoot(all));
        expect(await tree.root(earlier)).toBe(merkleRoot(all.slice(0, earlier)));
      }),
      { numRuns: 40 },
    );
  });

  it('proves what the tree in memory proves, by the same paths', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), fc.nat(), async (sizes, pickIndex, pickSize) => {
        const store = new StoredTiles();
        for (const size of sizes) store.append(leaves(store.edge.size, size));
        const tree = new TileTree(sha256Tree, store.read);
        const all = hex(leaves(0, store.edge.size));
        const size = 1 + (pickSize % all.length);
        const [index, known] = [pickIndex % size, all.slice(0, size)];
        const path = await tree.inclusionProof(index, size);
        expect(path).toEqual(inclusionProof(known, index));
        const root = merkleRoot(known);
        expect(verifyInclusion({ leafHash: all[index] ?? '', index, size, path, root })).toBe(true);
        const continued = await tree.consistencyProof(size, all.length);
        expect(continued).toEqual(consistencyProof(all, size));
        const claim = { from: size, fromRoot: root, to: all.length, toRoot: merkleRoot(all), path: continued };
        expect(verifyConsistency(claim)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('proves every leaf that was just added from memory alone', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), async (sizes, pick) => {
        const store = new StoredTiles();
        for (const size of sizes.slice(0, -1)) store.append(leaves(store.edge.size, size));
        const first = store.edge.size;
        const appended = store.append(leaves(first, sizes.at(-1) ?? 1));
        const { size } = appended.edge;
        const all = hex(leaves(0, size));
        const fresh = new TileTree(sha256Tree, appendedReader(appended));
        for (const index of new Set([first, first + (pick % (size - first)), size - 1]))
          expect(await fresh.inclusionProof(index, size)).toEqual(inclusionProof(all, index));
      }),
      { numRuns: 40 },
    );
  });

  it('never changes a hash once it is in a tile', () => {
    const store = new StoredTiles();
    for (const size of [3, 250, 5, 700, 1]) {
      const before = [...store.tiles].map(([path, tile]) => [path, bytesToHex(tile.hashes)] as const);
      store.append(leaves(store.edge.size, size));
      for (const [path, hashes] of before) {
        expect(bytesToHex(store.tiles.get(path)?.hashes ?? new Uint8Array()).startsWith(hashes)).toBe(true);
      }
    }
    for (const tile of store.tiles.values()) {
      expect(tile.hashes.length / 32).toBe(tileWidth(tile, store.edge.size));
      expect(tile.hashes.length / 32).toBeLessThanOrEqual(TILE_WIDTH);
    }
  });

  it('takes hundreds of thousands of leaves at once', () => {
    const leaf = sha256Tree.leaf(entry(0));
    const { edge } = appendLeaves(
      { ...sha256Tree, node: (left) => left },
      emptyEdge,
      Array.from({ length: 300_000 }, () => leaf),
    );
    expect(edge.size).toBe(300_000);
  });

  it('says which tile a damaged store lacks, and refuses to add to a broken edge', async () => {
    const store = new StoredTiles();
    store.append(leaves(0, 300));
    store.tiles.delete('0/000');
    const tree = new TileTree(sha256Tree, store.read);
    await expect(tree.inclusionProof(4, 300)).rejects.toThrow(TileMissingError);
    await expect(tree.inclusionProof(4, 300)).rejects.toThrow('0/000');
    store.tiles.delete('0/001');
    expect(() => store.append(leaves(300, 1))).toThrow('0/1');
  });

  it('asks for no leaf and no size that is not there', async () => {
    const store = new StoredTiles();
    store.append(leaves(0, 5));
    const tree = new TileTree(sha256Tree, store.read);
    expect(() => tree.inclusionProof(5, 5)).toThrow(RangeError);
    expect(() => tree.consistencyProof(6, 5)).toThrow(RangeError);
    await expect(tree.root(257)).rejects.toThrow(TileMissingError);
  });
});
