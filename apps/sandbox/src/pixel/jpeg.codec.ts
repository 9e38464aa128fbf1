import { createRequire } from 'node:module';
import type * as JpegTurbo from '@julusian/jpeg-turbo';

// The package is CommonJS that loads a native file by itself; its names are not visible to a static import.
const turbo = createRequire(import.meta.url)('@julusian/jpeg-turbo') as typeof JpegTurbo;

export const JPEG_QUALITY = 70;

/** Pixels of a picture: RGBA, row by row. */
export interface RgbaPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** A picture as JPEG, 4:2:0. */
export function encodeJpeg({ width, height, rgba }: RgbaPicture, quality = JPEG_QUALITY): Buffer {
  const raw = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  return turbo.compressSync(raw, {
    format: turbo.FORMAT_RGBA,
    width,
    height,
    quality,
    subsampling: turbo.SAMP_420,
  });
}

/** @throws Error when it is no JPEG. */
export function decodeJpeg(jpeg: Buffer): RgbaPicture {
  const { data, width, height } = turbo.decompressSync(jpeg, { format: turbo.FORMAT_RGBA });
  return { width, height, rgba: data };
}

/** Brightness of a picture (Rec. 601, as JPEG has it). */
export function lumaOf({ width, height, rgba }: RgbaPicture): {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
} {
  const luma = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const at = 4 * pixel;
    return Math.round(0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0));
  });
  return { width, height, luma };
}
