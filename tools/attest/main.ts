import { parseArgs } from 'node:util';
import { commitCommand, registerCommand, revokeCommand, statementCommand } from './commit.js';
import { credentialCommand, showCommand, verifyCredentialCommand } from './credential.js';
import { monitorCommand } from './monitor.js';
import { CommandError, type Command, type Print } from './options.js';
import { recordCommand, verifyCommand } from './verify.js';

const EXIT_USAGE = 2;
const commands: ReadonlyMap<string, Command> = new Map([
  ['commit', commitCommand],
  ['statement', statementCommand],
  ['register', registerCommand],
  ['revoke', revokeCommand],
  ['verify', verifyCommand],
  ['record', recordCommand],
  ['credential', credentialCommand],
  ['show', showCommand],
  ['credential-verify', verifyCredentialCommand],
  ['monitor', monitorCommand],
]);

/** Runs one command. @returns the exit code. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const [name = '', ...rest] = args;
  const command = commands.get(name);
  if (command === undefined) {
    print(usage());
    return EXIT_USAGE;
  }
  try {
    const options = Object.fromEntries(command.options.map((option) => [option, { type: 'string' }] as const));
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
    const [subject] = positionals;
    if (subject === undefined || positionals.length > 1) throw new CommandError(`${name} takes one file or address.`);
    return await command.run({ subject, values }, print);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return EXIT_USAGE;
  }
}

function usage(): string {
  const lines = [...commands].map(
    ([
      name,
      {
        usage: [given, purpose],
      },
    ]) => `  ${name} ${given}\n      ${purpose}`,
  );
  return ['Files are hashed where they are; nothing of them is sent anywhere.', '', ...lines].join('\n');
}
