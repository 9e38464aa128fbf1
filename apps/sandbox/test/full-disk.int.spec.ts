import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const run = promisify(execFile);
const loader = new URL('../../../libs/runtime/test/load-typescript.mjs', import.meta.url).href;
const recorder = fileURLToPath(new URL('./full-disk-process.ts', import.meta.url));

it('A recording on a disk that fills up is closed with its last whole frame: all that was shown is in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-full-disk-'));
  try {
    // A disk of 256 KiB of its own, in a mount namespace that ends with the process.
    const script = 'mount -t tmpfs -o size=256k tmpfs "$0" && exec "$@"';
    const node = [process.execPath, '--conditions=@hetao/source', '--import', loader, recorder, folder];
    const { stdout } = await run('unshare', [
      '--user',
      '--map-root-user',
      '--mount',
      'sh',
      '-c',
      script,
      folder,
      ...node,
    ]);
    const ended = JSON.parse(stdout) as { shown: number; records: number; bytes: number };
    expect(ended).toMatchObject({ refused: 'ENOSPC', intact: true, faults: [] });
    expect(ended.records).toBe(ended.shown);
    expect(ended.shown).toBeGreaterThan(40);
    expect(ended.bytes).toBeLessThanOrEqual(256 * 1024);
  } finally {
    await rm(folder, { recursive: true });
  }
});
