import { stat } from 'node:fs/promises';
import type { PublicKeyJwk } from '@hetao/proofs';
import { isSigned, type SignedCheckpoint } from './checkpoint.signature.js';
import { chainHash } from './record.codec.js';
import { RecordingReader } from './recording.reader.js';

/** What a check of a recording found. */
export interface RecordingVerdict {
  readonly intact: boolean;
  /** What is wrong, in words; empty when nothing is. */
  readonly faults: readonly string[];
  readonly records: number;
  readonly checkpoints: number;
  /** Longest time between two checkpoints, in s. */
  readonly longestGapSeconds: number;
}

/** A checkpoint is due this often at the latest. */
export const CHECKPOINT_GAP_S = 60;

/**
 * Reads a recording from its first byte to its last against its checkpoints. No key to its content is needed: whoever has
 * the public key can see that nothing was changed, left out, moved or added.
 */
export async function verifyRecording(
  path: string,
  checkpoints: readonly SignedCheckpoint[],
  key: PublicKeyJwk,
): Promise<RecordingVerdict> {
  const faults = await checkpointFaults(checkpoints, key);
  const longestGapSeconds = longestGap(checkpoints);
  if (longestGapSeconds > CHECKPOINT_GAP_S) faults.push(`Two checkpoints lie ${longestGapSeconds} s apart.`);
  const records = await chainFaults(path, checkpoints, faults);
  return { intact: faults.length === 0, faults, records, checkpoints: checkpoints.length, longestGapSeconds };
}

async function checkpointFaults(checkpoints: readonly SignedCheckpoint[], key: PublicKeyJwk): Promise<string[]> {
  const faults: string[] = [];
  for (const [index, checkpoint] of checkpoints.entries()) {
    if (!(await isSigned(checkpoint, key))) faults.push(`Checkpoint ${checkpoint.number} is not signed by this key.`);
    if (checkpoint.number !== index + 1) faults.push(`Checkpoint ${index + 1} is missing.`);
    const last = index === checkpoints.length - 1;
    if (checkpoint.closed !== last)
      faults.push(last ? 'The recording was not closed.' : `It was closed at ${index + 1} already.`);
  }
  if (checkpoints.length === 0) faults.push('There is no checkpoint.');
  return faults;
}

async function chainFaults(path: string, checkpoints: readonly SignedCheckpoint[], faults: string[]): Promise<number> {
  let reader: RecordingReader;
  try {
    reader = await RecordingReader.open(path);
  } catch {
    faults.push('The file is missing, or its head was changed.');
    return 0;
  }
  try {
    return await followChain(reader, checkpoints, faults, (await stat(path)).size);
  } finally {
    await reader.close();
  }
}

async function followChain(
  reader: RecordingReader,
  checkpoints: readonly SignedCheckpoint[],
  faults: string[],
  size: number,
): Promise<number> {
  let hash = reader.startHash;
  let place = reader.start;
  const due = [...checkpoints];
  const compare = () => {
    while (due[0] !== undefined && due[0].records === place.record) {
      const { number, hash: signed, bytes } = due.shift() as SignedCheckpoint;
      if (signed !== hash.toString('hex') || bytes !== place.offset) {
        faults.push(`What lies before checkpoint ${number} is not what was signed.`);
      }
    }
  };
  compare();
  for await (const record of reader.records()) {
    if (record.number !== place.record + 1) faults.push(`Record ${place.record + 1} is missing.`);
    hash = chainHash(hash, record.bytes);
    place = record.next;
    compare();
  }
  if (due.length > 0) faults.push(`The file ends before checkpoint ${due[0]?.number ?? 0}.`);
  if (size !== (checkpoints.at(-1)?.bytes ?? size)) faults.push('The file goes on where its last checkpoint ends.');
  return place.record;
}

function longestGap(checkpoints: readonly SignedCheckpoint[]): number {
  const times = checkpoints.map(({ at }) => Date.parse(at) / 1000);
  return Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? time)));
}
