import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled file lies in .hetao/dist/bench/platform, four folders below the repository. */
export const root = dirname(fileURLToPath(new URL('../../../../package.json', import.meta.url)));
const READY_WITHIN_MS = 120_000;

export interface Opened {
  readonly readySeconds: number;
  /** Resident memory of the exchange's own process; PostgreSQL's is shared among its processes and not added up. */
  residentMiB(): number;
  /** Plays the trade. @returns seconds @throws when it does not end balanced */
  trade(lines: number): Promise<number>;
  stop(): Promise<void>;
}

/** `npm start` on a free port, from the command to its banner. */
export async function openExchange(dataDir: string): Promise<Opened> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await banner(child);
  const readySeconds = (performance.now() - startedAt) / 1000;
  return {
    readySeconds,
    residentMiB: () => residentMiB(child.pid ?? 0),
    trade: (lines) => trade(`http://localhost:${port}`, lines, join(dataDir, 'trade-keys.json')),
    stop: () => stop(child),
  };
}

function banner(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const late = setTimeout(() => reject(new Error(`npm start was not ready in time: ${printed}`)), READY_WITHIN_MS);
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (!printed.includes('Ready in')) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`npm start ended: ${printed}`)));
  });
}

function trade(url: string, lines: number, keyring: string): Promise<number> {
  const startedAt = performance.now();
  const args = [join(root, 'tools/trade.mjs'), '--json', '--url', url, '--lines', String(lines), '--keyring', keyring];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve((performance.now() - startedAt) / 1000);
      else reject(new Error('The trade did not end balanced, so its figure is void.'));
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  return gone;
}

/** The platform is the child of the start script; /proc knows who belongs to whom. */
function residentMiB(parent: number): number {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const isChild = status.includes(`\nPPid:\t${parent}\n`);
      const kib = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
      if (isChild && kib) return Number(kib) / 1024;
    } catch {
      // It ended between the listing and the look.
    }
  }
  return Number.NaN;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
