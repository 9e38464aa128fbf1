import { spawnSync } from 'node:child_process';

/** Whether the Debian package `hledger` is installed. In CI it has to be: set REQUIRE_HLEDGER=1 there. */
export const hledgerInstalled = spawnSync('hledger', ['--version']).status === 0;

if (!hledgerInstalled) {
  const notice = 'hledger is not installed (apt-get install hledger): the journals are NOT checked by another program.';
  if (process.env['REQUIRE_HLEDGER'] === '1') throw new Error(notice);
  process.stderr.write(`${notice}\n`);
}

/** Runs hledger over a journal and answers what it printed; throws with its own words when it refuses the journal. */
export function hledger(journal: string, ...command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('hledger', ['-f', '-', ...command], {
    input: journal,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`hledger ${command.join(' ')}: ${stderr}`);
  return stdout;
}
