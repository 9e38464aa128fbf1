import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Caret, Picture, PixelSource, ViewerInput } from '../pixel/pixel-source.js';
import { everyTile, tileRectangle, tilesUnder, type Rectangle, type TileGrid } from '../pixel/tiles.js';
import { paint } from './canvas.painter.js';
import { loadFonts } from './fonts.loader.js';
import { boundsOf, type Primitive } from './primitives.js';
import type { Scene } from './scene.js';

/**
 * Draws a scene without a browser. Only the tiles under what changed are painted and read back: reading a whole screen
 * takes longer than drawing it.
 */
export class CanvasSource implements PixelSource {
  readonly #scene: Scene;
  readonly #grid: TileGrid;
  readonly #canvas: Canvas;
  readonly #paper: SKRSContext2D;
  readonly #pixels: Uint32Array;
  #painted = new Map<string, Primitive>();

  constructor(scene: Scene, grid: TileGrid) {
    loadFonts();
    this.#scene = scene;
    this.#grid = grid;
    this.#canvas = createCanvas(grid.width, grid.height);
    this.#paper = this.#canvas.getContext('2d');
    this.#pixels = new Uint32Array(grid.width * grid.height);
  }

  start(onNews: () => void): Promise<void> {
    return this.#scene.start(onNews);
  }

  input(event: ViewerInput): void {
    this.#scene.input(event);
  }

  caret(): Caret | null {
    return this.#scene.caret();
  }

  capture(): Promise<Picture> {
    const primitives = this.#scene.picture();
    const dirty = this.#dirtyTiles(primitives);
    this.#repaint(primitives, dirty);
    for (const index of dirty) this.#read(tileRectangle(this.#grid, index));
    return Promise.resolve({ pixels: this.#pixels, dirty });
  }

  stop(): Promise<void> {
    return this.#scene.stop();
  }

  /** The tiles under every primitive that came, went or changed. */
  #dirtyTiles(primitives: readonly Primitive[]): number[] {
    const before = this.#painted;
    const now = new Map(primitives.map((primitive) => [JSON.stringify(primitive), primitive] as const));
    this.#painted = now;
    if (before.size === 0) return everyTile(this.#grid);
    const dirty = new Set<number>();
    const differing = [...now].filter(([key]) => !before.has(key)).concat([...before].filter(([key]) => !now.has(key)));
    for (const [, primitive] of differing) {
      for (const tile of tilesUnder(this.#grid, boundsOf(primitive))) dirty.add(tile);
    }
    return [...dirty];
  }

  #repaint(primitives: readonly Primitive[], dirty: readonly number[]): void {
    const paper = this.#paper;
    paper.save();
    paper.beginPath();
    for (const index of dirty) {
      const { x, y, width, height } = tileRectangle(this.#grid, index);
      paper.rect(x, y, width, height);
    }
    paper.clip();
    const touched = new Set(dirty);
    for (const primitive of primitives) {
      if (tilesUnder(this.#grid, boundsOf(primitive)).some((tile) => touched.has(tile))) paint(paper, primitive);
    }
    paper.restore();
  }

  #read({ x, y, width, height }: Rectangle): void {
    const { data } = this.#paper.getImageData(x, y, width, height);
    const words = new Uint32Array(data.buffer, data.byteOffset, width * height);
    for (let row = 0; row < height; row += 1) {
      this.#pixels.set(words.subarray(row * width, (row + 1) * width), (y + row) * this.#grid.width + x);
    }
  }
}
