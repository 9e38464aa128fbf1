import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyDatabase, freePort } from '@hetao/testing';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
/** The first start makes the whole demo world; a loaded machine takes its time. */
const READY_WITHIN_MS = 240_000;

export interface DemoExchange {
  readonly url: string;
  /** As the owner of every table: for what no page can bring about. */
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** The exchange as `npm start` opens it, with its demo world, on a database of its own: what people get is tested. */
export async function startDemoExchange(): Promise<DemoExchange> {
  const database = await emptyDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'hetao-portal-'));
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: database.url, LANG: 'en' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await ended(child);
    await rm(dataDir, { recursive: true, force: true });
    await database.drop();
  };
  try {
    await said(child, 'Ready in');
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, databaseUrl: database.url, stop };
}

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const timer = setTimeout(() => reject(new Error(`No "${word}" in time:\n${heard}`)), READY_WITHIN_MS);
    const hear = (chunk: Buffer) => {
      heard += chunk.toString();
      if (!heard.includes(word)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The exchange ended (${code}):\n${heard}`));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
