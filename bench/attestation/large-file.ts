import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../tools/attest/main.js';

const GIB = 1 << 30;
const WANTED = 20;
const MIB = 1 << 20;

/**
 * `npm run bench -- attestation file [GIB]`: commits to a file of 20 GiB as the command line does, and prints how fast
 * and with how much memory. The file is sparse where the disk allows, with bytes of its own at both ends.
 */
export async function measureLargeFile(gib = WANTED): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-large-file-'));
  const path = join(folder, 'large');
  try {
    await makeFile(path, gib * GIB);
    const before = process.memoryUsage.rss();
    const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
    const lines: string[] = [];
    const code = await main(['commit', path], (line) => lines.push(line));
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    const { bytes } = JSON.parse(lines.join('')) as { readonly bytes: number };
    if (code !== 0 || bytes !== gib * GIB) throw new Error('Not all of the file was hashed: the figures are void.');
    const peak = process.resourceUsage().maxRSS * 1024 - before;
    const { bsize, bavail } = await statfs(folder);
    const cpu = (user + system) / 1e6;
    console.log(
      JSON.stringify({
        bench: 'attestation',
        figure: 'large_file_hashing',
        value: Number((bytes / MIB / seconds).toPrecision(4)),
        unit: 'MiB/s',
        conditions:
          `SHA-256 and SM3 of ${gib} GiB in one pass, ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU; ` +
          `memory grew by ${(peak / MIB).toFixed(0)} MiB at most; ${((bsize * bavail) / GIB).toFixed(0)} GiB of disk free; ${cpus().length} cores`,
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeFile(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  await file.write('begin', 0);
  await file.truncate(bytes - 3);
  await file.write('end', bytes - 3);
  await file.close();
}
