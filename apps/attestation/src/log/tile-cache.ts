import {
  HASH_BYTES,
  TILE_WIDTH,
  tilePath,
  TileRoots,
  type Tile,
  type TileNeed,
  type TileReader,
  type TreeHasher,
} from '@hetao/proofs';

/** 16 MB with what is hashed out of them: above the leaves' own tiles, a log of 60 million entries has no more. */
const MAX_TILES = 1_024;

/**
 * Keeps the tiles that every proof needs: those above the leaves, and those at the right edge. The hashes of a tile never
 * change, they only become more, so there is nothing to invalidate: a kept tile that has become too short is read
 * again. Full tiles of leaves are too many to keep. The least recently used go first.
 */
export function cachedTiles(hasher: TreeHasher, read: TileReader): TileReader {
  const kept = new Map<string, Tile>();
  return async (needs) => {
    const known = needs.flatMap((need) => recall(kept, need) ?? []);
    const missing = needs.filter(
      (need) => !known.some(({ level, index }) => level === need.level && index === need.index),
    );
    const found = missing.length === 0 ? [] : await read(missing);
    return [...known, ...found.map((tile) => (isKept(tile) ? keep(kept, hasher, tile) : tile))];
  };
}

/** A kept tile with enough hashes, moved to the end of the line of those that are forgotten. */
function recall(kept: Map<string, Tile>, need: TileNeed): Tile | undefined {
  const path = tilePath(need);
  const tile = kept.get(path);
  if (tile === undefined || tile.hashes.length < need.width * HASH_BYTES) return undefined;
  kept.delete(path);
  kept.set(path, tile);
  return tile;
}

function isKept({ level, hashes }: Tile): boolean {
  return level > 0 || hashes.length < TILE_WIDTH * HASH_BYTES;
}

function keep(kept: Map<string, Tile>, hasher: TreeHasher, { level, index, hashes }: Tile): Tile {
  // A copy: what the driver hands out may be a piece of a much larger buffer.
  const own = hashes.slice();
  const tile = { level, index, hashes: own, roots: new TileRoots(hasher, own) };
  const path = tilePath(tile);
  kept.delete(path);
  const [oldest] = kept.keys();
  if (kept.size >= MAX_TILES && oldest !== undefined) kept.delete(oldest);
  kept.set(path, tile);
  return tile;
}
