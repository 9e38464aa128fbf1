import { randomFillSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  decodeFrame,
  decodeJpeg,
  everyTile,
  tileRectangle,
  type AreaVerdict,
  type PixelSource,
} from '@hetao/sandbox/pixel';
import { grid, now, pumpOf } from './pixel-world.js';

export interface LeakFigures {
  readonly blockPx: number;
  /** What a perfect receiver could have read, over the whole time, KB/s. */
  readonly kilobytesPerSecond: number;
  readonly frozenAfterSeconds: number;
  readonly mostBytesIn60s: number;
}

const FRAMES_PER_SECOND = 10;

/** A source that shows random black and white blocks: what a hostile renderer would do to carry data out. */
class CodeSource implements PixelSource {
  readonly #blockPx: number;
  readonly pixels = new Uint32Array(grid.width * grid.height);
  #timer: NodeJS.Timeout | undefined;

  constructor(blockPx: number) {
    this.#blockPx = blockPx;
  }
  start(onNews: () => void): Promise<void> {
    this.#timer = setInterval(onNews, 1000 / FRAMES_PER_SECOND);
    return Promise.resolve();
  }
  input(): void {}
  capture() {
    const columns = grid.width / this.#blockPx;
    const bits = randomFillSync(Buffer.alloc(columns * Math.ceil(grid.height / this.#blockPx)));
    for (let y = 0; y < grid.height; y += 1) {
      const row = Math.floor(y / this.#blockPx) * columns;
      for (let x = 0; x < grid.width; x += 1) {
        const bit = (bits[row + Math.floor(x / this.#blockPx)] ?? 0) & 1;
        this.pixels[y * grid.width + x] = bit === 1 ? 0xffffffff : 0xff000000;
      }
    }
    return Promise.resolve({ pixels: this.pixels, dirty: everyTile(grid) });
  }
  caret(): null {
    return null;
  }
  stop(): Promise<void> {
    clearInterval(this.#timer);
    return Promise.resolve();
  }
}

/**
 * Shows codes until the alarm freezes the session, and for the rest of a minute goes on unfrozen, to see what the allowance
 * alone holds back. The receiver is perfect: it knows of every tile which code it was cut from.
 */
export async function measureLeak(blockPx: number, seconds: number): Promise<LeakFigures> {
  const source = new CodeSource(blockPx);
  const from = now();
  const sent: { readonly at: number; readonly bytes: number }[] = [];
  let bits = 0;
  let frozenAt = Infinity;
  const pump = pumpOf(source, {
    record: () => Promise.resolve(),
    show: (frame) => {
      sent.push({ at: now(), bytes: frame.byteLength });
      bits += readable(frame, source.pixels, blockPx);
    },
    onVerdict: (verdict: AreaVerdict) => {
      if (verdict === 'coded') frozenAt = Math.min(frozenAt, now());
      // As if two people had let it go on: at its full rate again.
      if (verdict !== 'calm' && frozenAt < Infinity) pump.absolve();
    },
  });
  await source.start(() => pump.wake());
  pump.run();
  await pause(seconds * 1000);
  await pump.pause();
  await source.stop();
  return {
    blockPx,
    kilobytesPerSecond: bits / 8 / 1000 / seconds,
    frozenAfterSeconds: (frozenAt - from) / 1000,
    mostBytesIn60s: mostWithin(sent, 60_000),
  };
}

/** Bits that arrive, less what their errors cost: the capacity of a binary channel with that share of errors. */
function readable(frame: Buffer, code: Uint32Array, blockPx: number): number {
  let right = 0;
  let read = 0;
  for (const { index, jpeg } of decodeFrame(frame).tiles) {
    const { x, y, width, height } = tileRectangle(grid, index);
    const { rgba } = decodeJpeg(jpeg);
    for (let top = blockPx / 2; top < height; top += blockPx) {
      for (let left = blockPx / 2; left < width; left += blockPx) {
        const sent = (code[(y + top) * grid.width + x + left] ?? 0) === 0xffffffff;
        read += 1;
        if ((rgba[4 * (top * width + left)] ?? 0) > 127 === sent) right += 1;
      }
    }
  }
  const errors = read === 0 ? 0 : Math.min(0.5, (read - right) / read);
  return read * (1 - entropy(errors));
}

function entropy(share: number): number {
  return share <= 0 || share >= 1 ? 0 : -share * Math.log2(share) - (1 - share) * Math.log2(1 - share);
}

function mostWithin(sent: readonly { at: number; bytes: number }[], windowMs: number): number {
  return Math.max(
    0,
    ...sent.map(({ at }) =>
      sent.filter((one) => one.at > at - windowMs && one.at <= at).reduce((sum, { bytes }) => sum + bytes, 0),
    ),
  );
}
