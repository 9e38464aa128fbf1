import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { eventually } from '@hetao/testing';
import { createEmbeddedTransport, forgetGroup } from '../src/index.js';
import type { ContractTransport } from './support/stage.js';
import { withStage } from './support/with-stage.js';
import { transportContract } from './transport-contract.js';

const embedded: ContractTransport = {
  kind: 'embedded',
  brokers: [],
  create: ({ onCrash, drainWithinMs = 10_000 }) =>
    createEmbeddedTransport({ onCrash, drainWithinMs, pollMs: 200, stuckAfterMs: 2_000, ownershipWaitMs: 2_000 }),
  // As after a crash before the acknowledgement: the delivery is there again, once the first one is gone.
  redeliver: (orders, eventId) =>
    eventually(async () => {
      const { rowCount } = await orders.withClient((client) =>
        client.query(
          `INSERT INTO outbox_deliveries (consumer_group, seq, lane)
           SELECT consumer_group, seq, lane FROM outbox JOIN outbox_subscriptions USING (topic) WHERE id = $1
           ON CONFLICT DO NOTHING`,
          [eventId],
        ),
      );
      expect(rowCount).toBe(1);
    }),
};

const world = (): ContractTransport => embedded;
const WAIT = { withinMs: 30_000 };

transportContract('the embedded transport', world);

describe('the embedded transport alone', () => {
  it('has no rebalances: a second consumer of a group is refused, for a group lives in one process', () =>
    withStage(world, async (stage) => {
      await stage.consume();
      await expect(stage.consume()).rejects.toThrow(`Group "${stage.group}" is consumed already`);
    }));

  it('refuses a second process on the same database and says what to do', () =>
    withStage(world, async (stage) => {
      await stage.publish('a', 1);
      const second = stage.newTransport();
      await expect(second.startRelay('orders', stage.orders)).rejects.toMatchObject({
        problem: { code: 'DATABASE_SERVED_ELSEWHERE', fix: expect.stringContaining('TRANSPORT=kafka') as unknown },
      });
      const uow = new UnitOfWork(stage.orders, second.outboxFor('orders', stage.orders), systemClock);
      const writing = uow.run(async (tx) => tx.append(stage.event, { key: 'a', n: 2 }));
      await expect(writing).rejects.toMatchObject({ problem: { code: 'DATABASE_SERVED_ELSEWHERE' } });
    }));

  it('ends the process when another took the database over while the connection was lost', () =>
    withStage(
      world,
      async (stage) => {
        await stage.relay();
        await stage.orders.withClient(async (rival) => {
          const { rows } = await rival.query<{ pid: number; key: string }>(
            `SELECT pid, (classid::bigint << 32 | objid::bigint)::text AS key FROM pg_locks
             WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          );
          const [owner] = rows;
          await rival.query('SET lock_timeout = 0');
          const taken = rival.query('SELECT pg_advisory_lock($1)', [owner?.key]);
          await stage.billing.withClient((other) => other.query('SELECT pg_terminate_backend($1)', [owner?.pid]));
          await taken;
          await eventually(() => expect(stage.crashes).toHaveLength(1), WAIT);
          await rival.query('SELECT pg_advisory_unlock_all()');
        });
        expect(stage.crashes[0]).toMatchObject({ problem: { code: 'DATABASE_SERVED_ELSEWHERE' } });
      },
      { expectCrash: true },
    ));

  it('lets a successor in as soon as the predecessor has closed', () =>
    withStage(world, async (stage) => {
      await stage.publish('a', 1);
      await stage.transport.close();
      const successor = stage.newTransport();
      await successor.startRelay('orders', stage.orders);
      await successor.consume(stage.consumeOptions({ transport: successor }));
      await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
    }));

  it.each(['read committed', 'repeatable read'] as const)(
    'registers a group while writers commit (%s) and misses nothing, twice nothing',
    (isolation) =>
      withStage(world, async (stage) => {
        await stage.relay();
        let writing = true;
        let written = 0;
        const writer = async (key: string): Promise<void> => {
          for (let n = 1; writing && n <= 2_000; n += 1) {
            await stage.uow().run(
              async (tx) => {
                // The snapshot of this transaction is older than a registration that comes now.
                await tx.query('SELECT count(*) FROM outbox_subscriptions');
                tx.append(stage.event, { key, n });
              },
              { isolation },
            );
            written += 1;
          }
        };
        const writers = Promise.all(['a', 'b', 'c'].map(writer));
        const groups = [1, 2, 3, 4].map((number) => `${stage.group}-${number}`);
        for (const group of groups) {
          const before = written;
          await eventually(() => expect(written).toBeGreaterThan(before + 5), WAIT);
          await stage.consume({ group, mode: 'batch' });
        }
        writing = false;
        await writers;
        for (const group of groups) {
          await eventually(async () => expect(await stage.effects(group)).toHaveLength(written), WAIT);
          for (const key of ['a', 'b', 'c']) {
            const numbers = await stage.numbersOf(key, group);
            expect(numbers).toEqual(numbers.map((_, index) => index + 1));
          }
        }
      }),
  );

  it('delivers to a group that somebody registered behind its back', () =>
    withStage(world, async (stage) => {
      await stage.publish('a', 1);
      const foreign = `${stage.group}-foreign`;
      await stage.orders.withClient(async (client) => {
        await client.query(`SELECT nextval('outbox_subscription_epoch')`);
        await client.query('INSERT INTO outbox_subscriptions (consumer_group, topic) VALUES ($1, $2)', [
          foreign,
          stage.topic.name,
        ]);
      });
      await stage.publish('a', 2);
      const { rows } = await stage.orders.withClient((client) =>
        client.query('SELECT key FROM outbox_deliveries JOIN outbox USING (seq) WHERE consumer_group = $1', [foreign]),
      );
      expect(rows).toHaveLength(1);
      await forgetGroup(stage.orders, foreign);
      await stage.publish('a', 3);
      const left = await stage.orders.withClient((client) =>
        client.query('SELECT FROM outbox_deliveries WHERE consumer_group = $1', [foreign]),
      );
      expect(left.rowCount).toBe(0);
    }));

  it('reads a service that starts after its readers', () =>
    withStage(world, async (stage) => {
      await stage.transport.consume(stage.consumeOptions());
      await stage.publish('a', 1);
      await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
    }));

  it('goes on for others when one service stops', () =>
    withStage(world, async (stage) => {
      const consumer = await stage.consume();
      const billing = await stage.transport.startRelay('billing', stage.billing);
      await stage.publish('a', 1);
      await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
      await billing.stop();
      await stage.publish('a', 2);
      await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2]), WAIT);
      expect(consumer.health().ready).toBe(true);
    }));

  it('leaves no delivery behind when everything is handled', () =>
    withStage(world, async (stage) => {
      await stage.consume();
      for (let n = 1; n <= 50; n += 1) await stage.publish(`key-${n % 7}`, n);
      await eventually(async () => {
        const { rows } = await stage.orders.withClient((client) => client.query('SELECT FROM outbox_deliveries'));
        expect(rows).toEqual([]);
      }, WAIT);
      expect(await stage.effects()).toHaveLength(50);
    }));
});
