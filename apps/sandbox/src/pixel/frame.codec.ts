/** One tile as it is shown: its number, and its pixels as JPEG. */
export interface FrameTile {
  readonly index: number;
  readonly jpeg: Buffer;
}

/** What is shown at once, and recorded byte for byte before. */
export interface Frame {
  /** Counts up by one from 1 within a session, over all connections. */
  readonly sequence: number;
  readonly atMs: number;
  /** Number of the last input that what is shown has heard of; 0 before the first. */
  readonly input: number;
  readonly tiles: readonly FrameTile[];
}

const KIND_FRAME = 1;
const HEAD_BYTES = 1 + 4 + 8 + 4 + 2;
const TILE_HEAD_BYTES = 2 + 4;

/** What one tile costs in a frame. */
export function frameTileBytes({ jpeg }: FrameTile): number {
  return TILE_HEAD_BYTES + jpeg.byteLength;
}

export const frameHeadBytes = HEAD_BYTES;

/** `u8 kind = 1, u32 sequence, f64 time in ms, u32 input, u16 tiles`, then for each `u16 index, u32 length, JPEG`; big-endian. */
export function encodeFrame({ sequence, atMs, input, tiles }: Frame): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(KIND_FRAME, 0);
  head.writeUInt32BE(sequence, 1);
  head.writeDoubleBE(atMs, 5);
  head.writeUInt32BE(input, 13);
  head.writeUInt16BE(tiles.length, 17);
  const parts = tiles.flatMap(({ index, jpeg }) => {
    const tileHead = Buffer.alloc(TILE_HEAD_BYTES);
    tileHead.writeUInt16BE(index, 0);
    tileHead.writeUInt32BE(jpeg.byteLength, 2);
    return [tileHead, jpeg];
  });
  return Buffer.concat([head, ...parts]);
}

/** @throws RangeError when the bytes are no frame. */
export function decodeFrame(bytes: Buffer): Frame {
  if (bytes.byteLength < HEAD_BYTES || bytes.readUInt8(0) !== KIND_FRAME) throw new RangeError('This is no frame.');
  const count = bytes.readUInt16BE(17);
  const tiles: FrameTile[] = [];
  let at = HEAD_BYTES;
  for (let tile = 0; tile < count; tile += 1) {
    const index = bytes.readUInt16BE(at);
    const end = at + TILE_HEAD_BYTES + bytes.readUInt32BE(at + 2);
    if (end > bytes.byteLength) throw new RangeError('The frame is cut off.');
    tiles.push({ index, jpeg: bytes.subarray(at + TILE_HEAD_BYTES, end) });
    at = end;
  }
  if (at !== bytes.byteLength) throw new RangeError('The frame has more bytes than tiles.');
  return { sequence: bytes.readUInt32BE(1), atMs: bytes.readDoubleBE(5), input: bytes.readUInt32BE(13), tiles };
}
