/**
 * A mark of 32 bits in the brightness of a picture, blind: it is read without the original. Every 8 × 8 block is a little
 * brighter or darker, as its bit and its secret sign say; which block carries which bit nobody knows without the key.
 */
export const MARK_BITS = 32;
export const MARK_BLOCK_PX = 8;
/** Steps of 255 by which a block is raised or lowered: 42.6 dB, and it survives JPEG at quality 40 and half the size. */
export const MARK_AMPLITUDE = 2;

/** Which bit a block carries and with which sign, row by row. Made from the key, see mark-pattern.codec.ts. */
export interface MarkPattern {
  readonly columns: number;
  readonly rows: number;
  readonly bit: Uint8Array;
  /** 1 or -1. */
  readonly sign: Int8Array;
}

/** A picture in brightness, 0 to 255, row by row. */
export interface LumaPicture {
  readonly width: number;
  readonly height: number;
  readonly luma: Uint8Array;
}

export interface MarkReading {
  readonly payload: number;
  /** The weakest bit's distance from chance, in standard deviations. */
  readonly confidence: number;
  /** Which picture it was shown in; undefined when the picture carries no mark of this key. */
  readonly epoch: number | undefined;
}

/** Below this a picture has no mark: by chance one of 10^16 pictures would have all of its 32 bits above. */
const MIN_CONFIDENCE = 1.2;
/** What a block may weigh, in steps of brightness: lettering and lines are no mark. */
const MAX_RESIDUE = 4;

/** 24 bits that name a stretch of a session, and 8 to tell a wrong reading. */
export function markPayload(epoch: number): number {
  return ((epoch << 8) | checksum(epoch)) >>> 0;
}

/** By how much each block of a picture is raised, block by block. */
export function markDeltas(pattern: MarkPattern, payload: number): Int8Array {
  return Int8Array.from(pattern.bit, (bit, block) => {
    const up = ((payload >>> bit) & 1) === 1 ? 1 : -1;
    return up * (pattern.sign[block] ?? 1) * MARK_AMPLITUDE;
  });
}

/**
 * Reads the mark of a whole screen, of any size: photographs of it have to be straightened first. The median of a block
 * says how bright its ground is, whatever is written on it; against the median of its neighbours remains the mark.
 */
export function readMark(picture: LumaPicture, pattern: MarkPattern): MarkReading {
  const grounds = blockMedians(picture, pattern);
  const score = new Float64Array(MARK_BITS);
  const weight = new Float64Array(MARK_BITS);
  for (let block = 0; block < grounds.length; block += 1) {
    const residue = (grounds[block] ?? 0) - aroundMedian(grounds, pattern, block);
    // A border between two areas is no mark, however small its step was made.
    if (Math.abs(residue) > 3 * MAX_RESIDUE) continue;
    const kept = Math.max(-MAX_RESIDUE, Math.min(MAX_RESIDUE, residue));
    const bit = pattern.bit[block] ?? 0;
    score[bit] = (score[bit] ?? 0) + kept * (pattern.sign[block] ?? 1);
    weight[bit] = (weight[bit] ?? 0) + kept * kept;
  }
  let payload = 0;
  let confidence = Infinity;
  for (let bit = 0; bit < MARK_BITS; bit += 1) {
    const sum = score[bit] ?? 0;
    if (sum > 0) payload |= 1 << bit;
    confidence = Math.min(confidence, Math.abs(sum) / Math.sqrt(Math.max(weight[bit] ?? 0, 1)));
  }
  payload >>>= 0;
  const epoch = payload >>> 8;
  const sure = confidence >= MIN_CONFIDENCE && checksum(epoch) === (payload & 0xff);
  return { payload, confidence, epoch: sure ? epoch : undefined };
}

function blockMedians({ width, height, luma }: LumaPicture, { columns, rows }: MarkPattern): Float64Array {
  const medians = new Float64Array(columns * rows);
  const counts = new Uint16Array(256);
  for (let row = 0; row < rows; row += 1) {
    const top = Math.round((row * height) / rows);
    const bottom = Math.round(((row + 1) * height) / rows);
    for (let column = 0; column < columns; column += 1) {
      const left = Math.round((column * width) / columns);
      const right = Math.round(((column + 1) * width) / columns);
      counts.fill(0);
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) {
          counts[luma[at] ?? 0] = (counts[luma[at] ?? 0] ?? 0) + 1;
        }
      }
      medians[row * columns + column] = medianOf(counts, (bottom - top) * (right - left));
    }
  }
  return medians;
}

/** Of a histogram. Within its step the median is where the middle of the count falls, so rounding adds no steps. */
function medianOf(counts: Uint16Array, total: number): number {
  const middle = total / 2;
  let below = 0;
  for (let value = 0; value < counts.length; value += 1) {
    const here = counts[value] ?? 0;
    if (below + here >= middle && here > 0) return value - 0.5 + (middle - below) / here;
    below += here;
  }
  return 0;
}

function aroundMedian(grounds: Float64Array, { columns, rows }: MarkPattern, block: number): number {
  const row = Math.floor(block / columns);
  const column = block % columns;
  const around: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
    for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
      if (x !== column || y !== row) around.push(grounds[y * columns + x] ?? 0);
    }
  }
  around.sort((a, b) => a - b);
  const half = around.length >> 1;
  return around.length % 2 === 1 ? (around[half] ?? 0) : ((around[half - 1] ?? 0) + (around[half] ?? 0)) / 2;
}

/** CRC-8 (polynomial x^8 + x^2 + x + 1) over the three bytes of an epoch. */
function checksum(epoch: number): number {
  let crc = 0;
  for (const shift of [16, 8, 0]) {
    crc ^= (epoch >>> shift) & 0xff;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x80) !== 0 ? ((crc << 1) ^ 0x07) & 0xff : (crc << 1) & 0xff;
  }
  return crc;
}
