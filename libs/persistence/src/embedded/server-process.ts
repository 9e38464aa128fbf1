import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerAccount } from './account.js';
import type { ServerBinaries } from './binaries.js';
import type { DataDirectory } from './data-directory.js';
import { EmbeddedPostgresError, diskFull, errorCode, fileFault } from './errors.js';
import { serverSettings } from './settings.js';

/** The one role of the embedded server. */
export const SUPERUSER = 'hetao';

/** Everything a start needs to know. */
export interface ServerSpec {
  readonly data: DataDirectory;
  readonly binaries: ServerBinaries;
  readonly account: ServerAccount | undefined;
  readonly durable: boolean;
}

export interface RunningServer {
  readonly port: number;
  /** Resolves when the process has ended, with the reason as far as it is known. */
  readonly exited: Promise<string>;
  /** `fast` rolls back and shuts down cleanly; `immediate` is a crash on purpose, recovered at the next start. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
}

/** The port went to somebody else, or the former server's memory is not released yet: worth another try. */
export class RetryableStart extends Error {}

/** Crash recovery replays at most `max_wal_size`; this is far longer than that takes. */
const READY_WITHIN_MS = 120_000;
const POLL_MS = 15;
const STOP_WITHIN_MS = 20_000;

const onLinuxAsRoot = (spec: ServerSpec): boolean => spec.account !== undefined && process.platform === 'linux';

/**
 * How the server is told where its directory is. As root the path may lead through folders that are closed to the
 * server's account (/root is). On Linux it is started inside the directory and told to use "where you are": that
 * link is followed without walking the path, so the data can stay where the user wanted it.
 */
const directoryArgument = (spec: ServerSpec, directory: string): string =>
  onLinuxAsRoot(spec) ? '/proc/self/cwd' : directory;

function spawnOptions(spec: ServerSpec, cwd: string) {
  return {
    cwd,
    // A fixed locale and zone: messages are read by this program, and dates must not depend on the machine.
    ...(process.platform === 'win32' ? {} : { env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }),
    ...(spec.account ? { uid: spec.account.uid, gid: spec.account.gid } : {}),
  };
}

/** Runs initdb in an empty directory owned by the server's account. */
export async function initialise(spec: ServerSpec, directory: string, passwordFile: string): Promise<void> {
  const passwords = await open(passwordFile, 'r');
  try {
    if (spec.account) await passwords.chown(spec.account.uid, spec.account.gid);
    const child = spawn(
      spec.binaries.initdb,
      [
        `--pgdata=${directoryArgument(spec, directory)}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${onLinuxAsRoot(spec) ? '/proc/self/fd/3' : passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Built in: sorts and upper-cases Unicode alike on every machine, whatever locales it has.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(spec.durable ? [] : ['--no-sync']),
      ],
      { ...spawnOptions(spec, directory), stdio: ['ignore', 'ignore', 'pipe', passwords.fd] },
    );
    let complaints = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-4_000);
    });
    const code = await ended(child, spec);
    if (code !== 'code 0') throw startFault(spec, complaints, `initdb ended with ${code}`);
  } finally {
    await passwords.close();
  }
}

/**
 * Starts the server and waits until it accepts connections.
 *
 * @throws RetryableStart; EmbeddedPostgresError START_FAILED, DISK_FULL, VERSION_MISMATCH, BINARIES_UNUSABLE
 */
export async function launch(spec: ServerSpec, port: number): Promise<RunningServer> {
  const { data } = spec;
  const log = await open(data.log, 'a', 0o600).catch((error: unknown) => {
    throw fileFault(error, data.log);
  });
  const logStart = (await log.stat()).size;
  const settings = Object.entries(serverSettings(spec.durable)).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(
    spec.binaries.postgres,
    ['-D', directoryArgument(spec, data.cluster), '-p', String(port), ...settings],
    // Detached: Ctrl-C in a terminal reaches the whole group, and the services must drain before their database goes.
    { ...spawnOptions(spec, data.cluster), stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  const exited = ended(child, spec);
  // Whoever waits below sees it; without this a failed spawn would be reported a second time as unhandled.
  exited.catch(() => undefined);
  child.unref();
  await log.close();
  const guard = new AbortController();
  const outcome = await Promise.race([exited, ready(data, child, guard.signal)]);
  guard.abort();
  if (outcome !== 'ready') {
    child.kill('SIGQUIT');
    throw startFault(spec, await tail(data.log, logStart), outcome);
  }
  const watchdog = watch(spec, child);
  const end = (): void => void child.kill('SIGINT');
  process.once('exit', end);
  void exited.then(() => {
    process.off('exit', end);
    watchdog?.kill('SIGKILL');
  });
  return { port, exited, stop: (mode) => stop(child, exited, mode) };
}

function ended(child: ChildProcess, spec: ServerSpec): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(spawnFault(error, spec)));
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
  });
}

/** The server writes its state into the eighth line of its pid file. */
async function ready(data: DataDirectory, child: ChildProcess, signal: AbortSignal): Promise<string> {
  for (
    const deadline = performance.now() + READY_WITHIN_MS;
    performance.now() < deadline && !signal.aborted;
    await pause(POLL_MS)
  ) {
    const lines = (await readFile(join(data.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return 'ready';
  }
  return `no answer within ${READY_WITHIN_MS / 1000} s`;
}

/**
 * Ends the server when this process is killed and can no longer do it: the shell's input closes with us. On Windows
 * there is no such shell; the next start ends what was left over.
 */
function watch(spec: ServerSpec, server: ChildProcess): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const watchdog = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill -INT "$1"', 'sh', String(server.pid)], {
    ...spawnOptions(spec, '/'),
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without it everything works but the clean-up after a SIGKILL, so its failure must not fail the start.
  watchdog.on('error', () => undefined);
  watchdog.unref();
  (watchdog.stdin as Socket | null)?.unref();
  return watchdog;
}

async function stop(child: ChildProcess, exited: Promise<string>, mode: 'fast' | 'immediate'): Promise<void> {
  const signals = mode === 'fast' ? (['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) : (['SIGQUIT', 'SIGKILL'] as const);
  for (const signal of signals) {
    if (!child.kill(signal)) break;
    const patience = new AbortController();
    const timer = pause(STOP_WITHIN_MS, 'late', { signal: patience.signal }).catch(() => 'ended');
    const outcome = await Promise.race([exited, timer]);
    patience.abort();
    if (outcome !== 'late') break;
  }
  await exited;
}

/** What was added to the log since the start, at most its last 4 kB. */
async function tail(log: string, from: number): Promise<string> {
  const { size } = await stat(log);
  const start = Math.max(from, size - 4_096);
  const file = await open(log, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function startFault(spec: ServerSpec, output: string, outcome: string): Error {
  const { data } = spec;
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(data.root);
  if (/Address already in use|could not bind|pre-existing shared memory block/.test(output)) {
    return new RetryableStart(output.trim().split('\n').at(-1));
  }
  const words = output.trim().split('\n').slice(-5).join(' | ');
  return new EmbeddedPostgresError(
    'START_FAILED',
    `PostgreSQL did not start (${outcome})${words ? `: ${words}` : ''}.`,
    `The whole story is in ${data.log}.`,
  );
}

function spawnFault(error: Error, spec: ServerSpec): EmbeddedPostgresError {
  const code = errorCode(error);
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'the C library they were built for (glibc) is missing',
    EACCES: 'this system does not allow programs to be run from there',
    EPERM: `this process may not switch to the account ${spec.account?.name ?? ''}`,
    EINVAL: `this process may not switch to the account ${spec.account?.name ?? ''}`,
  };
  return new EmbeddedPostgresError(
    'BINARIES_UNUSABLE',
    `The embedded PostgreSQL programs in ${spec.binaries.postgres} could not be run: ${reasons[code ?? ''] ?? error.message}.`,
    'Start as an ordinary user on a glibc system, or set DATABASE_URL to a server of your own.',
    { cause: error },
  );
}
