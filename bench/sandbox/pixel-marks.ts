import { createCanvas, Image } from '@napi-rs/canvas';
import {
  burnMarks,
  CanvasSource,
  decodeJpeg,
  encodeJpeg,
  everyTile,
  lumaOf,
  markDeltas,
  markPayload,
  readMark,
  tileRectangle,
  WorkbenchDesk,
  type RgbaPicture,
} from '@hetao/sandbox/pixel';
import { desk, grid, marksOf, now, pattern } from './pixel-world.js';

export interface MarkFigures {
  readonly frames: number;
  readonly readBack: { readonly raw: number; readonly jpegQ40: number; readonly halfSize: number };
  readonly unmarked: number;
  readonly falseAttributions: number;
  readonly visibleOn: number;
}

/** Reads the invisible mark back from frames of work after what is done to leaked pictures; and from frames without one. */
export async function measureMarks(frames: number): Promise<MarkFigures> {
  const source = new CanvasSource(
    new WorkbenchDesk(desk, { title: 'bench', language: 'zh-Hant', pollMs: 60_000, onFailure: () => undefined }),
    grid,
  );
  await source.start(() => undefined);
  const { lettering } = marksOf().at(now());
  const readBack = { raw: 0, jpegQ40: 0, halfSize: 0 };
  let falseAttributions = 0;
  let visibleOn = 0;
  source.input({ kind: 'pointer', action: 'down', x: 1000, y: 90, delta: 0 });
  for (let frame = 0; frame < frames; frame += 1) {
    for (const key of `行 ${frame} select ${frame * 7919} `) source.input({ kind: 'text', text: key });
    if (frame % 5 === 0) source.input({ kind: 'key', key: 'PageDown', modifiers: [] });
    const { pixels } = await source.capture();
    const epoch = (frame * 2_654_435_761) % 2 ** 24;
    const marked = burnt(pixels, { lettering, deltas: markDeltas(pattern, markPayload(epoch)) });
    const q40 = decodeJpeg(encodeJpeg(marked, 40));
    if (readMark(lumaOf(marked), pattern).epoch === epoch) readBack.raw += 1;
    if (readMark(lumaOf(q40), pattern).epoch === epoch) readBack.jpegQ40 += 1;
    if (readMark(lumaOf(await halved(marked)), pattern).epoch === epoch) readBack.halfSize += 1;
    const plain = burnt(pixels, { lettering, deltas: new Int8Array(pattern.bit.length) });
    if (readMark(lumaOf(decodeJpeg(encodeJpeg(plain, 70))), pattern).epoch !== undefined) falseAttributions += 1;
    if (darkerUnder(lumaOf(q40).luma, lettering)) visibleOn += 1;
  }
  await source.stop();
  return { frames, readBack, unmarked: frames, falseAttributions, visibleOn };
}

function burnt(pixels: Uint32Array, marks: { lettering: Uint8Array; deltas: Int8Array }): RgbaPicture {
  const rgba = new Uint8ClampedArray(grid.width * grid.height * 4);
  for (const index of everyTile(grid)) {
    const { x, y, width, height } = tileRectangle(grid, index);
    const tile = burnMarks(grid, pixels, index, marks);
    for (let row = 0; row < height; row += 1)
      rgba.set(tile.subarray(row * width * 4, (row + 1) * width * 4), ((y + row) * grid.width + x) * 4);
  }
  return { width: grid.width, height: grid.height, rgba };
}

async function halved(picture: RgbaPicture): Promise<RgbaPicture> {
  const image = new Image();
  image.src = encodeJpeg(picture, 90);
  await image.decode();
  const size = { width: picture.width / 2, height: picture.height / 2 };
  const paper = createCanvas(size.width, size.height).getContext('2d');
  paper.drawImage(image, 0, 0, size.width, size.height);
  return { ...size, rgba: paper.getImageData(0, 0, size.width, size.height).data };
}

/** On light ground the lettering is darker than what is around it. */
function darkerUnder(luma: Uint8Array, lettering: Uint8Array): boolean {
  const sums = [0, 0, 0, 0];
  for (let at = 0; at < luma.length; at += 1) {
    if ((luma[at] ?? 0) < 160) continue;
    const ink = (lettering[at] ?? 0) > 200 ? 0 : 2;
    if (ink === 2 && lettering[at] !== 0) continue;
    sums[ink] = (sums[ink] ?? 0) + (luma[at] ?? 0);
    sums[ink + 1] = (sums[ink + 1] ?? 0) + 1;
  }
  const [dark = 0, darks = 1, light = 0, lights = 1] = sums;
  return light / lights - dark / darks > 5;
}
