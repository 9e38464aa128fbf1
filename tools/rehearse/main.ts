import { parseArgs } from 'node:util';
import { rehearseRestore } from './restore/rehearsal.js';

const USAGE = `npm run rehearse -- restore [--lines 10000] [--keep]

  restore   an exchange trades; base backup while it runs, write-ahead log archived; a moment is named; the trade goes on;
            everything but the backup is destroyed; restored to the moment, verified, and traded to its end
  --lines   how many calls of the log the trade uses (1 to 10000)
  --keep    leaves the folder with backup, archive and server log where it is`;

const MOST_LINES = 10_000;

/** Runs a rehearsal; the exit code is 0 only when everything that was verified holds. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { lines: { type: 'string', default: String(MOST_LINES) }, keep: { type: 'boolean', default: false } },
  });
  const lines = Number(values.lines);
  if (positionals.join() !== 'restore' || !Number.isInteger(lines) || lines < 1 || lines > MOST_LINES) {
    console.error(USAGE);
    return 2;
  }
  const verdict = await rehearseRestore({ lines, keep: values.keep, say: (line) => console.log(line) });
  console.log(JSON.stringify({ rehearsal: 'restore', ...verdict.figures, holds: verdict.holds }));
  return verdict.holds ? 0 : 1;
}
