import { sha256 } from '@noble/hashes/sha2.js';

/** What can be read piece by piece: a file of the browser, however large. */
interface Streamed {
  stream(): ReadableStream<Uint8Array>;
}

/** SHA-256 of a file in lower-case hexadecimal, piece by piece: a file larger than memory is hashed like any other. */
export async function hashOf(file: Streamed): Promise<string> {
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) hash.update(piece.value);
  return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
