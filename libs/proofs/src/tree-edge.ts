import { bytesToHex } from '@noble/hashes/utils.js';
import { perfectSubtrees } from './ranges.js';
import { hashAt, TILE_WIDTH, tilePath, type Tile, type TileRef } from './tiles.js';
import { perfectRoot, type TileReader } from './tile-tree.js';
import { HASH_BYTES, type TreeHasher } from './tree-hasher.js';

/** What has to be known of a tree to add to it: its size, and at each tile level the tile that is not yet full. */
export interface TreeEdge {
  readonly size: number;
  /** By tile level, from the leaves up: fewer than 256 hashes each. */
  readonly partial: readonly Uint8Array[];
}

/** The edge of a tree without leaves. */
export const emptyEdge: TreeEdge = { size: 0, partial: [] };

/** What adding leaves comes to: the new edge, and every tile that was written or filled further. */
export interface Appended {
  readonly edge: TreeEdge;
  readonly tiles: readonly Tile[];
}

/** The partial tiles that make up the edge of a tree of this size: what to read before adding to it. */
export function edgeTiles(size: number): readonly TileRef[] {
  const tiles: TileRef[] = [];
  for (let [level, count] = [0, size]; count > 0; [level, count] = [level + 1, Math.floor(count / TILE_WIDTH)]) {
    if (count % TILE_WIDTH > 0) tiles.push({ level, index: Math.floor(count / TILE_WIDTH) });
  }
  return tiles;
}

/**
 * Builds the edge from stored tiles. A tile that is longer than the edge needs is cut: a crash may have left one.
 *
 * @throws RangeError when a tile of the edge is missing or too short.
 */
export function edgeFrom(size: number, tiles: readonly Tile[]): TreeEdge {
  const partial: Uint8Array[] = [];
  for (let [level, count] = [0, size]; count > 0; [level, count] = [level + 1, Math.floor(count / TILE_WIDTH)]) {
    const bytes = (count % TILE_WIDTH) * HASH_BYTES;
    const index = Math.floor(count / TILE_WIDTH);
    const stored = tiles.find((tile) => tile.level === level && tile.index === index)?.hashes ?? new Uint8Array();
    if (stored.length < bytes)
      throw new RangeError(`The edge of ${size} leaves lacks hashes of tile ${level}/${index}.`);
    partial.push(stored.slice(0, bytes));
  }
  return { size, partial };
}

/** Adds leaves to the right of a tree; nothing of the given edge is changed. */
export function appendLeaves(hasher: TreeHasher, edge: TreeEdge, leafHashes: readonly Uint8Array[]): Appended {
  const tiles: Tile[] = [];
  const partial: Uint8Array[] = [];
  let added: readonly Uint8Array[] = leafHashes;
  let count = edge.size;
  for (let level = 0; added.length > 0 || level < edge.partial.length; level += 1) {
    const hashes = joined(edge.partial[level] ?? new Uint8Array(), added);
    const first = Math.floor(count / TILE_WIDTH);
    const full = Math.floor(hashes.length / HASH_BYTES / TILE_WIDTH);
    const roots: Uint8Array[] = [];
    for (let tile = 0; tile < full; tile += 1) {
      const bytes = hashes.subarray(tile * TILE_WIDTH * HASH_BYTES, (tile + 1) * TILE_WIDTH * HASH_BYTES);
      tiles.push({ level, index: first + tile, hashes: bytes });
      roots.push(perfectRoot(hasher, bytes, 0, TILE_WIDTH));
    }
    const rest = hashes.slice(full * TILE_WIDTH * HASH_BYTES);
    if (rest.length > 0 && added.length > 0) tiles.push({ level, index: first + full, hashes: rest });
    partial.push(rest);
    count = Math.floor(count / TILE_WIDTH);
    added = roots;
  }
  return { edge: { size: edge.size + leafHashes.length, partial }, tiles };
}

/**
 * Reads tiles out of what an append came to, without the store. Enough for the inclusion of every leaf it added: beside
 * the way up from a new leaf stand only hashes of tiles that were written, or of the edge.
 */
export function appendedReader({ edge, tiles }: Appended): TileReader {
  const known = new Map(tiles.map((tile) => [tilePath(tile), tile]));
  let count = edge.size;
  edge.partial.forEach((hashes, level) => {
    const tile = { level, index: Math.floor(count / TILE_WIDTH), hashes };
    if (hashes.length > 0) known.set(tilePath(tile), tile);
    count = Math.floor(count / TILE_WIDTH);
  });
  return (refs) => Promise.resolve(refs.flatMap((ref) => known.get(tilePath(ref)) ?? []));
}

/** Root of the tree that ends at this edge, in hexadecimal. */
export function edgeRoot(hasher: TreeHasher, edge: TreeEdge): string {
  let root: Uint8Array | undefined;
  for (const hashes of edge.partial) {
    const runs = perfectSubtrees({ start: 0, end: hashes.length / HASH_BYTES });
    for (const { level, index } of runs.toReversed()) {
      const width = 2 ** level;
      const run = width === 1 ? hashAt(hashes, index) : perfectRoot(hasher, hashes, index * width, width);
      root = root === undefined ? run : hasher.node(run, root);
    }
  }
  return bytesToHex(root ?? hasher.empty());
}

/** By hand, since spreading hundreds of thousands of arguments overflows the stack. */
function joined(known: Uint8Array, added: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(known.length + added.length * HASH_BYTES);
  bytes.set(known);
  added.forEach((hash, position) => bytes.set(hash, known.length + position * HASH_BYTES));
  return bytes;
}
