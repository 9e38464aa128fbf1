// Runs before `npm start`, `npm test` and `npm run check`, on whatever Node the machine has (20 or newer):
// a fresh clone installs itself, an up-to-date one loses a few milliseconds.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** npm keeps what it installed in a lockfile of its own; it must hold every package ours asks for, in that version. */
function installed() {
  const actual = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(actual) || !existsSync(join(root, 'node_modules', '.bin', 'node'))) return false;
  const present = packagesOf(actual);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith('node_modules/') || optional || link || present[path]?.version === version,
  );
}

if (!installed()) {
  console.log('Installing what package-lock.json names (about a minute the first time) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-fund', '--no-audit', '--loglevel=error'];
  // Engine warnings are silenced on purpose: Node 24 comes with the install and runs everything after it.
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) {
    console.error('\nThe install did not finish. Check the network and the disk, then run `npm ci` and try again.');
    process.exit(run.status ?? 1);
  }
}
