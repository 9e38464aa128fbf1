import { parseArgs } from 'node:util';
import { keyCommand, proveCommand, signCommand } from './sign.js';
import { CommandError, type Command, type Print } from './command.js';
import { verifyCommand } from './verify.js';

const EXIT_USAGE = 2;
const commands: ReadonlyMap<string, Command> = new Map([
  ['key', keyCommand],
  ['prove', proveCommand],
  ['sign', signCommand],
  ['verify', verifyCommand],
]);

/** Runs one command. @returns the exit code: 0, 1 for an agreement that is not proven, 2 when called wrongly. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  const [name = '', ...rest] = args;
  const command = commands.get(name);
  if (command === undefined) {
    print(usage());
    return EXIT_USAGE;
  }
  try {
    const { values, positionals } = parseArgs({ args: rest, options: command.options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new CommandError(`${name} takes one file.`);
    return await command.run({ file, values }, print);
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
  return ['Keys stay on this machine, and nothing is asked of anybody.', '', ...lines].join('\n');
}
