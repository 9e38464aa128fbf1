/** One tile as it is shown: its number, and its pixels as JPEG. */
export interface FrameTile<Bytes extends Uint8Array = Uint8Array> {
  readonly index: number;
  readonly jpeg: Bytes;
}

/** What is shown at once, and recorded byte for byte before. */
export interface Frame<Bytes extends Uint8Array = Uint8Array> {
  /** Counts up by one from 1 within a session, over all connections. */
  readonly sequence: number;
  readonly atMs: number;
  /** Number of the last input that what is shown has heard of; 0 before the first. */
  readonly input: number;
  readonly tiles: readonly FrameTile<Bytes>[];
}

const KIND_FRAME = 1;
const HEAD_BYTES = 1 + 4 + 8 + 4 + 2;
const TILE_HEAD_BYTES = 2 + 4;

/** What one tile costs in a frame, in bytes. */
export function frameTileBytes({ jpeg }: FrameTile): number {
  return TILE_HEAD_BYTES + jpeg.byteLength;
}

/** What a frame costs beside its tiles, in bytes. */
export const frameHeadBytes = HEAD_BYTES;

/** `u8 kind = 1, u32 sequence, f64 time in ms, u32 input, u16 tiles`, then for each `u16 index, u32 length, JPEG`; big-endian. */
export function encodeFrame({ sequence, atMs, input, tiles }: Frame): Uint8Array<ArrayBuffer> {
  const length = tiles.reduce((sum, tile) => sum + frameTileBytes(tile), HEAD_BYTES);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, KIND_FRAME);
  view.setUint32(1, sequence);
  view.setFloat64(5, atMs);
  view.setUint32(13, input);
  view.setUint16(17, tiles.length);
  let at = HEAD_BYTES;
  for (const { index, jpeg } of tiles) {
    view.setUint16(at, index);
    view.setUint32(at + 2, jpeg.byteLength);
    bytes.set(jpeg, at + TILE_HEAD_BYTES);
    at += TILE_HEAD_BYTES + jpeg.byteLength;
  }
  return bytes;
}

/** Tiles are views of the bytes given: nothing is copied. @throws RangeError when the bytes are no frame. */
export function decodeFrame<Buffer extends ArrayBufferLike>(bytes: Uint8Array<Buffer>): Frame<Uint8Array<Buffer>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEAD_BYTES || view.getUint8(0) !== KIND_FRAME) throw new RangeError('This is no frame.');
  const count = view.getUint16(17);
  const tiles: FrameTile<Uint8Array<Buffer>>[] = [];
  let at = HEAD_BYTES;
  for (let tile = 0; tile < count; tile += 1) {
    const start = at + TILE_HEAD_BYTES;
    if (start > bytes.byteLength) throw new RangeError('The frame is cut off.');
    const end = start + view.getUint32(at + 2);
    if (end > bytes.byteLength) throw new RangeError('The frame is cut off.');
    tiles.push({ index: view.getUint16(at), jpeg: bytes.subarray(start, end) });
    at = end;
  }
  if (at !== bytes.byteLength) throw new RangeError('The frame has more bytes than tiles.');
  return { sequence: view.getUint32(1), atMs: view.getFloat64(5), input: view.getUint32(13), tiles };
}
