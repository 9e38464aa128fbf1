import { createHash } from 'node:crypto';
import type { DeliveredFile } from './manifest.js';

/** Large enough that a list of them stays small, small enough that a damaged one is fetched again in a moment. */
export const PIECE_BYTES = 1024 * 1024;

/** Hashes a file as it passes: as a whole, and piece by piece, so that any part fetched by range can be checked alone. */
export class PieceHasher {
  readonly #whole = createHash('sha256');
  readonly #pieces: string[] = [];
  #piece = createHash('sha256');
  #room = PIECE_BYTES;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(chunk: Uint8Array): void {
    this.#whole.update(chunk);
    this.#size += chunk.byteLength;
    for (let at = 0; at < chunk.byteLength;) {
      const part = chunk.subarray(at, at + this.#room);
      this.#piece.update(part);
      this.#room -= part.byteLength;
      at += part.byteLength;
      if (this.#room === 0) this.#close();
    }
  }

  /** Ends it; nothing can be added afterwards. An empty file has no pieces. */
  end(): Pick<DeliveredFile, 'sha256' | 'size' | 'pieceLength' | 'pieces'> {
    if (this.#room < PIECE_BYTES) this.#close();
    const sha256 = this.#whole.digest('hex');
    return { sha256, size: this.#size, pieceLength: PIECE_BYTES, pieces: this.#pieces };
  }

  #close(): void {
    this.#pieces.push(this.#piece.digest('hex'));
    this.#piece = createHash('sha256');
    this.#room = PIECE_BYTES;
  }
}
