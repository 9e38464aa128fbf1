import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PIECE_BYTES, PieceHasher } from './piece.hasher.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('The hashes of a file', () => {
  it('are those of the whole and of each piece, however it came in', () => {
    const file = Buffer.alloc(2 * PIECE_BYTES + 17, 'hetao');
    const steps = fc.array(fc.integer({ min: 1, max: PIECE_BYTES + 3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: file.byteLength }), (lengths, size) => {
        const bytes = file.subarray(0, size);
        const hasher = new PieceHasher();
        for (let at = 0, step = 0; at < size; step += 1) {
          const length = lengths[step % lengths.length] ?? 1;
          hasher.add(bytes.subarray(at, at + length));
          at += length;
        }
        const pieces = Array.from({ length: Math.ceil(size / PIECE_BYTES) }, (_value, index) =>
          sha256(bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES)),
        );
        expect(hasher.end()).toEqual({ sha256: sha256(bytes), size, pieceLength: PIECE_BYTES, pieces });
      }),
      { numRuns: 12 },
    );
  });
});
