/** Pixels of one tile, and where it lies: tiles count row by row. */
export interface PaintedTile {
  readonly index: number;
  readonly jpeg: Uint8Array<ArrayBuffer>;
}

/** Paints tiles onto a canvas, frame after frame in their order, however long each takes to decode. */
export class TilePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #tile: number;
  #last: Promise<void> = Promise.resolve();

  /** @param tile width and height of a tile, px */
  constructor(canvas: HTMLCanvasElement, size: { readonly width: number; readonly height: number }, tile: number) {
    this.#canvas = canvas;
    this.#tile = tile;
    if (canvas.width !== size.width) canvas.width = size.width;
    if (canvas.height !== size.height) canvas.height = size.height;
  }

  /** Resolves when the tiles are seen. */
  paint(tiles: readonly PaintedTile[]): Promise<void> {
    const pictures = Promise.all(tiles.map(({ jpeg }) => createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }))));
    const done = this.#last.then(async () => this.#draw(tiles, await pictures));
    // What cannot be decoded leaves the tile as it was; the next frame goes on.
    this.#last = done.catch(() => undefined);
    return done;
  }

  #draw(tiles: readonly PaintedTile[], pictures: readonly ImageBitmap[]): void {
    const context = this.#canvas.getContext('2d');
    const columns = Math.ceil(this.#canvas.width / this.#tile);
    for (const [at, { index }] of tiles.entries()) {
      const picture = pictures[at];
      if (picture === undefined) continue;
      context?.drawImage(picture, (index % columns) * this.#tile, Math.floor(index / columns) * this.#tile);
      picture.close();
    }
  }
}
