import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, freePort } from '@hetao/testing';
import { counted, equationOf, repositoryRoot, runTrade } from './support/trade-run.js';
import { startWholeExchange, type WholeExchange } from './support/whole-exchange.js';

const WITHIN_MS = 120_000;

describe('The whole trade in one process', () => {
  let exchange: WholeExchange;

  beforeEach(async () => {
    exchange = await startWholeExchange();
  }, WITHIN_MS);

  afterEach(() => exchange?.close(), WITHIN_MS);

  it(
    'ends balanced and closed, and a second run changes nothing',
    async () => {
      const first = await equationOf(runTrade(exchange.process.url, exchange.folder));
      expect(first).toMatchObject({ period: '2015-05', status: 'closed', balanced: true });
      expect(counted(first)).toEqual({ calls: '10000', bytes: '2747282740' });
      expect(await equationOf(runTrade(exchange.process.url, exchange.folder))).toEqual(first);
    },
    WITHIN_MS,
  );

  it(
    'ends the same when the process is killed in the middle of it and started again',
    async () => {
      const trade = runTrade(exchange.process.url, exchange.folder);
      await trade.reached('usage under way', (line) => line.progress === 'usage sent' && (line.done ?? 0) >= 3_000);
      await exchange.process.kill();
      exchange.process.start();
      const equation = await equationOf(trade);
      expect(equation).toMatchObject({ status: 'closed', balanced: true });
      expect(counted(equation)).toEqual({ calls: '10000', bytes: '2747282740' });
    },
    WITHIN_MS,
  );
});

describe('npm start', () => {
  let folder: string;
  let started: ChildProcess | undefined;

  afterEach(async () => {
    const child = started;
    if (child && child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  }, WITHIN_MS);

  it(
    'opens the exchange with its demo world, says where, and the curl line it prints works',
    async () => {
      folder = await mkdtemp(join(tmpdir(), 'hetao-start-'));
      const port = await freePort();
      let printed = '';
      started = spawn(process.execPath, [join(repositoryRoot, 'tools/start.mjs')], {
        cwd: repositoryRoot,
        env: { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      started.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      started.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await eventually(() => expect(printed).toMatch(/Ready in/), { withinMs: 90_000, everyMs: 100 });
      expect(printed).toContain(`http://localhost:${port}`);
      const [, address = '', key = ''] =
        /curl -s ["']?([^ "']+)["']? -H ["']authorization: (Bearer [^"']+)["']/.exec(printed) ?? [];
      const answer = await fetch(address.startsWith('http') ? address : `http://${address}`, {
        headers: { authorization: key },
      });
      expect(answer.status).toBe(200);
      expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(1);
    },
    WITHIN_MS,
  );

  it(
    'says what is wrong and how to mend it when its port is taken',
    async () => {
      folder = await mkdtemp(join(tmpdir(), 'hetao-start-'));
      const other = new (await import('node:net')).Server();
      const port = await freePort();
      await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
      let printed = '';
      started = spawn(process.execPath, [join(repositoryRoot, 'tools/start.mjs')], {
        cwd: repositoryRoot,
        env: { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      started.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      const code = await new Promise((resolve) => started?.once('exit', resolve));
      await new Promise((resolve) => other.close(resolve));
      expect(code).toBe(1);
      expect(printed).toContain(`port ${port} is taken`);
      expect(printed).toContain('PORT=8081 npm start');
    },
    WITHIN_MS,
  );
});
