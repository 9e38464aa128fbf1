import { HASH_BYTES, TILE_WIDTH, tilePath, type Tile, type TileReader, type TileRef } from '@hetao/proofs';

/** 8 MB: above the leaves' own tiles, a log of 60 million entries has no more than that. */
const MAX_TILES = 1_024;

/**
 * Keeps full tiles above the leaves: every proof needs them, and once full they never change, so there is nothing to
 * invalidate. Tiles of leaves are too many, and partial ones still grow.
 */
export function cachedTiles(read: TileReader): TileReader {
  const kept = new Map<string, Tile>();
  return async (refs) => {
    const known = refs.flatMap((ref) => kept.get(tilePath(ref)) ?? []);
    const missing = refs.filter((ref) => !kept.has(tilePath(ref)));
    const found = missing.length === 0 ? [] : await read(missing);
    for (const tile of found) if (isKept(tile)) keep(kept, tile);
    return [...known, ...found];
  };
}

function isKept(tile: Tile): boolean {
  return tile.level > 0 && tile.hashes.length === TILE_WIDTH * HASH_BYTES;
}

function keep(kept: Map<string, Tile>, tile: Tile): void {
  const [oldest] = kept.keys();
  if (kept.size >= MAX_TILES && oldest !== undefined) kept.delete(oldest);
  const ref: TileRef = tile;
  // A copy: what the driver hands out may be a piece of a much larger buffer.
  kept.set(tilePath(ref), { ...tile, hashes: tile.hashes.slice() });
}
