import { parseArgs } from 'node:util';
import { commitFile, statementFor } from './commit.js';
import { monitorLog } from './monitor.js';
import { CommandError, type Options, type Print } from './options.js';
import { verifyFile } from './verify.js';

const USAGE = `Files are hashed where they are; nothing of them is sent anywhere.

  commit FILE [--salt HEX]
      digests, a new salt and the commitment
  statement FILE --key JWK_FILE --issuer ORG --holder ORG --schema ID --from ISO --to ISO [--supersedes ATT]
      the signed body for POST /v1/attestations, and the salt to hand to the holder
  verify FILE --salt HEX --receipt FILE --log-key LINE --issuer-key X [--witness-key LINE] [--at ISO]
      checks file, statement, log and time without a network; ends with 0 for matched_valid only
  monitor URL --log-key LINE --state FILE [--interval SECONDS] [--looks N]
      follows a log; ends with 3 when it forks or goes back`;

const EXIT_USAGE = 2;
const commands: Readonly<Record<string, (options: Options, print: Print) => Promise<number>>> = {
  commit: commitFile,
  statement: statementFor,
  verify: verifyFile,
  monitor: monitorLog,
};
const OPTIONS = [
  'salt',
  'key',
  'issuer',
  'holder',
  'schema',
  'from',
  'to',
  'supersedes',
  'receipt',
  'log-key',
  'issuer-key',
  'witness-key',
  'at',
  'state',
  'interval',
  'looks',
];

/** Runs one command. @returns the exit code. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    print(USAGE);
    return EXIT_USAGE;
  }
  try {
    const options = Object.fromEntries(OPTIONS.map((option) => [option, { type: 'string' }] as const));
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    const [subject] = positionals;
    if (subject === undefined || positionals.length > 1) throw new CommandError(`${name} takes one file or address.`);
    return await command({ subject, values: values }, print);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return EXIT_USAGE;
  }
}
