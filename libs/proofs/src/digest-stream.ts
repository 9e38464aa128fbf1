import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { FileDigests } from './commitment.js';
import { sm3 } from './sm3.js';

/** A hash that takes its message in pieces. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Where the two hashes come from; a server or a CLI brings its machine's own, which are several times faster. */
export interface DigestEngine {
  sha256(): RunningHash;
  sm3(): RunningHash;
}

/** Works everywhere, a browser's worker included. */
export const portableEngine: DigestEngine = { sha256: () => sha256.create(), sm3: () => sm3.create() };

export interface DigestOptions {
  readonly engine?: DigestEngine;
  /** Told after each piece how many bytes went through. */
  readonly onProgress?: (bytes: number) => void;
  /** Stops between two pieces. */
  readonly signal?: AbortSignal;
}

/**
 * Hashes a file where it is, piece by piece, so that its size does not matter: `file.stream()` in a browser,
 * `createReadStream` in Node. Nothing is kept and nothing sent.
 *
 * @throws the signal's reason when it was stopped; what the stream throws.
 */
export async function digestStream(
  stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
  { engine = portableEngine, onProgress, signal }: DigestOptions = {},
): Promise<FileDigests & { readonly bytes: number }> {
  const hashes = { sha256: engine.sha256(), sm3: engine.sm3() };
  let bytes = 0;
  for await (const piece of piecesOf(stream)) {
    signal?.throwIfAborted();
    hashes.sha256.update(piece);
    hashes.sm3.update(piece);
    bytes += piece.length;
    onProgress?.(bytes);
  }
  return { sha256: bytesToHex(hashes.sha256.digest()), sm3: bytesToHex(hashes.sm3.digest()), bytes };
}

/** Not every browser can iterate over a stream. */
async function* piecesOf(
  stream: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!('getReader' in stream)) {
    yield* stream;
    return;
  }
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Stopped half way: the source need not produce the rest.
    await reader.cancel();
  }
}
