import { spawn, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = dirname(fileURLToPath(new URL('../../../../package.json', import.meta.url)));

/** One line of `npm run trade -- --json`. */
export interface TradeLine {
  readonly step?: string;
  readonly progress?: string;
  readonly done?: number;
  readonly total?: number;
  readonly equation?: Equation;
  readonly result?: 'balanced' | 'unbalanced';
  readonly [fact: string]: unknown;
}

export interface Equation {
  readonly period: string;
  readonly status: string;
  readonly balanced: boolean;
  readonly meters: readonly { readonly meter: string; readonly usage: string; readonly rated: string }[];
  readonly currencies: readonly Record<string, unknown>[];
}

export interface TradeRun {
  readonly lines: readonly TradeLine[];
  /** Resolves with the exit code; rejects when the trade could not be run at all. */
  readonly ended: Promise<number>;
  readonly errors: () => string;
  /** Resolves as soon as a line satisfies, also one that came before; rejects when the trade ends without. */
  reached(what: string, satisfies: (line: TradeLine) => boolean): Promise<TradeLine>;
}

/** Runs the trade as a person would, as a process of its own, and reads what it says line by line. */
export function runTrade(url: string, folder: string, lines = 10_000): TradeRun {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      join(repositoryRoot, 'tools/trade.mjs'),
      '--json',
      '--url',
      url,
      '--lines',
      String(lines),
      '--keyring',
      join(folder, 'keys.json'),
    ],
    { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const seen: TradeLine[] = [];
  const waiting = new Set<(line: TradeLine) => void>();
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = JSON.parse(text) as TradeLine;
      seen.push(line);
      for (const tell of waiting) tell(line);
    });
  }
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
  const reached = (what: string, satisfies: (line: TradeLine) => boolean) =>
    new Promise<TradeLine>((resolve, reject) => {
      const known = seen.find(satisfies);
      if (known) return resolve(known);
      waiting.add((line) => satisfies(line) && resolve(line));
      void ended.then((code) => reject(new Error(`the trade ended (${code}) before "${what}": ${errors}`)));
    });
  return { lines: seen, ended, errors: () => errors, reached };
}

/** The equation a run ended with, or what kept it from one. */
export async function equationOf(run: TradeRun): Promise<Equation> {
  const code = await run.ended;
  const equation = run.lines.find((line) => line.equation)?.equation;
  if (code !== 0 || !equation)
    throw new Error(`the trade ended with ${code}: ${run.errors()} ${JSON.stringify(run.lines.at(-1))}`);
  return equation;
}

/** What was counted and charged for, by meter; the two must be the same. */
export function counted({ meters }: Equation): Record<string, string> {
  for (const { meter, usage, rated } of meters) {
    if (usage !== rated) throw new Error(`${usage} ${meter} were counted, ${rated} charged for`);
  }
  return Object.fromEntries(meters.map(({ meter, usage }) => [meter, usage]));
}
