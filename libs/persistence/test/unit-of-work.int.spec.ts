import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainException, defineErrors, err, ok } from '@hetao/kernel';
import {
  UnitOfWork,
  databaseFailure,
  isDatabaseUnavailable,
  type EventContract,
  type OutboxWriter,
  type PendingEvent,
  type Tx,
} from '@hetao/persistence';
import { eventually, manualClock, testDatabase, type TestDatabase } from '@hetao/testing';
import { CreateAccounts1763800000001 } from './accounts.migration.js';

const errors = defineErrors({
  UOW_SPEC_INVALID: { kind: 'invalid', title: 'The event is not valid', fix: 'Send a name.' },
  UOW_SPEC_REFUSED: { kind: 'conflict', title: 'Refused', fix: 'Ask again.' },
});

interface Renamed {
  readonly account: string;
  readonly name: string;
}

const AccountRenamed: EventContract<Renamed> = {
  type: 'hetao.spec.account-renamed.v1',
  topic: { name: 'hetao.spec.account' },
  key: (data) => data.account,
  parse: (json) => {
    const { account, name } = json as Partial<Renamed>;
    if (!account || !name) throw new DomainException(errors.UOW_SPEC_INVALID('name is missing'));
    return { account, name };
  },
};

/** Stores events in a table of the same database, as the real outbox does, and remembers when it was woken. */
class TableOutbox implements OutboxWriter {
  readonly woken: string[][] = [];

  async write(tx: Tx, events: readonly PendingEvent[]): Promise<void> {
    for (const event of events) {
      await tx.execute('INSERT INTO journal (what) VALUES ($1)', [`event ${event.key} ${JSON.stringify(event.data)}`]);
    }
  }

  committed(topics: ReadonlySet<string>): void {
    this.woken.push([...topics]);
  }
}

const clock = manualClock('2026-11-22T08:00:00Z');
let database: TestDatabase;
let outbox: TableOutbox;
let uow: UnitOfWork;

beforeAll(async () => {
  database = await testDatabase({ schema: 'ledger', entities: [], migrations: [CreateAccounts1763800000001] });
});
afterAll(() => database.close());

beforeEach(async () => {
  outbox = new TableOutbox();
  uow = new UnitOfWork(database, outbox, clock);
  await database.withClient((client) =>
    client.query(`TRUNCATE accounts, journal; INSERT INTO accounts VALUES ('a', 100), ('b', 100)`),
  );
});

const read = async <R>(sql: string): Promise<R[]> =>
  database.withClient(async (client) => (await client.query(sql)).rows as R[]);
const balances = async () =>
  (await read<{ balance: string }>('SELECT balance FROM accounts ORDER BY id')).map((row) => row.balance);
const journal = async () =>
  (await read<{ what: string }>('SELECT what FROM journal ORDER BY seq')).map((row) => row.what);
const pay = (tx: Tx, from: string, amount: number) =>
  tx.execute('UPDATE accounts SET balance = balance - $2 WHERE id = $1', [from, amount]);

describe('a transaction', () => {
  it('commits what the work did and writes its events last', async () => {
    const value = await uow.run(async (tx) => {
      tx.append(AccountRenamed, { account: 'a', name: 'Ah' });
      await tx.execute(`INSERT INTO journal (what) VALUES ('work after append')`);
      await pay(tx, 'a', 30);
      return 'done';
    });
    expect(value).toBe('done');
    expect(await balances()).toEqual(['70', '100']);
    expect(await journal()).toEqual(['work after append', 'event a {"account":"a","name":"Ah"}']);
    expect(outbox.woken).toEqual([['hetao.spec.account']]);
  });

  it('rolls back everything when the work throws, events included', async () => {
    const work = uow.run(async (tx) => {
      await pay(tx, 'a', 30);
      tx.append(AccountRenamed, { account: 'a', name: 'Ah' });
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await balances()).toEqual(['100', '100']);
    expect(await journal()).toEqual([]);
    expect(outbox.woken).toEqual([]);
  });

  it('rolls back when the outbox cannot be written', async () => {
    outbox.write = () => Promise.reject(new Error('no outbox today'));
    const work = uow.run(async (tx) => {
      await pay(tx, 'a', 30);
      tx.append(AccountRenamed, { account: 'a', name: 'Ah' });
    });
    await expect(work).rejects.toThrow('no outbox today');
    expect(await balances()).toEqual(['100', '100']);
  });

  it('refuses an event that its contract refuses, and nothing of the transaction remains', async () => {
    const work = uow.run(async (tx) => {
      await pay(tx, 'a', 30);
      tx.append(AccountRenamed, { account: 'a', name: '' });
    });
    await expect(work).rejects.toMatchObject({ problem: { code: 'UOW_SPEC_INVALID' } });
    expect(await balances()).toEqual(['100', '100']);
  });

  it('stores what the contract made of the data, stamped with the clock', async () => {
    const written: PendingEvent[] = [];
    outbox.write = async (_, events) => void written.push(...events);
    await uow.run(async (tx) => tx.append(AccountRenamed, { account: 'a', name: 'Ah', secret: 'no' } as Renamed));
    expect(written).toEqual([
      {
        id: expect.stringMatching(/^evt_/),
        type: 'hetao.spec.account-renamed.v1',
        topic: 'hetao.spec.account',
        key: 'a',
        data: { account: 'a', name: 'Ah' },
        time: new Date('2026-11-22T08:00:00Z'),
      },
    ]);
  });

  it('returns an error result and rolls back', async () => {
    const refused = await uow.runResult(async (tx) => {
      await pay(tx, 'a', 30);
      return err(errors.UOW_SPEC_REFUSED('not today'));
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'UOW_SPEC_REFUSED' } });
    expect(await balances()).toEqual(['100', '100']);
    expect(await uow.runResult(async (tx) => ok(await pay(tx, 'a', 30)))).toEqual({ ok: true, value: 1 });
    expect(await balances()).toEqual(['70', '100']);
  });

  it('shares one connection between manager, raw client and query', async () => {
    await uow.run(async (tx) => {
      const [mine] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const [theirs] = await tx.manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      const { rows } = await tx.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      expect([theirs?.pid, rows[0]?.pid]).toEqual([mine?.pid, mine?.pid]);
      expect(await tx.query('UPDATE accounts SET balance = 1 RETURNING id')).toHaveLength(2);
    });
  });

  it('keeps a savepoint of TypeORM inside itself', async () => {
    await uow.run(async (tx) => {
      await pay(tx, 'a', 10);
      const inner = tx.manager.transaction(async (manager) => {
        await manager.query(`UPDATE accounts SET balance = 0`);
        throw new Error('only the inner part');
      });
      await expect(inner).rejects.toThrow('only the inner part');
    });
    expect(await balances()).toEqual(['90', '100']);
  });
});

describe('after the commit', () => {
  it('runs the callbacks once the change is visible to others, and never after a rollback', async () => {
    const calls: string[] = [];
    await uow.run(async (tx) => {
      tx.onCommitted(() => calls.push('committed'));
      expect(calls).toEqual([]);
    });
    await uow
      .run(async (tx) => {
        tx.onCommitted(() => calls.push('rolled back'));
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(calls).toEqual(['committed']);
  });

  it('does not fail the caller when a callback fails', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      await uow.run(async (tx) => {
        tx.onCommitted(() => {
          throw new Error('late trouble');
        });
        await pay(tx, 'a', 1);
      });
      expect(warn).toHaveBeenCalledWith('After a commit: late trouble', expect.anything());
    } finally {
      warn.mockRestore();
    }
    expect(await balances()).toEqual(['99', '100']);
  });

  it('refuses a transaction that has ended', async () => {
    const kept = await uow.run(async (tx) => tx);
    await expect(kept.query('SELECT 1')).rejects.toThrow('has ended');
    expect(() => kept.append(AccountRenamed, { account: 'a', name: 'Ah' })).toThrow('has ended');
  });
});

describe('work that hides the truth from the commit', () => {
  it('is refused when it swallowed an SQL error: PostgreSQL would answer COMMIT with a silent ROLLBACK', async () => {
    const work = uow.run(async (tx) => {
      await pay(tx, 'a', 30);
      await tx.query('SELECT 1 / 0').catch(() => undefined);
      return 'all is well';
    });
    await expect(work).rejects.toThrow('its error was swallowed');
    expect(await balances()).toEqual(['100', '100']);
  });

  it('is refused when it ended the transaction itself', async () => {
    await expect(uow.run((tx) => tx.query('ROLLBACK'))).rejects.toThrow('ended its own transaction');
  });
});

describe('a conflict', () => {
  it('of two transactions in a real deadlock is solved by running the loser again', async () => {
    let attempts = 0;
    let arrived = 0;
    const both = Promise.withResolvers<void>();
    const transfer = (from: string, to: string) =>
      uow.run(async (tx) => {
        attempts += 1;
        await tx.query(`SET LOCAL deadlock_timeout = '20ms'`);
        await pay(tx, from, 10);
        // Each now holds one row; from here on each wants the other's.
        arrived += 1;
        if (arrived === 2) both.resolve();
        await both.promise;
        await pay(tx, to, -10);
        tx.append(AccountRenamed, { account: from, name: 'paid' });
      });
    await Promise.all([transfer('a', 'b'), transfer('b', 'a')]);
    expect(attempts).toBe(3);
    expect(await balances()).toEqual(['100', '100']);
    expect(await journal()).toHaveLength(2);
  });

  it('of serializable transactions never loses an update', async () => {
    let attempts = 0;
    const increment = () =>
      uow.run(
        async (tx) => {
          attempts += 1;
          const [row] = await tx.query<{ balance: string }>(`SELECT balance FROM accounts WHERE id = 'a'`);
          await tx.execute(`UPDATE accounts SET balance = $1 WHERE id = 'a'`, [Number(row?.balance) + 1]);
        },
        { isolation: 'serializable', retries: 20 },
      );
    await Promise.all(Array.from({ length: 5 }, increment));
    expect(await balances()).toEqual(['105', '100']);
    expect(attempts).toBeGreaterThan(5);
  });

  it('is given up after the allowed number of tries', async () => {
    let attempts = 0;
    const work = uow.run(
      async (tx) => {
        attempts += 1;
        await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'for ever' USING ERRCODE = '40001'; END $$`);
      },
      { retries: 2 },
    );
    await expect(work).rejects.toMatchObject({ code: '40001' });
    expect(attempts).toBe(3);
  });

  it('is not seen in other errors, which run once', async () => {
    let attempts = 0;
    const work = uow.run(async (tx) => {
      attempts += 1;
      await tx.query(`INSERT INTO accounts VALUES ('a', 1)`);
    });
    await expect(work).rejects.toMatchObject({ code: '23505', constraint: 'accounts_pkey' });
    expect(attempts).toBe(1);
  });
});

describe('a connection lost in the middle', () => {
  const terminate = (pid: number) =>
    database.withClient((client) => client.query('SELECT pg_terminate_backend($1)', [pid]));
  const pidOf = async (tx: Tx) => (await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid ?? 0;

  it('while a statement runs: rolled back, told as unavailable, and the next transaction works', async () => {
    const work = uow.run(async (tx) => {
      await pay(tx, 'a', 30);
      const pid = await pidOf(tx);
      await Promise.all([tx.query('SELECT pg_sleep(20)'), terminate(pid)]);
    });
    const error: unknown = await work.catch((caught: unknown) => caught);
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(await balances()).toEqual(['100', '100']);
    await uow.run((tx) => pay(tx, 'a', 1));
    expect(await balances()).toEqual(['99', '100']);
  });

  it('while the work is busy elsewhere: not committed, and told why', async () => {
    const work = uow.run(async (tx) => {
      await pay(tx, 'a', 30);
      const pid = await pidOf(tx);
      const gone = new Promise((resolve) => tx.client.once('end', resolve));
      await terminate(pid);
      await gone;
    });
    await expect(work).rejects.toMatchObject({ problem: { code: 'DATABASE_UNAVAILABLE' } });
    expect(await balances()).toEqual(['100', '100']);
  });

  it('while TypeORM holds it: told as unavailable, not as "query runner already released"', async () => {
    const work = uow.run(async (tx) => {
      const pid = await pidOf(tx);
      const gone = new Promise((resolve) => tx.client.once('end', resolve));
      await terminate(pid);
      await gone;
      await tx.manager.query('SELECT 1');
    });
    const error: unknown = await work.catch((caught: unknown) => caught);
    expect(databaseFailure(error)).toBe('unreachable');
  });

  it('during COMMIT: the outcome is told as unknown, never as failed or done', async () => {
    const work = uow.run(async (tx) => {
      const pid = await pidOf(tx);
      await tx.execute('INSERT INTO slow_commits VALUES (1)');
      void eventually(async () => {
        const [row] = await read<{ query: string }>(`SELECT query FROM pg_stat_activity WHERE pid = ${pid}`);
        expect(row?.query).toBe('COMMIT');
        await terminate(pid);
      });
    });
    await expect(work).rejects.toMatchObject({ problem: { code: 'COMMIT_OUTCOME_UNKNOWN' } });
  });
});
