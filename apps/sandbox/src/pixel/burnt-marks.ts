import { MARK_BLOCK_PX } from './invisible-mark.js';
import { tileRectangle, type TileGrid } from './tiles.js';

/** What is burnt into every tile before it is encoded. */
export interface Marks {
  /** Of the visible mark: how much of each pixel is lettering, 0 to 255, row by row over the whole screen. */
  readonly lettering: Uint8Array;
  /** Of the invisible mark: by how much each 8 × 8 block is raised. */
  readonly deltas: Int8Array;
}

/** Of the visible mark; 0.10 to 0.12 is readable in a photograph and does not hinder reading what lies below. */
export const LETTERING_ALPHA = 0.12;

const DARK = 127;

/**
 * A tile of the source's picture with both marks burnt in, as RGBA. Lettering is black on light ground and white on dark.
 * The typed arrays clamp: near black and white the invisible mark loses half of its blocks, so sources keep a little off.
 */
export function burnMarks(grid: TileGrid, picture: Uint32Array, index: number, marks: Marks): Uint8ClampedArray {
  const { x: left, y: top, width, height } = tileRectangle(grid, index);
  const burnt = new Uint8ClampedArray(width * height * 4);
  const blockColumns = Math.ceil(grid.width / MARK_BLOCK_PX);
  let out = 0;
  for (let y = top; y < top + height; y += 1) {
    const blocks = Math.floor(y / MARK_BLOCK_PX) * blockColumns;
    for (let x = left; x < left + width; x += 1) {
      const at = y * grid.width + x;
      const pixel = picture[at] ?? 0;
      const delta = marks.deltas[blocks + (x >> 3)] ?? 0;
      const share = ((marks.lettering[at] ?? 0) * LETTERING_ALPHA) / 255;
      // Little-endian, as every platform we run on: red is the lowest byte.
      const red = pixel & 0xff;
      const green = (pixel >>> 8) & 0xff;
      const blue = (pixel >>> 16) & 0xff;
      const ink = red + green + blue > 3 * DARK ? 0 : 255;
      burnt[out] = red + (ink - red) * share + delta;
      burnt[out + 1] = green + (ink - green) * share + delta;
      burnt[out + 2] = blue + (ink - blue) * share + delta;
      burnt[out + 3] = 255;
      out += 4;
    }
  }
  return burnt;
}
