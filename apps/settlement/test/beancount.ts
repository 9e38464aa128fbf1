import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the Debian package `beancount` is installed. Where it has to be: set REQUIRE_BEANCOUNT=1. */
export const beancountInstalled = spawnSync('bean-check', ['--help']).status === 0;

if (!beancountInstalled) {
  const notice =
    'beancount is not installed (apt-get install beancount): its journals are NOT checked by another program.';
  if (process.env['REQUIRE_BEANCOUNT'] === '1') throw new Error(notice);
  process.stderr.write(`${notice}\n`);
}

/** Runs bean-check over a journal; throws with its own words when it refuses it. */
export function beanCheck(journal: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'hetao-beancount-'));
  try {
    const file = join(directory, 'journal.beancount');
    writeFileSync(file, journal);
    const { status, stdout, stderr } = spawnSync('bean-check', ['--no-cache', file], { encoding: 'utf8' });
    if (status !== 0 || stderr.trim() !== '') throw new Error(`bean-check: ${stdout}${stderr}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
