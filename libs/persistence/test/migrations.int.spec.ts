import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainException } from '@hetao/kernel';
import { openDatabase, type Database, type MigrationClass } from '@hetao/persistence';
import { emptyDatabase, eventually, type EmptyDatabase } from '@hetao/testing';
import { Column, Entity, PrimaryColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

class CreateShelves1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE shelves (id text PRIMARY KEY)');
  }
  async down(): Promise<void> {}
}

// Slow on purpose: rivals arrive while it runs.
class FillShelves1763800000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`INSERT INTO shelves SELECT 'shelf ' || n FROM generate_series(1, 3) n, pg_sleep(0.2)`);
  }
  async down(): Promise<void> {}
}

class BreakHalfWay1763800000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id int)');
    await runner.query('INSERT INTO half VALUES (1)');
    await runner.query('ALTER TABLE nowhere ADD broken int');
  }
  async down(): Promise<void> {}
}

class IndexShelves1763800000004 implements MigrationInterface {
  readonly transaction = false;
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX CONCURRENTLY shelves_by_length ON shelves (length(id))');
  }
  async down(): Promise<void> {}
}

/** Has no migration: its table must never appear. */
@Entity('ghosts')
class GhostRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;
}

const SOUND = [CreateShelves1763800000001, FillShelves1763800000002];

let empty: EmptyDatabase;
const opened: Database[] = [];

beforeEach(async () => {
  empty = await emptyDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  await empty.drop();
});

async function open(migrations: readonly MigrationClass[], schema = 'store'): Promise<Database> {
  const options = { url: empty.url, schema, entities: [GhostRow], migrations, applicationName: 'spec', poolSize: 3 };
  const database = await openDatabase(options);
  opened.push(database);
  return database;
}

const read = async <R>(database: Database, sql: string, params: unknown[] = []): Promise<R[]> =>
  database.withClient(async (client) => (await client.query(sql, params)).rows as R[]);
const tables = async (database: Database) =>
  (
    await read<{ name: string }>(database, 'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 ORDER BY 1', [
      database.schema,
    ])
  ).map((row) => row.name);
const problemOf = async (work: Promise<unknown>): Promise<DomainException['problem']> => {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof DomainException)) throw new Error(`expected a DomainException, got ${String(error)}`);
  return error.problem;
};

describe('migrations', () => {
  it('are pending until they have run, run once, and stand in the table in their order', async () => {
    const database = await open(SOUND);
    expect(await database.pendingMigrations()).toEqual(SOUND.map((migration) => migration.name));
    expect(await database.migrate()).toBe(2);
    expect(await database.pendingMigrations()).toEqual([]);
    expect(await database.migrate()).toBe(0);
    expect(await read(database, 'SELECT name, timestamp FROM migrations ORDER BY id')).toEqual([
      { name: 'CreateShelves1763800000001', timestamp: '1763800000001' },
      { name: 'FillShelves1763800000002', timestamp: '1763800000002' },
    ]);
  });

  it('run in the order of the list, not of the numbers in their names', async () => {
    class MakeTable1763900000000 implements MigrationInterface {
      up = async (runner: QueryRunner): Promise<void> => void (await runner.query('CREATE TABLE late (id int)'));
      down = (): Promise<void> => Promise.resolve();
    }
    class UseTable1763700000000 implements MigrationInterface {
      up = async (runner: QueryRunner): Promise<void> => void (await runner.query('ALTER TABLE late ADD more int'));
      down = (): Promise<void> => Promise.resolve();
    }
    expect(await (await open([MakeTable1763900000000, UseTable1763700000000])).migrate()).toBe(2);
  });

  it('run once when several processes start at the same time', async () => {
    const rivals = await Promise.all(Array.from({ length: 4 }, () => open(SOUND)));
    const counts = await Promise.all(rivals.map((rival) => rival.migrate()));
    expect(counts.toSorted()).toEqual([0, 0, 0, 2]);
    expect(await read(rivals[0]!, 'SELECT id FROM shelves')).toHaveLength(3);
  });

  it('build an index concurrently while rivals wait for the lock', async () => {
    const rivals = await Promise.all(Array.from({ length: 3 }, () => open([...SOUND, IndexShelves1763800000004])));
    const counts = await Promise.all(rivals.map((rival) => rival.migrate()));
    expect(counts.toSorted()).toEqual([0, 0, 3]);
  });

  it('of two schemas do not wait for each other and do not mix', async () => {
    const [store, depot] = await Promise.all([open(SOUND, 'store'), open([CreateShelves1763800000001], 'depot')]);
    expect(await Promise.all([store.migrate(), depot.migrate()])).toEqual([2, 1]);
    expect(await read(store, 'SELECT id FROM shelves')).toHaveLength(3);
    expect(await read(depot, 'SELECT id FROM shelves')).toHaveLength(0);
  });
});

describe('a migration that fails half-way', () => {
  it('keeps the earlier ones, nothing of itself, and says which and why', async () => {
    const database = await open([...SOUND, BreakHalfWay1763800000003]);
    const problem = await problemOf(database.migrate());
    expect(problem.code).toBe('MIGRATION_FAILED');
    expect(problem.detail).toContain('BreakHalfWay1763800000003 (3 of 3 pending) failed in schema "store"');
    expect(problem.detail).toContain('relation "nowhere" does not exist');
    expect(await tables(database)).toEqual(['migrations', 'shelves']);
    expect(await database.pendingMigrations()).toEqual(['BreakHalfWay1763800000003']);
    // Corrected, it goes on from there.
    expect(await (await open([...SOUND, IndexShelves1763800000004])).migrate()).toBe(1);
  });

  it('releases the lock, so the next start does not hang', async () => {
    const database = await open([BreakHalfWay1763800000003]);
    await problemOf(database.migrate());
    expect((await problemOf(database.migrate())).code).toBe('MIGRATION_FAILED');
    await eventually(async () => {
      expect(
        await read(
          database,
          `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
             WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted`,
        ),
      ).toEqual([]);
    });
  });
});

describe('tables', () => {
  it('never come from entities: opening and migrating create nothing but what migrations say', async () => {
    const database = await open([CreateShelves1763800000001]);
    expect(database.dataSource.options).toMatchObject({ synchronize: false, migrationsRun: false });
    expect(await tables(database)).toEqual([]);
    await database.migrate();
    expect(await tables(database)).toEqual(['migrations', 'shelves']);
    expect(database.dataSource.hasMetadata(GhostRow)).toBe(true);
  });
});

describe('a list of migrations', () => {
  it('may not name one twice', async () => {
    await expect(open([CreateShelves1763800000001, CreateShelves1763800000001])).rejects.toThrow('stands twice');
  });
});
