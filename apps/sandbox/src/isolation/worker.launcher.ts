import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBelow, type IsolationLevel } from './isolation-level.js';
import { openSeccompFilter } from './seccomp.filter.js';

/** A program to be run apart from the supervisor, and the little it may touch. Paths are absolute. */
export interface WorkerCommand {
  /** A self-contained worker file. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Files and directories it may read. */
  readonly reads?: readonly string[];
  /** Directories it may write to. */
  readonly writes?: readonly string[];
  /** Most address space it may take beyond V8's own reservations, as V8's heap limit, in MiB. */
  readonly memoryMib?: number;
  readonly nodeFlags?: readonly string[];
}

const LAUNCHERS = { unshare: ['/usr/bin/unshare', '/bin/unshare'], bwrap: ['/usr/bin/bwrap', '/usr/local/bin/bwrap'] };
const SECCOMP_FD = 3;
const MOST_FILES = 256;
const MOST_BYTES_A_FILE = 4 * 1024 ** 3;

/** Where a system program is; undefined where it is not installed. */
export function findLauncher(name: keyof typeof LAUNCHERS): string | undefined {
  return LAUNCHERS[name].find((path) => existsSync(path));
}

/** A worker file beside the module that names it: its source in tests, its build in production. */
export function workerFile(moduleUrl: string, name: string): string {
  return fileURLToPath(new URL(`${name}${moduleUrl.endsWith('.ts') ? '.ts' : '.js'}`, moduleUrl));
}

/**
 * Starts a worker on a rung of the ladder: nothing of the supervisor's environment, nothing on its disk but what the
 * command names, no network from L2 on, no sight of other processes from L3 on.
 */
export function launch(level: IsolationLevel, command: WorkerCommand): ChildProcessWithoutNullStreams {
  const node = [process.execPath, ...nodeFlags(level, command), command.file, ...(command.args ?? [])];
  const [program, ...args] = wrap(level, command, node);
  const filter = isBelow(level, 'L3') ? undefined : openSeccompFilter();
  // All three streams are pipes; the compiler cannot see that through the list.
  const child = spawn(program ?? process.execPath, args, {
    env: { PATH: '/usr/bin:/bin', TMPDIR: '/tmp' },
    // A group of its own: what a kill is sent to is everything the worker may have started.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', ...(filter === undefined ? [] : [filter.fd])],
  }) as ChildProcessWithoutNullStreams;
  filter?.close();
  return child;
}

/** Ends a worker and whatever it started, at once. */
export function endWorker(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

function nodeFlags(level: IsolationLevel, command: WorkerCommand): readonly string[] {
  const heap = command.memoryMib === undefined ? [] : [`--max-old-space-size=${command.memoryMib}`];
  const own = ['--no-warnings', ...heap, ...(command.nodeFlags ?? [])];
  if (isBelow(level, 'L1')) return own;
  const reads = [command.file, packagesRoot(), ...(command.reads ?? []), ...(command.writes ?? []), '/proc'];
  return [
    ...own,
    '--permission',
    '--allow-addons',
    ...reads.map((path) => `--allow-fs-read=${path}`),
    ...(command.writes ?? []).map((path) => `--allow-fs-write=${path}`),
  ];
}

function wrap(level: IsolationLevel, command: WorkerCommand, node: readonly string[]): readonly string[] {
  if (isBelow(level, 'L2')) return node;
  if (isBelow(level, 'L3')) return [findLauncher('unshare') ?? 'unshare', '--map-root-user', '--net', ...node];
  return [
    ...['/usr/bin/prlimit', '--core=0', `--nofile=${MOST_FILES}`, `--fsize=${MOST_BYTES_A_FILE}`],
    ...[findLauncher('bwrap') ?? 'bwrap', ...bwrapFlags(command), '--', ...node],
  ];
}

function bwrapFlags(command: WorkerCommand): readonly string[] {
  const readOnly = (path: string): readonly string[] => ['--ro-bind', path, path];
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--clearenv', '--cap-drop', 'ALL'],
    ...['--seccomp', String(SECCOMP_FD)],
    ...readOnly('/usr'),
    ...['/lib', '/lib64', '/bin'].flatMap(systemFolder),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...readOnly(packagesRoot()),
    ...[process.execPath, command.file, ...(command.reads ?? [])].flatMap(readOnly),
    ...(command.writes ?? []).flatMap((path) => ['--bind', path, path]),
    ...['--setenv', 'PATH', '/usr/bin:/bin', '--setenv', 'TMPDIR', '/tmp', '--chdir', '/tmp'],
  ];
}

/** On a merged /usr these are links, which must stay links. */
function systemFolder(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return lstatSync(path).isSymbolicLink()
    ? ['--symlink', realpathSync(path).slice(1), path]
    : ['--ro-bind', path, path];
}

/** The one node_modules the engines are loaded from. */
function packagesRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'node_modules');
    if (existsSync(join(candidate, '@duckdb'))) return candidate;
    const above = dirname(folder);
    if (above === folder) throw new Error('No node_modules with @duckdb above the sandbox.');
    folder = above;
  }
}
