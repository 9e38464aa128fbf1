import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateSigningKey, type PrivateKeyJwk, type PublicKeyJwk } from '@hetao/proofs';
import type { SignedCheckpoint } from './checkpoint.signature.js';
import type { RecordingHead } from './record.codec.js';
import { newRecordingKey, openRecordingKey } from './recording-key.codec.js';
import { RecordingReader } from './recording.reader.js';
import { verifyRecording } from './recording.verifier.js';
import { RecordingWriter, recordingFile } from './recording.writer.js';

const keys = { shenzhen: randomBytes(32), hongKong: randomBytes(32) };
const session = 'pxs_recorded';
const { key, wrapped } = newRecordingKey(keys, session);
const head: RecordingHead = {
  session,
  startedAt: '2026-11-20T02:00:00.000Z',
  width: 1280,
  height: 720,
  tile: 80,
  wrappedKey: wrapped,
};
const START = Date.parse(head.startedAt);

let folder: string;
let signingKey: PrivateKeyJwk;
let publicKey: PublicKeyJwk;
let checkpoints: SignedCheckpoint[];
let file: string;

/** A recording of 60 frames, with a checkpoint after every 20, and closed. */
async function record(into: string): Promise<SignedCheckpoint[]> {
  const writer = await RecordingWriter.begin({ folder: into, signingKey, maxBytes: 1_000_000 }, head, key);
  const signed: SignedCheckpoint[] = [];
  for (let frame = 1; frame <= 60; frame += 1) {
    await writer.append({ kind: 'frame', atMs: START + frame * 1000, content: Buffer.from(`frame ${frame}`) });
    if (frame % 20 === 0) signed.push(await writer.checkpoint(new Date(START + frame * 1000), frame === 60));
  }
  return signed;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-recording-'));
  ({ privateKey: signingKey, publicKey } = await generateSigningKey());
  checkpoints = await record(folder);
  file = recordingFile(folder, session);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('A recording', () => {
  it('is intact as it was written, and gives back every frame to whoever holds both keys', async () => {
    expect(await verifyRecording(file, checkpoints, publicKey)).toEqual({
      intact: true,
      faults: [],
      records: 60,
      checkpoints: 3,
      longestGapSeconds: 20,
    });
    const reader = await RecordingReader.open(file);
    const opened = openRecordingKey(keys, session, reader.head.wrappedKey);
    const contents: string[] = [];
    for await (const raw of reader.records()) contents.push(reader.open(opened, raw).content.toString());
    await reader.close();
    expect(contents).toEqual(Array.from({ length: 60 }, (_, frame) => `frame ${frame + 1}`));
  });

  it('shows any change of a single bit', async () => {
    const whole = await readFile(file);
    const changed = join(folder, 'changed.rec');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.byteLength * 8 - 1), async (bit) => {
        const bytes = Buffer.from(whole);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        await writeFile(changed, bytes);
        expect((await verifyRecording(changed, checkpoints, publicKey)).intact).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('shows what was cut off, added, or signed by somebody else', async () => {
    const whole = await readFile(file);
    const other = join(folder, 'other.rec');
    const verdict = async (bytes: Buffer, signed = checkpoints) => {
      await writeFile(other, bytes);
      return (await verifyRecording(other, signed, publicKey)).faults.join(' ');
    };
    expect(await verdict(whole.subarray(0, whole.byteLength - 1))).toContain('ends before checkpoint 3');
    expect(await verdict(Buffer.concat([whole, Buffer.from('x')]))).toContain('goes on');
    expect(await verdict(whole, checkpoints.slice(0, 2))).toContain('not closed');
    expect(await verdict(whole, checkpoints.slice(1))).toContain('Checkpoint 1 is missing');
    const forged = checkpoints.map((checkpoint) => ({ ...checkpoint, at: '2026-11-20T03:00:00.000Z' }));
    expect(await verdict(whole, forged)).toContain('not signed by this key');
  });

  it('opens with neither of the two keys alone', () => {
    const wrong = randomBytes(32);
    expect(() => openRecordingKey({ ...keys, hongKong: wrong }, session, wrapped)).toThrow();
    expect(() => openRecordingKey({ ...keys, shenzhen: wrong }, session, wrapped)).toThrow();
    expect(() => openRecordingKey(keys, 'pxs_other', wrapped)).toThrow();
  });

  it('is never written over', async () => {
    await expect(record(folder)).rejects.toThrow('EEXIST');
    expect((await stat(file)).mode & 0o077).toBe(0);
  });
});

describe('A recording that has its full length', () => {
  it('takes nothing more, and is closed with its last whole record', async () => {
    const small = join(folder, 'small');
    const writer = await RecordingWriter.begin({ folder: small, signingKey, maxBytes: 2_000 }, head, key);
    let written = 0;
    const fill = async () => {
      for (; written < 100; written += 1) {
        await writer.append({ kind: 'frame', atMs: START + written, content: Buffer.alloc(100) });
      }
    };
    await expect(fill()).rejects.toThrow('may be 2000 bytes long');
    await expect(writer.append({ kind: 'event', atMs: START, content: Buffer.alloc(1) })).rejects.toThrow('broken off');
    const closed = await writer.checkpoint(new Date(START), true);
    expect(closed).toMatchObject({ records: written, closed: true });
    expect((await verifyRecording(recordingFile(small, session), [closed], publicKey)).intact).toBe(true);
  });
});
