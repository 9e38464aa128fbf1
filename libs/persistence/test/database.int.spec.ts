import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@hetao/kernel';
import {
  UnitOfWork,
  databaseFailure,
  isDatabaseUnavailable,
  openDatabase,
  startEmbeddedPostgres,
  type Database,
  type DatabaseOptions,
} from '@hetao/persistence';
import { emptyDatabase, eventually, freePort, startPostgres } from '@hetao/testing';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function open(overrides: Partial<DatabaseOptions> = {}): Promise<Database> {
  const options = { schema: 'spec', entities: [], migrations: [], applicationName: 'spec', poolSize: 2 };
  const url = overrides.url ?? (await fresh());
  const database = await openDatabase({ ...options, ...overrides, url });
  cleanUp.push(() => database.close());
  return database;
}

async function fresh(): Promise<string> {
  const empty = await emptyDatabase();
  cleanUp.push(empty.drop);
  return empty.url;
}

const noOutbox = { write: () => Promise.resolve(), committed: () => undefined };

describe('openDatabase', () => {
  it('refuses a wrong password at once and does not repeat it in the message', async () => {
    const url = new URL((await startPostgres()).url('postgres'));
    url.password = 'not-the-password';
    const startedAt = Date.now();
    const attempt = open({ url: url.href });
    await expect(attempt).rejects.toMatchObject({ problem: { code: 'DATABASE_REFUSED' } });
    await expect(attempt).rejects.not.toThrow('not-the-password');
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it('refuses a database that does not exist, naming it', async () => {
    const url = (await startPostgres()).url('never_created');
    await expect(open({ url })).rejects.toMatchObject({
      problem: { code: 'DATABASE_REFUSED', detail: expect.stringContaining('/never_created') },
    });
  });

  it('gives up on a server that never comes, saying where it looked', async () => {
    const port = await freePort();
    await expect(open({ url: `postgres://u:secret@127.0.0.1:${port}/db`, connectWithinMs: 300 })).rejects.toMatchObject(
      {
        problem: {
          code: 'DATABASE_UNAVAILABLE',
          detail: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${port}/db within 0\\.3 s.*ECONNREFUSED`)),
        },
      },
    );
  });

  it('waits for a server that is still starting', async () => {
    const target = new URL(await fresh());
    const port = await freePort();
    const opening = open({ url: Object.assign(new URL(target), { port: String(port) }).href });
    await pause(200);
    const proxy = await forward(port, Number(target.port));
    cleanUp.push(proxy);
    await expect(opening.then((database) => database.ping())).resolves.toBeUndefined();
  });

  it.each(['Upper', 'semi;colon', '', '1st'])('refuses the schema name "%s"', async (schema) => {
    await expect(open({ url: 'postgres://unused', schema })).rejects.toThrow('Schema');
  });
});

/** A port that leads to another one: nothing answered there before. */
async function forward(from: number, to: number): Promise<() => Promise<void>> {
  const { connect } = await import('node:net');
  const server = createServer((incoming) => {
    const outgoing = connect(to, '127.0.0.1');
    incoming.on('error', () => outgoing.destroy()).pipe(outgoing);
    outgoing.on('error', () => incoming.destroy()).pipe(incoming);
  });
  await new Promise<void>((resolve) => server.listen(from, '127.0.0.1', resolve));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

describe('a connection', () => {
  it('looks in the schema of the service alone, keeps UTC, and leaves a date the text it is', async () => {
    const database = await open();
    const rows = await database.withClient(async (client) => {
      const sql = `SELECT current_setting('search_path') AS path, current_setting('TimeZone') AS zone, DATE '2015-05-31' AS day`;
      return (await client.query<object>(sql)).rows;
    });
    expect(rows).toEqual([{ path: 'spec', zone: 'UTC', day: '2015-05-31' }]);
  });

  it('bounds statements and locks', async () => {
    const database = await open({ statementTimeoutMs: 100 });
    const error: unknown = await database
      .withClient((client) => client.query('SELECT pg_sleep(9)'))
      .catch((e: unknown) => e);
    expect(databaseFailure(error)).toBe('timeout');
    expect(isDatabaseUnavailable(error)).toBe(false);
  });

  it('that was left inside a transaction is not handed to the next caller', async () => {
    const database = await open({ poolSize: 1 });
    await database.withClient((client) => client.query('BEGIN'));
    const status = await database.withClient(async (client) => {
      await client.query('SELECT 1');
      return client.getTransactionStatus();
    });
    expect(status).toBe('I');
  });

  it('that cannot be had in time is told as unavailable, and can be had again later', async () => {
    const database = await open({ poolSize: 1, acquireTimeoutMs: 100 });
    const held = Promise.withResolvers<void>();
    const holding = database.withClient(() => held.promise);
    const error: unknown = await database.ping().catch((caught: unknown) => caught);
    expect(isDatabaseUnavailable(error)).toBe(true);
    held.resolve();
    await holding;
    await database.ping();
  });
});

describe('a server that goes away and comes back', () => {
  it('fails what was running, is told as unavailable meanwhile, and serves again without reopening', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hetao-spec-'));
    cleanUp.push(() => rm(folder, { recursive: true, force: true }));
    const first = await startEmbeddedPostgres({ dataDir: folder, durable: true });
    const lost: string[] = [];
    const onConnectionLost = (error: Error): void => void lost.push(error.message);
    const database = await open({ url: await first.createDatabase('shop'), acquireTimeoutMs: 2_000, onConnectionLost });
    const uow = new UnitOfWork(database, noOutbox, systemClock);
    await database.withClient((client) => client.query('CREATE SCHEMA spec; CREATE TABLE spec.sales (id int)'));
    await uow.run((tx) => tx.execute('INSERT INTO sales VALUES (1)'));

    const running = uow.run(async (tx) => {
      await tx.execute('INSERT INTO sales VALUES (2)');
      await first.stop('immediate');
      await tx.execute('INSERT INTO sales VALUES (3)');
    });
    expect(isDatabaseUnavailable(await running.catch((error: unknown) => error))).toBe(true);
    const meanwhile: unknown = await uow.run((tx) => tx.query('SELECT 1')).catch((error: unknown) => error);
    expect(isDatabaseUnavailable(meanwhile)).toBe(true);

    const second = await startEmbeddedPostgres({ dataDir: folder, durable: true, port: first.port });
    cleanUp.push(() => second.stop());
    await eventually(() => database.ping());
    const rows = await uow.run((tx) => tx.query<{ id: number }>('SELECT id FROM sales'));
    expect(rows).toEqual([{ id: 1 }]);
  });
});
