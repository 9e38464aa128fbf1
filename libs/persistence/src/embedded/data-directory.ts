import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ServerAccount } from './account.js';
import { EmbeddedPostgresError, fileFault } from './errors.js';

/** The files of one embedded server. `root` is ours; `cluster` belongs to the account that the server runs as. */
export interface DataDirectory {
  readonly root: string;
  readonly cluster: string;
  readonly log: string;
  readonly lock: string;
}

const MARKER = 'hetao-postgres.json';
const DRAFT = 'cluster.new';
const OURS = /^(hetao-postgres\.json|cluster(\.new)?|server\.log(\.1)?|launcher\.lock.*)$/;

/** Largest server log that a start appends to; a bigger one is set aside as `server.log.1`. */
const MAX_LOG_BYTES = 8 * 1024 * 1024;

/** Where everything lies below a data directory. */
export function layout(dataDir: string): DataDirectory {
  const root = resolve(dataDir);
  const inside = (name: string): string => join(root, name);
  return { root, cluster: inside('cluster'), log: inside('server.log'), lock: inside('launcher.lock') };
}

/**
 * Creates the directory, or makes sure that an existing one is ours and of this version.
 *
 * @throws EmbeddedPostgresError DATA_DIRECTORY_FOREIGN, DATA_DIRECTORY_UNUSABLE, VERSION_MISMATCH, DISK_FULL
 */
export async function openDataDirectory(data: DataDirectory, major: number): Promise<void> {
  try {
    await mkdir(data.root, { recursive: true });
    const entries = await readdir(data.root);
    if (!entries.includes(MARKER)) refuseForeign(data, entries);
    await setLargeLogAside(data);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw fileFault(error, data.root);
  }
  const found = await readFile(join(data.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found !== undefined && Number.parseInt(found, 10) !== major) {
    throw new EmbeddedPostgresError(
      'VERSION_MISMATCH',
      `${data.root} was made by PostgreSQL ${found.trim()}, this program brings PostgreSQL ${major}.`,
      `Start the former version and move the data with pg_dump, or choose another data directory.`,
    );
  }
}

function refuseForeign(data: DataDirectory, entries: readonly string[]): void {
  const strangers = entries.filter((name) => !OURS.test(name));
  if (strangers.length === 0) return;
  const what = strangers.includes('PG_VERSION')
    ? 'is the data directory of some other PostgreSQL server'
    : `holds files that are not ours (${strangers.slice(0, 3).join(', ')}${strangers.length > 3 ? ', …' : ''})`;
  throw new EmbeddedPostgresError(
    'DATA_DIRECTORY_FOREIGN',
    `${data.root} ${what}; it was left untouched.`,
    'Choose an empty or a new directory.',
  );
}

async function setLargeLogAside(data: DataDirectory): Promise<void> {
  const log = await stat(data.log).catch(() => undefined);
  if (log && log.size > MAX_LOG_BYTES) await rename(data.log, `${data.log}.1`);
}

/** True when a finished cluster is there. An interrupted first start leaves only a draft, which is thrown away. */
export async function hasCluster(data: DataDirectory): Promise<boolean> {
  const version = await stat(join(data.cluster, 'PG_VERSION')).catch(() => undefined);
  const marker = await stat(join(data.root, MARKER)).catch(() => undefined);
  return version !== undefined && marker !== undefined;
}

/**
 * Makes a new cluster through `fill` in a draft folder and puts it in place in one step, so that a crash in between
 * never leaves half a cluster behind.
 *
 * @returns the password of the superuser
 */
export async function createCluster(
  data: DataDirectory,
  account: ServerAccount | undefined,
  fill: (draft: string, password: string) => Promise<void>,
): Promise<string> {
  const draft = join(data.root, DRAFT);
  // 144 random bits need no slow hashing; other users of this machine can reach the port, but not guess this.
  const password = randomBytes(18).toString('base64url');
  try {
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { mode: 0o700 });
    if (account) await chown(draft, account.uid, account.gid);
    await fill(draft, password);
    await writeFile(join(data.root, MARKER), JSON.stringify({ password }), { mode: 0o600 });
    await rename(draft, data.cluster);
    return password;
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    throw error instanceof EmbeddedPostgresError ? error : fileFault(error, data.root);
  }
}

/** The superuser's password of an existing cluster. */
export async function readPassword(data: DataDirectory): Promise<string> {
  const path = join(data.root, MARKER);
  try {
    const marker = JSON.parse(await readFile(path, 'utf8')) as { password?: unknown };
    if (typeof marker.password === 'string') return marker.password;
    throw new Error(`${MARKER} has no password`);
  } catch (error) {
    throw fileFault(error, path);
  }
}
