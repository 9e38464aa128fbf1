import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newId } from '@hetao/kernel';
import { openDatabase, type Database } from '@hetao/persistence';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken, emptyDatabase, freePort, ServiceProcess, testCallerKeys, type TestCaller } from '@hetao/testing';
import { people } from './running-training.js';

const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));
const KEY = 'the-key-of-hong-kong';

/** What crossed the door: the highest round whose sums went out whole. */
export interface Crossing {
  sent: number;
  /** Called when a round is asked for, before it is passed on. */
  onRound: (round: number) => void;
}

/** Both sides as processes of their own, the door between them, and the database where the ledger is. */
export interface TwoSides {
  readonly service: ServiceProcess;
  readonly database: Database;
  readonly folder: string;
  readonly crossing: Crossing;
  send(as: TestCaller, method: string, path: string, json?: unknown): Promise<Readonly<Record<string, unknown>>>;
  /** Starts Hong Kong's side. */
  join(run: string): ChildProcess;
  /** Rounds that Hong Kong has followed, as its file says. */
  followed(run: string): Promise<number>;
  stop(): Promise<void>;
}

export async function startTwoSides(): Promise<TwoSides> {
  const { url, drop } = await emptyDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'hetao-two-sides-'));
  const service = new ServiceProcess({
    name: 'sandbox',
    repositoryRoot,
    environment: {
      DATABASE_URL: url,
      TRANSPORT: 'embedded',
      CALLER_PUBLIC_KEY: JSON.stringify((await testCallerKeys()).publicKeys),
      SANDBOX_DATA_DIR: folder,
      LOG_LEVEL: 'warn',
    },
    logFile: join(folder, 'sandbox.log'),
    port: await freePort(),
  });
  service.start();
  await service.ready();
  const database = await openDatabase({
    url,
    schema: 'sandbox',
    entities: [],
    migrations: [],
    applicationName: 'test',
    poolSize: 2,
  });
  const crossing: Crossing = { sent: 0, onRound: () => undefined };
  const door = await openDoor(service, crossing);
  await writeFile(join(folder, 'key'), KEY);
  const stateOf = (run: string): string => join(folder, `${run}.json`);
  return {
    service,
    database,
    folder,
    crossing,
    send: async (as, method, path, json) => {
      const headers = {
        [CALLER_HEADER]: await callerToken({ via: 'session', ...as }),
        'idempotency-key': newId('idk'),
      };
      const content = json === undefined ? {} : { body: JSON.stringify(json) };
      const typed = json === undefined ? headers : { ...headers, 'content-type': 'application/json' };
      const answer = await fetch(service.url + path, { method, headers: typed, ...content });
      return (await answer.json()) as Record<string, unknown>;
    },
    join: (run) => {
      const main = join(repositoryRoot, '.hetao', 'dist', 'tools', 'split', 'main.js');
      const code = `import { main } from ${JSON.stringify(main)}; process.exitCode = await main(process.argv.slice(1), console.log);`;
      const { port } = door.address() as AddressInfo;
      const options = [
        '--url',
        `http://127.0.0.1:${port}`,
        '--api-key-file',
        join(folder, 'key'),
        '--state',
        stateOf(run),
      ];
      return spawn(process.execPath, ['--input-type=module', '-e', code, 'join', run, ...options], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    },
    followed: async (run) => {
      const text = await readFile(stateOf(run), 'utf8').catch(() => '{"round":0}');
      return (JSON.parse(text) as { round: number }).round;
    },
    stop: async () => {
      door.closeAllConnections();
      door.close();
      await database.close();
      await service.stop();
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The one way between the sides: as the gateway does, it knows the key and signs who is calling. */
async function openDoor(service: ServiceProcess, crossing: Crossing): Promise<Server> {
  const door = createServer((incoming, outgoing) => {
    const round = Number(new URL(incoming.url ?? '/', service.url).searchParams.get('round') ?? 0);
    if (incoming.headers.authorization !== `Bearer ${KEY}`) {
      outgoing.writeHead(401).end('{}');
      return;
    }
    if (round > 0) crossing.onRound(round);
    void callerToken({ via: 'api_key', scopes: ['*'], ...people.viewer, subject: 'key_hongkong' }).then((token) => {
      const headers = { ...incoming.headers };
      delete headers.authorization;
      delete headers.host;
      const target = new URL(incoming.url ?? '/', service.url);
      const passed = request(
        target,
        { method: incoming.method, headers: { ...headers, [CALLER_HEADER]: token } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
          answer.on('error', () => outgoing.destroy());
          if (round > 0 && answer.statusCode === 200)
            answer.on('end', () => (crossing.sent = Math.max(crossing.sent, round)));
        },
      );
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    });
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return door;
}
