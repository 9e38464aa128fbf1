import { bytesToHex } from '@noble/hashes/utils.js';
import { consistencyRanges, inclusionRanges, perfectSubtrees, type LeafRange, type PerfectSubtree } from './ranges.js';
import { hashAt, TILE_LEVELS, TILE_WIDTH, tilePath, type Tile, type TileNeed, type TileRef } from './tiles.js';
import { HASH_BYTES, type TreeHasher } from './tree-hasher.js';

/**
 * Reads stored tiles, all at once: a proof needs at most a dozen. A tile may come wider than the tree that is asked
 * about, since its first hashes never change.
 */
export type TileReader = (tiles: readonly TileNeed[]) => Promise<readonly Tile[]>;

/** Thrown when stored tiles cannot be what the tree's size says: the store is damaged, not the question. */
export class TileMissingError extends Error {
  override readonly name = 'TileMissingError';

  constructor(tile: TileRef) {
    super(`Tile ${tilePath(tile)} is missing or too short.`);
  }
}

/** Proofs and roots of a tree of any size whose tiles are stored somewhere. */
export class TileTree {
  constructor(
    private readonly hasher: TreeHasher,
    private readonly read: TileReader,
  ) {}

  /** Root of the tree's first `size` leaves, in hexadecimal. */
  async root(size: number): Promise<string> {
    if (size === 0) return bytesToHex(this.hasher.empty());
    const [root = ''] = await this.#hashes([{ start: 0, end: size }]);
    return root;
  }

  /** As `inclusionProof`, from tiles. @throws RangeError when there is no such leaf. */
  inclusionProof(index: number, size: number): Promise<readonly string[]> {
    return this.#hashes(inclusionRanges(index, size));
  }

  /** As `consistencyProof`, from tiles. @throws RangeError when `from` is not between 1 and `to`. */
  consistencyProof(from: number, to: number): Promise<readonly string[]> {
    return this.#hashes(consistencyRanges(from, to));
  }

  async #hashes(ranges: readonly LeafRange[]): Promise<readonly string[]> {
    const parts = ranges.map((range) => perfectSubtrees(range));
    const tiles = new Map((await this.read(needed(parts.flat()))).map((tile) => [tilePath(tile), tile]));
    return parts.map((subtrees) => {
      const hashes = subtrees.map((subtree) => this.#subtreeHash(subtree, tiles));
      return bytesToHex(hashes.reduceRight((right, left) => this.hasher.node(left, right)));
    });
  }

  #subtreeHash(subtree: PerfectSubtree, tiles: ReadonlyMap<string, Tile>): Uint8Array {
    const { ref, first, width } = inTile(subtree);
    const tile = tiles.get(tilePath(ref));
    if (tile === undefined || tile.hashes.length < (first + width) * HASH_BYTES) throw new TileMissingError(ref);
    return (
      tile.roots?.at(subtree.level % TILE_LEVELS, first / width) ?? perfectRoot(this.hasher, tile.hashes, first, width)
    );
  }
}

/** Each tile once, with as many hashes as the subtrees need of it. */
function needed(subtrees: readonly PerfectSubtree[]): TileNeed[] {
  const needs = new Map<string, TileNeed>();
  for (const subtree of subtrees) {
    const { ref, first, width } = inTile(subtree);
    const path = tilePath(ref);
    needs.set(path, { ...ref, width: Math.max(first + width, needs.get(path)?.width ?? 0) });
  }
  return [...needs.values()];
}

/** Root over `width` (a power of two) neighbouring hashes. */
export function perfectRoot(hasher: TreeHasher, hashes: Uint8Array, first: number, width: number): Uint8Array {
  if (width === 1) return hashAt(hashes, first);
  const half = width / 2;
  return hasher.node(perfectRoot(hasher, hashes, first, half), perfectRoot(hasher, hashes, first + half, half));
}

/** The tile that holds a perfect subtree, and where in it the subtree's hashes stand. */
function inTile({ level, index }: PerfectSubtree): { ref: TileRef; first: number; width: number } {
  const width = 2 ** (level % TILE_LEVELS);
  const start = index * width;
  return {
    ref: { level: Math.floor(level / TILE_LEVELS), index: Math.floor(start / TILE_WIDTH) },
    first: start % TILE_WIDTH,
    width,
  };
}
