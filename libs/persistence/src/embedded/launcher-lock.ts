import { randomBytes } from 'node:crypto';
import { readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { DataDirectory } from './data-directory.js';
import { EmbeddedPostgresError, errorCode, fileFault } from './errors.js';

const run = promisify(execFile);

interface LockHolder {
  readonly pid: number;
  /** When that process started, as the system counts it: a later process may get the same number. */
  readonly startedAt: string;
  readonly token: string;
}

/** Two rivals that both found a dead holder have overwritten each other well within this time. */
const SETTLE_MS = 150;
const STOP_WITHIN_MS = 20_000;
const POLL_MS = 50;

/**
 * Claims the data directory for this process. A claim left behind by a crash is taken over.
 *
 * @returns a function that gives the claim back
 * @throws EmbeddedPostgresError DATA_DIRECTORY_IN_USE when a living process holds it
 */
export async function claim(data: DataDirectory): Promise<() => Promise<void>> {
  const mine: LockHolder = {
    pid: process.pid,
    startedAt: await processStart(process.pid),
    token: randomBytes(8).toString('hex'),
  };
  try {
    await writeFile(data.lock, JSON.stringify(mine), { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw fileFault(error, data.root);
    await takeOver(data, mine);
  }
  return () => rm(data.lock, { force: true });
}

async function takeOver(data: DataDirectory, mine: LockHolder): Promise<void> {
  const holder = await readHolder(data);
  if (holder && (await isAlive(holder))) throw inUse(data, holder.pid);
  const draft = `${data.lock}.${mine.token}`;
  await writeFile(draft, JSON.stringify(mine));
  await rename(draft, data.lock);
  await pause(SETTLE_MS);
  const winner = await readHolder(data);
  if (winner?.token !== mine.token) throw inUse(data, winner?.pid);
}

async function readHolder(data: DataDirectory): Promise<LockHolder | undefined> {
  try {
    return JSON.parse(await readFile(data.lock, 'utf8')) as LockHolder;
  } catch {
    // Half written by a process that died, or just given back.
    return undefined;
  }
}

function inUse(data: DataDirectory, pid: number | undefined): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DATA_DIRECTORY_IN_USE',
    `${data.root} is in use by another running exchange${pid === undefined ? '' : ` (process ${pid})`}.`,
    'Stop it first, or choose another data directory.',
  );
}

async function isAlive(holder: LockHolder): Promise<boolean> {
  return exists(holder.pid) && (await processStart(holder.pid)) === holder.startedAt;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return errorCode(error) === 'EPERM';
  }
}

async function processStart(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The second field is the program's name in brackets and may hold spaces; state and start time are 3 and 22.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    // A killed process that nobody has waited for (a container without init) keeps its number but is dead.
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  }
  if (process.platform === 'win32') return '';
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.trim();
}

/**
 * Ends a server that outlived the process which started it, and removes a pid file whose process is gone or has
 * become some other program. Call only while holding the claim.
 */
export async function endOrphan(data: DataDirectory): Promise<void> {
  const pidFile = join(data.cluster, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  if (pid > 0 && (await isServerOf(pid, data.cluster))) await endServer(pid, data);
  await rm(pidFile, { force: true });
}

async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  if (!exists(pid)) return false;
  if (process.platform === 'linux') {
    // A server works inside its data directory; reading the link fails for a stranger's process, which is not ours.
    const workingIn = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return workingIn === (await realpath(cluster));
  }
  if (process.platform === 'win32') return true;
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres');
}

async function endServer(pid: number, data: DataDirectory): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (const deadline = performance.now() + STOP_WITHIN_MS; performance.now() < deadline; await pause(POLL_MS)) {
      if (!(await isServerOf(pid, data.cluster))) return;
    }
  }
  throw inUse(data, pid);
}
