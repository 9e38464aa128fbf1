import * as pixels from '@hetao/pixels';

export { frameHeadBytes, frameTileBytes } from '@hetao/pixels';
export type Frame = pixels.Frame<Buffer>;
export type FrameTile = pixels.FrameTile<Buffer>;

/** See @hetao/pixels; a viewer reads it with the same code. */
export function encodeFrame(frame: Frame): Buffer {
  return view(pixels.encodeFrame(frame));
}

/** @throws RangeError when the bytes are no frame. */
export function decodeFrame(bytes: Buffer): Frame {
  const { tiles, ...frame } = pixels.decodeFrame(bytes);
  return { ...frame, tiles: tiles.map(({ index, jpeg }) => ({ index, jpeg: view(jpeg) })) };
}

/** The same bytes, as Node calls them. */
function view({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
