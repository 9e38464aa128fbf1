import { createCipheriv, createHmac } from 'node:crypto';
import { MARK_BITS, MARK_BLOCK_PX, type MarkPattern } from './invisible-mark.js';

/**
 * The pattern of a key for a screen of this size. The blocks are shuffled, then dealt to the bits one by one, so that every
 * bit has as many; their order and their signs come from the key alone.
 */
export function markPattern(
  key: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
): MarkPattern {
  const columns = Math.ceil(width / MARK_BLOCK_PX);
  const rows = Math.ceil(height / MARK_BLOCK_PX);
  const count = columns * rows;
  const random = randomWords(key, `hetao pixel mark 1 ${columns}x${rows}`, 2 * count);
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last -= 1) {
    // 32 bits for a choice of some thousands: what remains uneven is below one in 10^5, and no secret hangs on it.
    const other = (random[last] ?? 0) % (last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  const bit = new Uint8Array(count);
  const sign = new Int8Array(count);
  for (const [turn, block] of order.entries()) {
    bit[block] = turn % MARK_BITS;
    sign[block] = ((random[count + turn] ?? 0) & 1) === 1 ? 1 : -1;
  }
  return { columns, rows, bit, sign };
}

/** Words of a stream that only the key can make: AES-256-CTR under a key that HMAC-SHA256 derives for this purpose. */
function randomWords(key: Buffer, purpose: string, count: number): Uint32Array {
  const derived = createHmac('sha256', key).update(purpose).digest();
  const stream = createCipheriv('aes-256-ctr', derived, Buffer.alloc(16)).update(Buffer.alloc(4 * count));
  return Uint32Array.from({ length: count }, (_, index) => stream.readUInt32LE(4 * index));
}
