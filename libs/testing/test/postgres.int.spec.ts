import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { emptyDatabase, startPostgres, testDatabase, type TestDatabase } from '@hetao/testing';

class CreateParcels1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE shipping.parcels (id text PRIMARY KEY)`);
    await runner.query(`INSERT INTO shipping.parcels VALUES ('first')`);
  }
  async down(): Promise<void> {}
}

class AddWeight1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE shipping.parcels ADD weight_g bigint`);
  }
  async down(): Promise<void> {}
}

const options = { schema: 'shipping', entities: [], migrations: [CreateParcels1763800000001] };
const opened: TestDatabase[] = [];

async function open(overrides: Partial<Parameters<typeof testDatabase>[0]> = {}): Promise<TestDatabase> {
  const database = await testDatabase({ ...options, ...overrides });
  opened.push(database);
  return database;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

const parcels = (database: TestDatabase) =>
  database.withClient(
    async (client) => (await client.query<{ id: string }>('SELECT id FROM parcels ORDER BY id')).rows,
  );

const templates = async () => {
  const database = await open();
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_database WHERE datname LIKE 'template\\_%'`,
    );
    return rows[0]?.n;
  });
};

describe('testDatabase', () => {
  it('gives every caller a migrated database of its own', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    await one.withClient((client) => client.query(`INSERT INTO parcels VALUES ('mine')`));
    expect(await parcels(one)).toEqual([{ id: 'first' }, { id: 'mine' }]);
    expect(await parcels(two)).toEqual([{ id: 'first' }]);
    expect(await one.pendingMigrations()).toEqual([]);
  });

  it('makes one template when many ask at once, and another one for another list', async () => {
    await open();
    const before = await templates();
    await Promise.all(Array.from({ length: 5 }, () => open({ migrations: [AddAll1763800000003] })));
    const after = await templates();
    expect(after).toBe((before ?? 0) + 1);
    const wider = await open({ migrations: [CreateParcels1763800000001, AddWeight1763800000002] });
    expect(
      await wider.withClient(async (client) => (await client.query('SELECT weight_g FROM parcels')).rowCount),
    ).toBe(1);
  });

  it('leaves nothing behind', async () => {
    const database = await testDatabase(options);
    const name = new URL(database.url).pathname.slice(1);
    await database.close();
    const other = await open();
    const { rowCount } = await other.withClient((client) =>
      client.query('SELECT FROM pg_database WHERE datname = $1', [name]),
    );
    expect(rowCount).toBe(0);
  });

  it('shares one server within the run', async () => {
    expect(await startPostgres()).toBe(await startPostgres());
  });
});

class AddAll1763800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE shipping.everything (id text PRIMARY KEY)`);
  }
  async down(): Promise<void> {}
}

describe('emptyDatabase', () => {
  it('has nothing but what PostgreSQL brings, and is gone after drop', async () => {
    const empty = await emptyDatabase();
    const client = new pg.Client({ connectionString: empty.url });
    await client.connect();
    const sql = `SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`;
    expect((await client.query(sql)).rows).toEqual([{ nspname: 'public' }]);
    await client.end();
    await empty.drop();
    await expect(new pg.Client({ connectionString: empty.url }).connect()).rejects.toMatchObject({ code: '3D000' });
  });
});
