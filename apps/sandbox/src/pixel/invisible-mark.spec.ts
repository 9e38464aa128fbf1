import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createCanvas, Image } from '@napi-rs/canvas';
import { fontFamily, loadFonts } from '../pixel-source/fonts.loader.js';
import { burnMarks } from './burnt-marks.js';
import { markDeltas, markPayload, readMark } from './invisible-mark.js';
import { decodeJpeg, encodeJpeg, lumaOf, type RgbaPicture } from './jpeg.codec.js';
import { markPattern } from './mark-pattern.codec.js';
import { everyTile, screenSize, tileGrid, tileRectangle } from './tiles.js';

const grid = tileGrid(screenSize);
const pattern = markPattern(Buffer.alloc(32, 7), screenSize);
const { width, height } = screenSize;

/** A page of work: a table in two scripts, and a line of a chart. */
function page(seed: number): Uint32Array {
  loadFonts();
  const canvas = createCanvas(width, height);
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#f3f5f7';
  paper.fillRect(0, 0, width, height);
  paper.fillStyle = '#1d2939';
  paper.fillRect(0, 0, 220, height);
  paper.fillStyle = '#111';
  paper.font = `14px "${fontFamily}"`;
  for (let row = 0; row < 34; row += 1)
    paper.fillText(`中医证候 ${row * seed} · 人数 ${(row * 37 * seed) % 900}`, 240, 24 + row * 20);
  paper.strokeStyle = '#0b6e4f';
  paper.beginPath();
  for (let x = 0; x < 500; x += 5) paper.lineTo(700 + x, 300 + 120 * Math.sin(x / 40 + seed));
  paper.stroke();
  const { data } = paper.getImageData(0, 0, width, height);
  return new Uint32Array(data.buffer.slice(0));
}

function marked(pixels: Uint32Array, epoch: number): RgbaPicture {
  const marks = { lettering: new Uint8Array(width * height), deltas: markDeltas(pattern, markPayload(epoch)) };
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (const index of everyTile(grid)) {
    const { x, y, width: wide, height: high } = tileRectangle(grid, index);
    const tile = burnMarks(grid, pixels, index, marks);
    for (let row = 0; row < high; row += 1) {
      rgba.set(tile.subarray(row * wide * 4, (row + 1) * wide * 4), ((y + row) * width + x) * 4);
    }
  }
  return { width, height, rgba };
}

async function halved(picture: RgbaPicture): Promise<RgbaPicture> {
  const image = new Image();
  image.src = encodeJpeg(picture, 90);
  await image.decode();
  const paper = createCanvas(width / 2, height / 2).getContext('2d');
  paper.drawImage(image, 0, 0, width / 2, height / 2);
  return { width: width / 2, height: height / 2, rgba: paper.getImageData(0, 0, width / 2, height / 2).data };
}

describe('The invisible mark', () => {
  it('is read back from what JPEG leaves at quality 70 and 40, and from half the size', async () => {
    for (let turn = 1; turn <= 3; turn += 1) {
      const epoch = randomInt(2 ** 24);
      const picture = marked(page(turn), epoch);
      for (const quality of [70, 40]) {
        const reading = readMark(lumaOf(decodeJpeg(encodeJpeg(picture, quality))), pattern);
        expect(reading).toMatchObject({ epoch, payload: markPayload(epoch) });
      }
      expect(readMark(lumaOf(await halved(picture)), pattern).epoch).toBe(epoch);
    }
  });

  it('is found in no picture that has none, nor by another key', () => {
    const plain = page(5);
    const unmarked = { width, height, rgba: new Uint8ClampedArray(plain.buffer) };
    expect(readMark(lumaOf(decodeJpeg(encodeJpeg(unmarked, 70))), pattern).epoch).toBeUndefined();
    const other = markPattern(Buffer.alloc(32, 8), screenSize);
    expect(readMark(lumaOf(marked(plain, 4711)), other).epoch).toBeUndefined();
  });

  it('keeps the picture: at least 42 dB', () => {
    const plain = page(2);
    const before = new Uint8ClampedArray(plain.buffer);
    const after = marked(plain, 99).rgba;
    let squares = 0;
    for (let at = 0; at < before.length; at += 4) squares += ((before[at] ?? 0) - (after[at] ?? 0)) ** 2;
    expect(10 * Math.log10(255 ** 2 / (squares / (width * height)))).toBeGreaterThanOrEqual(42);
  });
});
