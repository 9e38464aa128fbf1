import { calledWith } from '../command-line/called-with.js';
import { rehearseRestore } from './restore/rehearsal.js';
import { FIRST_VERSION, rehearseUpgrade } from './upgrade/rehearsal.js';

const USAGE = `npm run rehearse -- restore [--lines 10000] [--keep]
npm run rehearse -- upgrade [--from ${FIRST_VERSION}] [--lines 2000] [--keep]

  restore   an exchange trades; base backup while it runs, write-ahead log archived; a moment is named; the trade goes on;
            everything but the backup is destroyed; restored to the moment, verified, and traded to its end
  upgrade   an exchange of an old version trades; databases are migrated while it serves, processes exchanged one by one;
            trades are made wherever two versions meet, and everything is verified
  --lines   how many calls of the log the trade uses (1 to 10000)
  --from    the commit that the upgrade begins at
  --keep    leaves the folder with databases and logs where it is`;

const OPTIONS = {
  lines: { type: 'string' },
  from: { type: 'string', default: FIRST_VERSION },
  keep: { type: 'boolean', default: false },
} as const;
const EXIT_USAGE = 2;

const MOST_LINES = 10_000;

const LINES = { restore: 10_000, upgrade: 2_000 } as const;

/** Runs a rehearsal; the exit code is 0 only when everything that was verified holds. */
export async function main(args: readonly string[]): Promise<number> {
  const called = calledWith(args, OPTIONS, USAGE);
  if (called === undefined) return EXIT_USAGE;
  const { values, positionals } = called;
  const [what] = positionals;
  const lines = Number(values.lines ?? (what === 'upgrade' ? LINES.upgrade : LINES.restore));
  const isRight = (what === 'restore' || what === 'upgrade') && Number.isInteger(lines) && lines >= 1;
  if (!isRight || lines > MOST_LINES || !/^[0-9a-f]{7,40}$/.test(values.from)) {
    console.error(USAGE);
    return EXIT_USAGE;
  }
  const options = { lines, keep: values.keep, say: (line: string) => console.log(line) };
  const verdict = await (what === 'restore'
    ? rehearseRestore(options)
    : rehearseUpgrade({ ...options, from: values.from }));
  console.log(JSON.stringify({ rehearsal: what, ...verdict.figures, holds: verdict.holds }));
  return verdict.holds ? 0 : 1;
}
