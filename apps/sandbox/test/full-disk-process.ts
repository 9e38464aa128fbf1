import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { generateSigningKey } from '@hetao/proofs';
import { newRecordingKey } from '../src/recording/recording-key.codec.js';
import { verifyRecording } from '../src/recording/recording.verifier.js';
import { RecordingWriter, recordingFile } from '../src/recording/recording.writer.js';

/** Records into the folder it is given until the disk is full, closes what there is, and prints how that went. */
const [folder = ''] = process.argv.slice(2);
const session = 'pxs_full';
const { privateKey: signingKey, publicKey } = await generateSigningKey();
const { key, wrapped } = newRecordingKey({ shenzhen: randomBytes(32), hongKong: randomBytes(32) }, session);
const head = {
  session,
  startedAt: '2026-11-20T02:00:00.000Z',
  width: 1280,
  height: 720,
  tile: 80,
  wrappedKey: wrapped,
};

const writer = await RecordingWriter.begin({ folder, signingKey, maxBytes: 1e9 }, head, key);
let shown = 0;
let refused = '';
for (; refused === '' && shown < 1_000;) {
  try {
    await writer.append({ kind: 'frame', atMs: shown, content: Buffer.alloc(5_000, shown) });
    shown += 1;
  } catch (error) {
    refused = (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
const closed = await writer.checkpoint(new Date(head.startedAt), true);
const path = recordingFile(folder, session);
const { intact, faults, records } = await verifyRecording(path, [closed], publicKey);
process.stdout.write(JSON.stringify({ shown, refused, intact, faults, records, bytes: (await stat(path)).size }));
