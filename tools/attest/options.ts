import { readFile } from 'node:fs/promises';

/** What a command was given. */
export interface Options {
  /** The file or address it is about. */
  readonly subject: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

export type Print = (line: string) => void;

/** Said to whoever called the command wrongly. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** An option that cannot be left out. @throws CommandError. */
export function required({ values }: Options, name: string): string {
  const value = values[name];
  if (value === undefined) throw new CommandError(`--${name} is missing.`);
  return value;
}

/** A JSON file. @throws CommandError naming the file; its content may be a key and is never quoted. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CommandError(`${path} cannot be read as JSON.`, { cause });
  }
}
