import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./notes/main.ts', import.meta.url));
const loader = new URL('./load-typescript.mjs', import.meta.url).href;
const telemetry = new URL('../src/telemetry/start.ts', import.meta.url).href;

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The notes service as a process of its own, as an operator would run it. */
export interface NotesProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has written to standard output so far. */
  stdout(): string;
  /** The address it serves at, once it says so. */
  url(): Promise<string>;
}

export function runNotes(env: Readonly<Record<string, string>>, args: readonly string[] = []): NotesProcess {
  const child = spawn(
    process.execPath,
    ['--conditions=@hetao/source', '--import', loader, '--import', telemetry, main, ...args],
    { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => ({
    code: code as number | null,
    signal: signal as string | null,
    stdout,
    stderr,
  }));
  const url = async (): Promise<string> => {
    for (;;) {
      const found = /"url":"(http[^"]+)"/.exec(stdout)?.[1];
      if (found !== undefined) return found;
      const end = await Promise.race([ended, once(child.stdout, 'data')]);
      if (!Array.isArray(end)) throw new Error(`The process ended with ${end.code} before it served:\n${end.stderr}`);
    }
  };
  return { child, ended, stdout: () => stdout, url };
}
