import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const MIB = 1 << 20;
const LARGE = 512 * MIB;
/** Runs the built command in a process of its own, and tells what it printed and how much memory it ever had. */
const SCRIPT = `
const { main } = await import(process.argv[1]);
const lines = [];
const code = await main(['commit', process.argv[2]], (line) => lines.push(line));
console.log(JSON.stringify({ code, made: JSON.parse(lines.join('')), peak: process.resourceUsage().maxRSS * 1024 }));
`;

/** `npm run bench -- attestation file` is the same with 20 GiB. */
describe('a large file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hetao-large-'));
    await promisify(execFile)(process.execPath, ['tools/build.mjs']);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  async function committed(bytes: number) {
    const path = join(folder, String(bytes));
    const file = await open(path, 'w');
    await file.truncate(bytes);
    await file.close();
    const main = join(process.cwd(), '.hetao/dist/tools/attest/main.js');
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', SCRIPT, main, path]);
    return JSON.parse(stdout) as { code: number; made: { bytes: number; sha256: string; sm3: string }; peak: number };
  }

  it('takes no more memory than a small one, and hashes to what its bytes hash to', async () => {
    const small = await committed(MIB);
    const large = await committed(LARGE);
    const [sha256, sm3] = [createHash('sha256'), createHash('sm3')];
    const piece = Buffer.alloc(MIB);
    for (let i = 0; i < LARGE / MIB; i += 1) {
      sha256.update(piece);
      sm3.update(piece);
    }
    expect(large).toMatchObject({
      code: 0,
      made: { bytes: LARGE, sha256: sha256.digest('hex'), sm3: sm3.digest('hex') },
    });
    expect(large.peak - small.peak).toBeLessThan(LARGE / 4);
  }, 120_000);
});
