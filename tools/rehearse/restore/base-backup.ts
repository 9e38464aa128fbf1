import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, chown, copyFile, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type pg from 'pg';

/** What a base backup copied: bytes and SHA-256 of every file, so that a damaged backup is known before it is needed. */
export interface BackupManifest {
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

const MANIFEST = 'hetao-backup.json';
/** Folders whose content the server makes anew (PostgreSQL 18, "Low-level base backup"). */
const EMPTIED = ['pg_wal', 'pg_dynshmem', 'pg_notify', 'pg_replslot', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp'];
const LEFT_OUT = /(^|\/)(postmaster\.(pid|opts)|pgsql_tmp[^/]*|pg_internal\.init[^/]*)$/;
/** Copied last: until then the copy is no cluster. */
const CONTROL = 'global/pg_control';

/** Copies a running cluster by the low-level backup API, and waits until the log that it needs is archived. */
export async function takeBaseBackup(client: pg.Client, cluster: string, target: string): Promise<BackupManifest> {
  await client.query("SELECT pg_backup_start('rehearsal', fast => true)");
  const paths = (await filesBelow(cluster)).filter((path) => path !== CONTROL);
  const copied = new Map<string, { bytes: number; sha256: string }>();
  for (const path of [...paths, CONTROL]) {
    // A table may be dropped, and a file vanish, while it is copied: the log knows.
    if (await copyIfThere(join(cluster, path), join(target, path)))
      copied.set(path, await described(join(target, path)));
  }
  for (const folder of await foldersBelow(cluster)) await mkdir(join(target, folder), { recursive: true, mode: 0o700 });
  const { rows } = await client.query<{ label: string }>(
    'SELECT labelfile AS label FROM pg_backup_stop(wait_for_archive => true)',
  );
  await writeFile(join(target, 'backup_label'), rows[0]?.label ?? '', { mode: 0o600 });
  copied.set('backup_label', await described(join(target, 'backup_label')));
  const manifest = { files: Object.fromEntries(copied) };
  await writeFile(join(target, MANIFEST), JSON.stringify(manifest), { mode: 0o600 });
  return manifest;
}

/** Puts a backup where a server will start, file by file against its manifest. @throws Error naming the damaged file */
export async function layDown(backup: string, cluster: string, owner: { uid: number; gid: number }): Promise<void> {
  const { files } = JSON.parse(await readFile(join(backup, MANIFEST), 'utf8')) as BackupManifest;
  for (const [path, { bytes, sha256 }] of Object.entries(files)) {
    const found = await described(join(backup, path));
    if (found.bytes !== bytes || found.sha256 !== sha256) throw new Error(`The backup is damaged: ${path}.`);
    await copyIfThere(join(backup, path), join(cluster, path));
  }
  for (const folder of await foldersBelow(backup)) await mkdir(join(cluster, folder), { recursive: true, mode: 0o700 });
  await giveTo(cluster, owner);
}

/** Gives a folder and all in it to an account, closed to everybody else: a server refuses an open data directory. */
export async function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await chown(folder, uid, gid);
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await giveTo(path, { uid, gid });
    else await chown(path, uid, gid);
  }
}

async function filesBelow(cluster: string): Promise<string[]> {
  const entries = await readdir(cluster, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(cluster, join(entry.parentPath, entry.name)))
    .filter((path) => !LEFT_OUT.test(path) && !EMPTIED.includes(path.split('/')[0] ?? ''));
}

/** PostgreSQL expects its folders, also the empty ones. */
async function foldersBelow(cluster: string): Promise<string[]> {
  const entries = await readdir(cluster, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(cluster, join(entry.parentPath, entry.name)));
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function described(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
}
