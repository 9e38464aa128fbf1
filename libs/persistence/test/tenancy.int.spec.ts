import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@hetao/kernel';
import {
  asEveryTenant,
  asTenant,
  isolateTenants,
  openDatabase,
  UnitOfWork,
  type Database,
  type MigrationClass,
} from '@hetao/persistence';
import { emptyDatabase, type EmptyDatabase } from '@hetao/testing';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class CreateSales1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE sales (id int PRIMARY KEY, seller_id text, buyer_id text)');
    await runner.query(`INSERT INTO sales VALUES (1, 'org_a', 'org_b'), (2, 'org_b', 'org_c'), (3, 'org_c', 'org_a')`);
    await isolateTenants(runner, { isolated: { sales: ['seller_id', 'buyer_id'], later: ['owner_id'] }, exempt: {} });
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward.'));
  }
}

let empty: EmptyDatabase;
let database: Database;
let uow: UnitOfWork;
beforeAll(async () => {
  empty = await emptyDatabase();
  const migrations: MigrationClass[] = [CreateSales1764600000001];
  const about = { schema: 'spec', entities: [], migrations, applicationName: 'spec', poolSize: 1 };
  const url = await empty.login('spec');
  const owned = await openDatabase({ ...about, url: empty.url, servingRole: new URL(url).username });
  await owned.migrate();
  await owned.close();
  database = await openDatabase({ ...about, url, tellsTenant: true });
  uow = new UnitOfWork(database, { write: () => Promise.resolve(), committed: () => undefined }, systemClock);
});
afterAll(async () => {
  await database.close();
  await empty.drop();
});

const ids = async () =>
  (await database.dataSource.query<{ id: number }[]>('SELECT id FROM sales ORDER BY id')).map(({ id }) => id);
const write = (sql: string) => uow.run((tx) => tx.execute(sql));
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? Reflect.get(error, 'code') : error) as string,
  );

describe('work on behalf of an organisation', () => {
  it('sees the rows that name it, without a WHERE, and nobody else’s', async () => {
    expect(await asTenant('org_a', ids)).toEqual([1, 3]);
    expect(await asTenant('org_b', ids)).toEqual([1, 2]);
    expect(await asTenant('org_x', ids)).toEqual([]);
    expect(await asTenant('', ids)).toEqual([]);
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('keeps its own connection’s word when many wait for the same one', async () => {
    const tenants = ['org_a', 'org_b', 'org_c', 'org_a', 'org_x'];
    const seen = await Promise.all([...tenants.map((tenant) => asTenant(tenant, ids)), ids()]);
    expect(seen).toEqual([[1, 3], [1, 2], [2, 3], [1, 3], [], [1, 2, 3]]);
  });

  it('changes and removes nothing of others, and writes nothing in their name', async () => {
    await asTenant('org_a', async () => {
      expect(await write(`UPDATE sales SET buyer_id = buyer_id`)).toBe(2);
      expect(await write(`DELETE FROM sales WHERE id = 2`)).toBe(0);
      expect(await code(write(`INSERT INTO sales VALUES (4, 'org_b', 'org_c')`))).toBe('42501');
      expect(await code(write(`UPDATE sales SET seller_id = 'org_b', buyer_id = 'org_c' WHERE id = 1`))).toBe('42501');
    });
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('may be widened by name only', async () => {
    expect(await asTenant('org_a', () => asEveryTenant(ids))).toEqual([1, 2, 3]);
    expect(() => asTenant('*', ids)).toThrow(RangeError);
  });

  it('is over for what a commit wakes', async () => {
    const woken = Promise.withResolvers<number[]>();
    await asTenant('org_a', () =>
      uow.run((tx) => {
        tx.onCommitted(() => void ids().then(woken.resolve, woken.reject));
        return Promise.resolve();
      }),
    );
    expect(await woken.promise).toEqual([1, 2, 3]);
  });
});

describe('the account of a service', () => {
  it('works with rows and may change no table', async () => {
    expect(await code(write('CREATE TABLE mine ()'))).toBe('42501');
    expect(await code(write('ALTER TABLE sales DISABLE ROW LEVEL SECURITY'))).toBe('42501');
    expect(await code(write('DROP POLICY tenant_isolation ON sales'))).toBe('42501');
    expect(await code(write('TRUNCATE sales'))).toBe('42501');
  });

  it('sees nothing of a tenant in a session that never said for whom it asks', async () => {
    const stranger = new pg.Client({ connectionString: await empty.login('spec') });
    await stranger.connect();
    expect((await stranger.query('SELECT * FROM spec.sales')).rows).toEqual([]);
    await stranger.end();
  });
});
