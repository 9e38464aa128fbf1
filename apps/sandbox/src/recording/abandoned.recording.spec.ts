import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { generateSigningKey, type PrivateKeyJwk, type PublicKeyJwk } from '@hetao/proofs';
import { closeAbandoned } from './abandoned.recording.js';
import { newRecordingKey } from './recording-key.codec.js';
import { verifyRecording } from './recording.verifier.js';
import { RecordingWriter, recordingFile } from './recording.writer.js';

const AT = new Date('2026-11-20T02:00:30Z');
let folder: string;
let signingKey: PrivateKeyJwk;
let publicKey: PublicKeyJwk;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-abandoned-'));
  ({ privateKey: signingKey, publicKey } = await generateSigningKey());
});
afterAll(() => rm(folder, { recursive: true }));

/** A recording whose process died: one checkpoint, three frames after it, and half of a fourth. */
async function torn(session: string) {
  const keys = newRecordingKey({ shenzhen: randomBytes(32), hongKong: randomBytes(32) }, session);
  const startedAt = '2026-11-20T02:00:00.000Z';
  const head = { session, startedAt, width: 1280, height: 720, tile: 80, wrappedKey: keys.wrapped };
  const writer = await RecordingWriter.begin({ folder, signingKey, maxBytes: 1e6 }, head, keys.key);
  const frame = { kind: 'frame', atMs: Date.parse(startedAt), content: Buffer.alloc(500) } as const;
  await writer.append(frame);
  const last = await writer.checkpoint(new Date(startedAt));
  for (let turn = 0; turn < 3; turn += 1) await writer.append(frame);
  const path = recordingFile(folder, session);
  await appendFile(path, Buffer.from([0, 0, 2, 0, 0, 0, 0, 5, 1, 2, 3]));
  return { path, last };
}

it('A recording whose process died is closed with every whole record, and is intact', async () => {
  const { path, last } = await torn('pxs_torn');
  const closed = await closeAbandoned(path, { session: 'pxs_torn', last }, { at: AT, signingKey });
  expect(closed).toMatchObject({ records: 4, number: 2, closed: true });
  expect((await verifyRecording(path, [last, closed], publicKey)).faults).toEqual([]);
});

it('It is not closed when it does not lead to its last checkpoint', async () => {
  const { path, last } = await torn('pxs_other');
  const changed = { ...last, hash: last.hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
  const closing = closeAbandoned(path, { session: 'pxs_other', last: changed }, { at: AT, signingKey });
  await expect(closing).rejects.toThrow('does not lead to its checkpoint 1');
});
