import { parseArgs } from 'node:util';

export type Print = (line: string) => void;

/** What a command was given. */
export interface Options {
  /** The file or address it is about. */
  readonly subject: string;
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Options given that take no value. */
  readonly flags: ReadonlySet<string>;
}

/** One command of a verifier: what it is called with, and what it does. */
export interface Command {
  /** As the usage shows it: what follows the name, and what it is for. */
  readonly usage: readonly [string, string];
  /** Options it takes, each with a value. */
  readonly options: readonly string[];
  /** Options it takes that stand alone. */
  readonly flags?: readonly string[];
  /** @returns the exit code. */
  run(options: Options, print: Print): Promise<number>;
}

/** Said to whoever called a command wrongly. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

const EXIT_USAGE = 2;

/** Runs the command the arguments name. @returns its exit code, or 2 when it was called wrongly. */
export async function runCommand(
  { commands, purpose }: { readonly commands: ReadonlyMap<string, Command>; readonly purpose: string },
  args: readonly string[],
  print: Print,
): Promise<number> {
  const [name = '', ...rest] = args;
  const command = commands.get(name);
  if (command === undefined) {
    print([purpose, '', ...[...commands].map(usageLine)].join('\n'));
    return EXIT_USAGE;
  }
  try {
    return await command.run(optionsIn(name, command, rest), print);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return EXIT_USAGE;
  }
}

/**
 * Ties each option to the value behind it. A key or a salt in base64url begins with a dash once in 64 times, and would
 * be refused as an option nobody knows; only a word that is an option of this command is left one.
 */
export function tied(args: readonly string[], options: readonly string[], flags: readonly string[] = []): string[] {
  const known = new Set([...options, ...flags].map((name) => `--${name}`));
  const takesValue = new Set(options.map((name) => `--${name}`));
  const words: string[] = [];
  for (const word of args) {
    const before = words.at(-1);
    const isValue = before !== undefined && takesValue.has(before) && !known.has(word);
    if (isValue) words.splice(-1, 1, `${before}=${word}`);
    else words.push(word);
  }
  return words;
}

function optionsIn(name: string, { options, flags = [] }: Command, args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: tied(args, options, flags),
    options: Object.fromEntries<{ readonly type: 'string' | 'boolean' }>([
      ...options.map((option) => [option, { type: 'string' }] as const),
      ...flags.map((flag) => [flag, { type: 'boolean' }] as const),
    ]),
    allowPositionals: true,
  });
  const [subject] = positionals;
  if (subject === undefined || positionals.length > 1) throw new CommandError(`${name} takes one file or address.`);
  const given = Object.entries(values);
  return {
    subject,
    values: Object.fromEntries(given.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))),
    flags: new Set(given.flatMap(([key, value]) => (value === true ? [key] : []))),
  };
}

function usageLine([name, { usage }]: readonly [string, Command]): string {
  const [given, purpose] = usage;
  return `  ${name} ${given}\n      ${purpose}`;
}
