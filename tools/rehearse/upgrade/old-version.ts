import { spawn } from 'node:child_process';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Lays a version of the past down in a folder and builds it there: its own sources and packages, and the libraries that
 * are installed here.
 *
 * @throws Error when the repository has not that commit: a shallow clone has its newest alone
 */
export async function layDownVersion(root: string, commit: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await run('git', ['-C', root, 'cat-file', '-e', `${commit}^{commit}`], root).catch(() => {
    throw new Error(`This clone has no commit ${commit}. Fetch the whole history: git fetch --unshallow.`);
  });
  const archive = join(folder, 'version.tar');
  await run('git', ['-C', root, 'archive', '--output', archive, commit], root);
  await run('tar', ['-xf', archive, '-C', folder], folder);
  await linkPackages(root, folder);
  await run(process.execPath, [join(folder, 'tools/build.mjs')], folder);
}

/** What is installed serves both versions; the exchange's own packages are each version's. */
async function linkPackages(root: string, folder: string): Promise<void> {
  const [installed, linked] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  await mkdir(join(linked, '@hetao'), { recursive: true });
  const others = (await readdir(installed)).filter((name) => name !== '@hetao' && !name.startsWith('.'));
  for (const name of others) await symlink(join(installed, name), join(linked, name));
  for (const kind of ['apps', 'libs'])
    for (const name of await readdir(join(folder, kind)))
      await symlink(join(folder, kind, name), join(linked, '@hetao', name));
}

/** Runs a program to its end. @throws Error with what it said when it failed */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args[0]} ended with ${code}: ${said.trim()}`)),
    );
  });
}
