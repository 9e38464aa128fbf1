import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LOADER = new URL('../../../testing/jest/load-typescript.mjs', import.meta.url).href;
const WITHIN_MS = 60_000;

/** What a program of this folder is told. */
export interface ChildTask {
  readonly kind: 'embedded' | 'kafka';
  readonly brokers: readonly string[];
  readonly ordersUrl: string;
  readonly billingUrl: string;
  readonly topic: string;
  readonly group: string;
}

/** Runs a program until it is killed, and returns by which signal it ended. */
export async function runUntilKilled(
  program: 'publish-and-die' | 'handle-and-die',
  task: ChildTask,
): Promise<string | null> {
  const file = fileURLToPath(new URL(`../crash/${program}.ts`, import.meta.url));
  const flags = ['--conditions=@hetao/source', '--no-warnings', '--import', LOADER];
  const child = spawn(process.execPath, [...flags, file, JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const late = setTimeout(() => child.kill('SIGTERM'), WITHIN_MS);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('exit', (...ending) => resolve(ending)),
  );
  clearTimeout(late);
  if (signal !== 'SIGKILL') throw new Error(`${program} ended with ${signal ?? code}: ${complaints}`);
  return signal;
}
