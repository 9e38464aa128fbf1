import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { err, systemClock } from '@hetao/kernel';
import type { OutboxWriter } from '@hetao/persistence';
import { testDatabase, type TestDatabase } from '@hetao/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RequestUnitOfWork } from './request-unit-of-work.js';

class CreateMarks1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE marks (mark text PRIMARY KEY)');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward.'));
  }
}

const quietOutbox: OutboxWriter = { write: () => Promise.resolve(), committed: () => undefined };
let database: TestDatabase;
let uow: RequestUnitOfWork;

beforeAll(async () => {
  database = await testDatabase({ schema: 'marks', entities: [], migrations: [CreateMarks1763900000002] });
  uow = new RequestUnitOfWork(database, quietOutbox, systemClock);
});
afterAll(() => database.close());

const mark = (text: string) => uow.run((tx) => tx.execute('INSERT INTO marks VALUES ($1)', [text]));

async function marks(prefix: string): Promise<string[]> {
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ mark: string }>('SELECT mark FROM marks WHERE mark LIKE $1 ORDER BY 1', [
      `${prefix}%`,
    ]);
    return rows.map((row) => row.mark);
  });
}

describe('A unit of work inside a spanning transaction', () => {
  it('commits with it', async () => {
    await uow.spanning(async (tx) => {
      await mark('both-a');
      await tx.execute('INSERT INTO marks VALUES ($1)', ['both-b']);
      expect(await marks('both')).toEqual([]);
    });
    expect(await marks('both')).toEqual(['both-a', 'both-b']);
  });

  it('rolls back with it', async () => {
    const failing = uow.spanning(async () => {
      await mark('lost');
      throw new Error('after the use case');
    });
    await expect(failing).rejects.toThrow('after the use case');
    expect(await marks('lost')).toEqual([]);
  });

  it('does not let a failure be forgotten: neither an exception nor an error result', async () => {
    const swallowed = uow.spanning(async () => {
      await mark('kept');
      await uow.run(() => Promise.reject(new Error('refused'))).catch(() => undefined);
      return 'as if nothing had happened';
    });
    await expect(swallowed).rejects.toThrow(/answered as if it had not/);
    await expect(uow.spanning(() => uow.runResult(() => Promise.resolve(err('no'))))).rejects.toThrow(
      /as if it had not/,
    );
    expect(await marks('kept')).toEqual([]);
  });

  it('refuses an isolation that its request does not have', async () => {
    const stricter = () => uow.run((tx) => tx.execute('SELECT 1'), { isolation: 'serializable' });
    await expect(uow.spanning(stricter)).rejects.toThrow("@Idempotent({ isolation: 'serializable' })");
    await expect(uow.spanning(stricter, { isolation: 'serializable' })).resolves.toBe(1);
  });

  it('is alone outside: transactions side by side stay apart', async () => {
    await Promise.all([
      uow.spanning(() => mark('apart-a')),
      uow
        .run(async (tx) => {
          await tx.execute('INSERT INTO marks VALUES ($1)', ['apart-b']);
          throw new Error('rolled back');
        })
        .catch(() => undefined),
      mark('apart-c'),
    ]);
    expect(await marks('apart')).toEqual(['apart-a', 'apart-c']);
  });

  it('runs again as a whole after a serialization failure', async () => {
    await mark('race');
    let attempts = 0;
    await uow.spanning(
      async (tx) => {
        attempts += 1;
        await tx.query('SELECT * FROM marks WHERE mark LIKE $1', ['race%']);
        if (attempts === 1) {
          await database.withClient((client) => client.query(`UPDATE marks SET mark = 'race-won' WHERE mark = 'race'`));
        }
        await uow.run((inner) => inner.execute(`UPDATE marks SET mark = mark || '-after' WHERE mark LIKE 'race%'`));
      },
      { isolation: 'serializable' },
    );
    expect([attempts, await marks('race')]).toEqual([2, ['race-won-after']]);
  });
});
