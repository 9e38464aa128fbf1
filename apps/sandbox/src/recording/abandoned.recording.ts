import { truncate } from 'node:fs/promises';
import type { PrivateKeyJwk } from '@hetao/proofs';
import { signCheckpoint, type SignedCheckpoint } from './checkpoint.signature.js';
import { chainHash } from './record.codec.js';
import { RecordingReader } from './recording.reader.js';

/**
 * Closes a recording whose process died: cuts off the record it was writing, and signs where the chain stands. What was
 * shown is in it, as nothing was shown before it was written.
 *
 * @param last the last checkpoint that was kept.
 * @throws Error when there is no file, or it does not lead to that checkpoint.
 */
export async function closeAbandoned(
  path: string,
  { session, last }: { readonly session: string; readonly last: SignedCheckpoint | undefined },
  { at, signingKey }: { readonly at: Date; readonly signingKey: PrivateKeyJwk },
): Promise<SignedCheckpoint> {
  const reader = await RecordingReader.open(path);
  let hash = reader.startHash;
  let place = reader.start;
  let isLed = last === undefined;
  try {
    for await (const record of reader.records()) {
      isLed ||= last?.records === place.record && last.hash === hash.toString('hex');
      hash = chainHash(hash, record.bytes);
      place = record.next;
    }
    isLed ||= last?.records === place.record && last.hash === hash.toString('hex');
  } finally {
    await reader.close();
  }
  if (!isLed) throw new Error(`The recording of ${session} does not lead to its checkpoint ${last?.number ?? 0}.`);
  await truncate(path, place.offset);
  const checkpoint = { session, number: (last?.number ?? 0) + 1, records: place.record, bytes: place.offset };
  return signCheckpoint({ ...checkpoint, hash: hash.toString('hex'), at: at.toISOString(), closed: true }, signingKey);
}
