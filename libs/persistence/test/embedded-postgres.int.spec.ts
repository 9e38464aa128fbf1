import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from '@hetao/persistence';
import { eventually, freePort } from '@hetao/testing';
import pg from 'pg';

const LOADER = new URL('../../testing/jest/load-typescript.mjs', import.meta.url).href;
const LAUNCHER = new URL('../src/embedded/index.ts', import.meta.url).href;

let dataDir: string;
const cleanUp: (() => unknown)[] = [];

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-spec-'));
  dataDir = join(folder, 'postgres');
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, durable: true, ...options });
  cleanUp.push(() => server.stop());
  return server;
}

async function query<R extends object>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

const serverPid = async () => Number.parseInt(await readFile(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8'), 10);

describe('a new data directory', () => {
  it('holds a server with the settings we rely on, which keeps its data over a restart', async () => {
    const first = await start();
    const url = await first.createDatabase('shop');
    expect(await first.createDatabase('shop')).toBe(url);
    await query(url, 'CREATE TABLE sales AS SELECT 7 AS id');
    const names = `'fsync', 'max_connections', 'listen_addresses', 'TimeZone', 'server_encoding'`;
    const settings = await query<{ name: string; setting: string }>(
      url,
      `SELECT name, setting FROM pg_settings WHERE name IN (${names})`,
    );
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      max_connections: '300',
      listen_addresses: '127.0.0.1',
      TimeZone: 'UTC',
      server_encoding: 'UTF8',
    });
    await first.stop();
    const second = await start({ port: first.port });
    expect(second.url('shop')).toBe(url);
    expect(await query(url, 'SELECT id FROM sales')).toEqual([{ id: 7 }]);
  });

  it('keeps what was committed when the server crashes', async () => {
    const first = await start();
    const url = await first.createDatabase('shop');
    await query(url, 'CREATE TABLE sales AS SELECT 7 AS id');
    await first.stop('immediate');
    await start({ port: first.port });
    expect(await query(url, 'SELECT id FROM sales')).toEqual([{ id: 7 }]);
  });

  it('lets nobody in without the password', async () => {
    const server = await start({ durable: false });
    const guess = new URL(server.url('postgres'));
    guess.password = 'postgres';
    await expect(query(guess.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('upper-cases and compares Unicode alike on every machine', async () => {
    const server = await start({ durable: false });
    expect(await query(server.url('postgres'), `SELECT upper('straße é') AS up, '河套' < '深圳' AS sorted`)).toEqual([
      { up: 'STRAßE É', sorted: true },
    ]);
  });
});

describe('a data directory that is not free or not ours', () => {
  it('that a living process uses is refused', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_IN_USE',
      message: expect.stringContaining(String(process.pid)),
    });
  });

  it.each([
    [['holiday.jpg'], 'holiday.jpg'],
    [['PG_VERSION', 'base'], 'some other PostgreSQL server'],
  ])('that holds %j is refused and left untouched', async (files, told) => {
    await mkdir(dataDir);
    for (const file of files) await writeFile(join(dataDir, file), 'mine');
    await expect(start()).rejects.toMatchObject({
      code: 'DATA_DIRECTORY_FOREIGN',
      message: expect.stringContaining(told),
    });
    expect(await readdir(dataDir)).toEqual(files.toSorted());
  });

  it('that another major version made is refused, naming both', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '13\n');
    await expect(start()).rejects.toMatchObject({
      code: 'VERSION_MISMATCH',
      message: expect.stringMatching(/PostgreSQL 13.*PostgreSQL 18/),
    });
  });

  it('that is a file is refused', async () => {
    await writeFile(dataDir, '');
    await expect(start()).rejects.toMatchObject({ code: 'DATA_DIRECTORY_UNUSABLE' });
  });

  it('that a first start left half made is made anew', async () => {
    await mkdir(join(dataDir, 'cluster.new', 'base'), { recursive: true });
    await writeFile(join(dataDir, 'launcher.lock'), '{"pid":');
    const server = await start({ durable: false });
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('whose pid file names a process that became something else starts all the same', async () => {
    await (await start({ durable: false })).stop();
    await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n\n\n\nready\n`);
    await start({ durable: false });
  });
});

describe('a port', () => {
  it('that is taken gives way to the next free one', async () => {
    const occupant = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => occupant.listen(port, '127.0.0.1', resolve));
    cleanUp.push(() => new Promise((resolve) => occupant.close(resolve)));
    const server = await start({ port, durable: false });
    expect(server.port).toBeGreaterThan(port);
    expect(server.port).toBeLessThan(port + 50);
  });
});

describe('a server that ends by itself', () => {
  it('is started again on its port', async () => {
    const troubles: string[] = [];
    const server = await start({ onTrouble: (message) => troubles.push(message) });
    const url = await server.createDatabase('shop');
    // The supervisor starts one at once only if it had been well for a while; this one dies young, so it waits.
    process.kill(await serverPid(), 'SIGKILL');
    await eventually(() => query(url, 'SELECT 1'), { withinMs: 20_000, everyMs: 200 });
    expect(troubles).toEqual(['PostgreSQL ended unexpectedly (signal SIGKILL); starting it again.']);
  });
});

describe('a launcher that is killed', () => {
  it('takes its server with it, and the next start takes the directory over', async () => {
    const script = `
      import(${JSON.stringify(LAUNCHER)})
        .then((module) => module.startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: true }))
        .then(() => { console.log('started'); setInterval(() => {}, 1000); });`;
    const launcher = spawn(process.execPath, ['--import', LOADER, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => launcher.stdout.once('data', resolve));
    const gone = new Promise((resolve) => launcher.once('close', resolve));
    launcher.kill('SIGKILL');
    await gone;
    await eventually(async () => {
      expect(await readdir(join(dataDir, 'cluster'))).not.toContain('postmaster.pid');
    });
    const server = await start();
    expect(await query(server.url('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

// Only root may mount a small disk to fill.
const mayMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
const onSmallDisk = mayMount ? describe : describe.skip;

onSmallDisk('a full disk', () => {
  const mounted = async (sizeMb: number): Promise<string> => {
    const place = `${dataDir}-disk`;
    await mkdir(place);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', place]).status).toBe(0);
    cleanUp.push(() => spawnSync('umount', [place]));
    return join(place, 'postgres');
  };

  it('at the first start is told as such and leaves nothing half made', async () => {
    const small = await mounted(20);
    await expect(start({ dataDir: small })).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await readdir(small)).toEqual([]);
  });

  it('while running fails the write as "full", keeps what was committed, and lets work go on once space is free', async () => {
    const small = await mounted(90);
    const server = await start({ dataDir: small, onTrouble: () => undefined });
    const url = await server.createDatabase('shop');
    await query(url, `CREATE TABLE sales AS SELECT 7 AS id; CREATE TABLE junk (filler text STORAGE PLAIN)`);
    const ballast = join(small, '..', 'ballast');
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=1M', 'count=200']);
    const fill = query(url, `INSERT INTO junk SELECT repeat('x', 7000) FROM generate_series(1, 2000)`);
    await expect(fill).rejects.toMatchObject({ code: '53100' });
    await rm(ballast);
    await eventually(() => query(url, 'INSERT INTO sales VALUES (8)'), { withinMs: 20_000, everyMs: 200 });
    expect(await query(url, 'SELECT id FROM sales ORDER BY id')).toEqual([{ id: 7 }, { id: 8 }]);
  });
});
