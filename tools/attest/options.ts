import { readFile } from 'node:fs/promises';
import { CommandError, type Options } from '../command-line/command-line.js';

/** An option that cannot be left out. @throws CommandError. */
export function required({ values }: Options, name: string): string {
  const value = values[name];
  if (value === undefined) throw new CommandError(`--${name} is missing.`);
  return value;
}

/** An instant. @throws CommandError. */
export function instant(options: Options, name: string): Date {
  return instantOf(required(options, name), name);
}

/** An instant, or now. @throws CommandError. */
export function instantOrNow({ values }: Options, name: string): Date {
  const text = values[name];
  return text === undefined ? new Date() : instantOf(text, name);
}

/** Words between commas; none when it is left out. */
export function list({ values }: Options, name: string): readonly string[] {
  return (values[name] ?? '').split(',').filter((word) => word !== '');
}

/** A JSON file. @throws CommandError naming the file; its content may be a key and is never quoted. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CommandError(`${path} cannot be read as JSON.`, { cause });
  }
}

/** The one word in a file: an API key, a salt. @throws CommandError naming the file, never its content. */
export async function readWord(path: string): Promise<string> {
  const word = await readFile(path, 'utf8').then(
    (text) => text.trim(),
    (cause: unknown) => {
      throw new CommandError(`${path} cannot be read.`, { cause });
    },
  );
  if (/^\S+$/.test(word)) return word;
  throw new CommandError(`${path} does not hold one word.`);
}

function instantOf(text: string, name: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new CommandError(`--${name} is no ISO 8601 instant.`);
  return time;
}
