/** A screen cut into squares, numbered row by row from the top left. All lengths in px. */
export interface TileGrid {
  readonly width: number;
  readonly height: number;
  readonly tile: number;
  readonly columns: number;
  readonly rows: number;
  readonly count: number;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const screenSize = { width: 1280, height: 720 } as const;
/** A multiple of 16, so that colour halved in both directions ends at the same border as the tile. */
export const TILE_PX = 80;

export function tileGrid({ width, height }: { readonly width: number; readonly height: number }): TileGrid {
  const columns = Math.ceil(width / TILE_PX);
  const rows = Math.ceil(height / TILE_PX);
  return { width, height, tile: TILE_PX, columns, rows, count: columns * rows };
}

/** Where a tile lies; those at the right and lower edge may be smaller. */
export function tileRectangle(grid: TileGrid, index: number): Rectangle {
  const x = (index % grid.columns) * grid.tile;
  const y = Math.floor(index / grid.columns) * grid.tile;
  return { x, y, width: Math.min(grid.tile, grid.width - x), height: Math.min(grid.tile, grid.height - y) };
}

/** The tiles a rectangle touches; what lies outside of the screen touches none. */
export function tilesUnder(grid: TileGrid, { x, y, width, height }: Rectangle): number[] {
  const first = { column: Math.max(0, Math.floor(x / grid.tile)), row: Math.max(0, Math.floor(y / grid.tile)) };
  const last = {
    column: Math.min(grid.columns, Math.ceil((x + width) / grid.tile)),
    row: Math.min(grid.rows, Math.ceil((y + height) / grid.tile)),
  };
  const under: number[] = [];
  for (let row = first.row; row < last.row; row += 1) {
    for (let column = first.column; column < last.column; column += 1) under.push(row * grid.columns + column);
  }
  return under;
}

export function everyTile(grid: TileGrid): number[] {
  return Array.from({ length: grid.count }, (_, index) => index);
}

/**
 * Brings `shown` up to `next` in the tiles named, and says which of them really differed. Pixels are 32 bit, row by row.
 */
export function takeChanges(
  grid: TileGrid,
  shown: Uint32Array,
  next: Uint32Array,
  candidates: Iterable<number>,
): number[] {
  const changed: number[] = [];
  for (const index of candidates) if (takeTile(grid, shown, next, index)) changed.push(index);
  return changed;
}

function takeTile(grid: TileGrid, shown: Uint32Array, next: Uint32Array, index: number): boolean {
  const { x, y, width, height } = tileRectangle(grid, index);
  let differs = false;
  for (let row = y; row < y + height; row += 1) {
    const start = row * grid.width + x;
    for (let at = start; at < start + width; at += 1) {
      if (shown[at] === next[at]) continue;
      differs = true;
      shown[at] = next[at] ?? 0;
    }
  }
  return differs;
}
