import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { Hetao } from '@hetao/client';
import { UsageError } from './exit.js';
import { Profiles } from './profile.js';
import type { Terminal } from './terminal.js';

const HERE = 'http://localhost:8080';
const MAX_ROWS = 1_000;

/** What every command is given: who asks whom, and where it is said. */
export class Cli {
  readonly profiles: Profiles;
  /** What the programme ends with when nothing fails. */
  exitCode = 0;

  constructor(
    readonly program: Command,
    readonly terminal: Terminal,
  ) {
    this.profiles = new Profiles(terminal.around.env);
  }

  /** The exchange where none is named. */
  get here(): string {
    return this.terminal.around.env['HETAO_URL'] ?? HERE;
  }

  /** The exchange as the options, the environment or the profile name it, in this order. */
  async hetao(): Promise<Hetao> {
    const { url, key } = await this.target();
    return new Hetao({ baseUrl: url, ...(key === undefined ? {} : { apiKey: key }) });
  }

  async target(): Promise<{ readonly url: string; readonly key: string | undefined }> {
    const { env } = this.terminal.around;
    const { url, profile } = this.program.opts<{ url?: string; profile?: string }>();
    const name = profile ?? env['HETAO_PROFILE'];
    const kept = await this.profiles.find(name);
    if (name !== undefined && kept === undefined) {
      throw new UsageError(`There is no profile "${name}": hetao --profile ${name} login`);
    }
    const asked = url ?? env['HETAO_URL'];
    // A key goes to the exchange it was made for, and to no other that happens to be named.
    const key = asked === undefined || asked === kept?.url ? kept?.key : undefined;
    return { url: asked ?? kept?.url ?? HERE, key: env['HETAO_API_KEY'] ?? key };
  }
}

/** The first rows of a list, as many as a person asked for. */
export async function take<T>(rows: AsyncIterable<T>, limit: number): Promise<T[]> {
  const taken: T[] = [];
  if (limit === 0) return taken;
  for await (const row of rows) {
    taken.push(row);
    if (taken.length >= limit) break;
  }
  return taken;
}

/** For `--limit`. */
export function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= MAX_ROWS) return value;
  throw new UsageError(`"${text}" is no number from 0 to ${MAX_ROWS}.`);
}

/** A file's text; `-` is standard input. */
export async function textIn(path: string, { around }: Terminal): Promise<string> {
  if (path === '-') return around.input();
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read: ${cause.code ?? cause.message}.`, { cause });
  });
}

/** An object in a YAML or JSON file. */
export async function objectIn(path: string, terminal: Terminal): Promise<Record<string, unknown>> {
  const text = await textIn(path, terminal);
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new UsageError(`${path} is neither YAML nor JSON: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${path} holds no object.`);
  }
  return value as Record<string, unknown>;
}
