import { decodeFrame, type Frame } from './frame.codec.js';
import { decodeJpeg, type RgbaPicture } from './jpeg.codec.js';
import { tileRectangle, type TileGrid } from './tiles.js';

/** The screen as a viewer has it, put together frame by frame: for the player, and to read marks from. */
export class FrameAssembler {
  readonly #grid: TileGrid;
  readonly #rgba: Uint8ClampedArray;
  readonly #seen = new Set<number>();

  constructor(grid: TileGrid) {
    this.#grid = grid;
    this.#rgba = new Uint8ClampedArray(grid.width * grid.height * 4);
  }

  /** @throws RangeError when the bytes are no frame. */
  add(bytes: Buffer): Frame {
    const frame = decodeFrame(bytes);
    for (const { index, jpeg } of frame.tiles) {
      this.#seen.add(index);
      const { x, y, width, height } = tileRectangle(this.#grid, index);
      const { rgba } = decodeJpeg(jpeg);
      for (let row = 0; row < height; row += 1) {
        this.#rgba.set(rgba.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * this.#grid.width + x) * 4);
      }
    }
    return frame;
  }

  /** Whether every tile has been shown once. */
  get whole(): boolean {
    return this.#seen.size === this.#grid.count;
  }

  get picture(): RgbaPicture {
    return { width: this.#grid.width, height: this.#grid.height, rgba: this.#rgba };
  }
}
