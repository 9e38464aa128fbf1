import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { eventually } from '@hetao/testing';
import type pg from 'pg';
import { closedGate, type Gate } from '../support/gate.js';
import type { ContractTransport, Stage } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

const WAIT = { withinMs: 30_000 };

/**
 * PostgreSQL hands numbers out before transactions commit, so "what comes after the last number I saw" loses or
 * reorders events. Each of these plays one of the known traps through to its end.
 */
export function visibilityContract(world: () => ContractTransport): void {
  describe('visibility', () => {
    it('trap 1: does not skip an event that took its number early and committed late', () =>
      withStage(world, async (stage) => {
        await keepHistory(stage);
        await stage.consume();
        const early = await writeButDoNotCommitYet(stage, 'early', 1);
        await stage.publish('other', 2);
        await eventually(async () => expect(await stage.numbersOf('other')).toEqual([2]), WAIT);
        expect(await stage.numbersOf('early')).toEqual([]);
        await early.commit();
        await eventually(async () => expect(await stage.numbersOf('early')).toEqual([1]), WAIT);
        const [first, second] = await rowsOf(stage);
        expect([first?.key, second?.key]).toEqual(['early', 'other']);
      }));

    it('trap 2: does not skip it where a gate on the oldest running transaction would', () =>
      withStage(world, async (stage) => {
        await keepHistory(stage);
        await stage.consume();
        await stage.relay();
        // The number is taken, then the trigger waits: the transaction has no id yet, so no snapshot knows of it.
        await pauseInserts(stage, 'early');
        await stage.orders.withClient(async (blocker) => {
          // Every 32nd number is logged, which gives its taker an id; after this one there are some to go.
          await stage.publish('warm-up', 0);
          await blocker.query('SELECT pg_advisory_lock(4711)');
          const early = stage.uow().run(async (tx) => tx.append(stage.event, { key: 'early', n: 1 }));
          await eventually(() => expectBlockedWithoutId(stage), WAIT);
          await stage.publish('other', 2);
          await eventually(async () => expect(await stage.numbersOf('other')).toEqual([2]), WAIT);
          // Other databases of the server have transactions too, so the gate may take a moment to open.
          await eventually(async () => expect(await passesXminGate(blocker, 'other')).toBe(true), WAIT);
          await blocker.query('SELECT pg_advisory_unlock(4711)');
          await early;
        });
        await eventually(async () => expect(await stage.numbersOf('early')).toEqual([1]), WAIT);
        // The late one does have the lower number: a cursor at the other's number would never look back.
        const keys = (await rowsOf(stage)).map((row) => row.key);
        expect(keys).toEqual(['warm-up', 'early', 'other']);
      }));

    it('trap 3: does not reorder a key whose first writer began last', () =>
      withStage(world, async (stage) => {
        await keepHistory(stage);
        await stage.relay();
        const began = closedGate();
        const mayPublish = closedGate();
        let olderId = '';
        const older = stage.uow().run(async (tx) => {
          await tx.execute(`INSERT INTO counters (key, n) VALUES ('older', 1)`);
          const [row] = await tx.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
          olderId = row?.id ?? '';
          began.open();
          await mayPublish.opened;
          tx.append(stage.event, { key: 'k', n: 2 });
        });
        await began.opened;
        await stage.publish('k', 1);
        mayPublish.open();
        await older;
        // By (transaction id, number) the second fact would come first.
        const [first, second] = await rowsOf(stage);
        expect(BigInt(first?.xid ?? 0)).toBeGreaterThan(BigInt(olderId));
        expect(second?.xid).toBe(olderId);
        await stage.consume();
        await eventually(async () => expect(await stage.numbersOf('k')).toEqual([1, 2]), WAIT);
      }));

    it('lets the second writer of a key wait until the first has committed', () =>
      withStage(world, async (stage) => {
        await stage.relay();
        const first = await writeButDoNotCommitYet(stage, 'k', 1);
        let secondIsDone = false;
        const second = stage.publish('k', 2).then(() => (secondIsDone = true));
        await eventually(() => expectWaitingForLock(stage), WAIT);
        expect(secondIsDone).toBe(false);
        await first.commit();
        await second;
        await stage.consume();
        await eventually(async () => expect(await stage.numbersOf('k')).toEqual([1, 2]), WAIT);
      }));
  });
}

interface OpenWrite {
  commit(): Promise<void>;
}

/** Runs a transaction up to its commit: the outbox row is written, with its number, and nobody sees it. */
async function writeButDoNotCommitYet(stage: Stage, key: string, n: number): Promise<OpenWrite> {
  await stage.relay();
  const written = closedGate();
  const mayCommit = closedGate();
  const outbox = stage.transport.outboxFor('orders', stage.orders);
  const holding = {
    write: async (...args: Parameters<typeof outbox.write>): Promise<void> => {
      await outbox.write(...args);
      await holdOpen(written, mayCommit);
    },
    committed: (topics: ReadonlySet<string>): void => outbox.committed(topics),
  };
  const uow = new UnitOfWork(stage.orders, holding, systemClock);
  const running = uow.run(async (tx) => tx.append(stage.event, { key, n }));
  await Promise.race([written.opened, running]);
  return {
    commit: async () => {
      mayCommit.open();
      await running;
    },
  };
}

async function holdOpen(written: Gate, mayCommit: Gate): Promise<void> {
  written.open();
  await mayCommit.opened;
}

interface NumberedRow {
  readonly key: string;
  readonly xid: string;
}

/** Which transaction wrote which row: an outbox row itself shows only who touched it last. */
async function keepHistory(stage: Stage): Promise<void> {
  await stage.orders.withClient(async (client) => {
    await client.query('CREATE TABLE outbox_history (seq bigint PRIMARY KEY, key text NOT NULL, xid text NOT NULL)');
    await client.query(
      `CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN INSERT INTO outbox_history VALUES (NEW.seq, NEW.key, pg_current_xact_id()::text); RETURN NEW; END $$`,
    );
    await client.query(
      'CREATE TRIGGER keep_history AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION keep_history()',
    );
  });
}

function rowsOf(stage: Stage): Promise<NumberedRow[]> {
  return stage.orders.withClient(async (client) => {
    const { rows } = await client.query<NumberedRow>('SELECT key, xid FROM outbox_history ORDER BY seq');
    return rows;
  });
}

/** A default is worked out before a BEFORE trigger runs, and the row gets its transaction id after it. */
async function pauseInserts(stage: Stage, key: string): Promise<void> {
  await stage.orders.withClient(async (client) => {
    await client.query(
      `CREATE FUNCTION pause_insert() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN NEW; END $$`,
    );
    await client.query(
      `CREATE TRIGGER pause_insert BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.key = '${key}') EXECUTE FUNCTION pause_insert()`,
    );
  });
}

async function expectBlockedWithoutId(stage: Stage): Promise<void> {
  const { rows } = await stage.orders.withClient((client) =>
    client.query<{ backend_xid: string | null }>(
      `SELECT backend_xid FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event = 'advisory' AND query LIKE '%INSERT INTO outbox%'`,
    ),
  );
  expect(rows).toEqual([{ backend_xid: null }]);
}

async function expectWaitingForLock(stage: Stage): Promise<void> {
  const { rows } = await stage.orders.withClient((client) =>
    client.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`),
  );
  expect(rows).toHaveLength(1);
}

/** Would `xmin < pg_snapshot_xmin(pg_current_snapshot())` let a reader take this row and move its cursor past it? */
async function passesXminGate(client: pg.ClientBase, key: string): Promise<boolean | undefined> {
  const { rows } = await client.query<{ passes: boolean }>(
    `SELECT xid::xid8 < pg_snapshot_xmin(pg_current_snapshot()) AS passes FROM outbox_history WHERE key = $1`,
    [key],
  );
  return rows[0]?.passes;
}
