import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@hetao/kernel';
import { UnitOfWork, type OutboxWriter } from '@hetao/persistence';
import { testDatabase, type TestDatabase } from '@hetao/testing';
import { createKafkaTransport, silentLogger, type Transport } from '../src/index.js';
import { Janitor } from '../src/outbox/retention.js';
import { countedOn, freshTopic } from './support/counted.js';
import { testMigrations } from './support/tables.js';

const topic = freshTopic();
const event = countedOn(topic);

/** A writer needs no broker: rows wait in the outbox until there is one. */
async function withOutbox(
  play: (database: TestDatabase, uow: UnitOfWork, outbox: OutboxWriter, transport: Transport) => Promise<void>,
): Promise<void> {
  const database = await testDatabase({ schema: 'orders', entities: [], migrations: testMigrations, poolSize: 12 });
  const transport = createKafkaTransport({ brokers: ['127.0.0.1:1'], clientId: 'none' });
  const outbox = transport.outboxFor('orders', database);
  try {
    await play(database, new UnitOfWork(database, outbox, systemClock), outbox, transport);
  } finally {
    await transport.close();
    await database.close();
  }
}

describe('writing to the outbox', () => {
  it('never deadlocks, whatever the order in which transactions name their keys', () =>
    withOutbox(async (database, uow) => {
      const keys = ['a', 'b', 'c', 'd'];
      const orders = [keys, [...keys].reverse(), ['c', 'a', 'd', 'b'], ['b', 'd', 'a', 'c']];
      const writer = async (order: readonly string[]): Promise<void> => {
        for (let n = 1; n <= 25; n += 1) {
          const append = uow.run(
            async (tx) => {
              for (const key of order) tx.append(event, { key, n });
            },
            { retries: 0 },
          );
          await append;
        }
      };
      await Promise.all(orders.map(writer));
      expect(await countRows(database, 'outbox')).toBe(400);
    }));

  it('takes thousands of keys in one transaction, several at once, without filling the server’s lock table', () =>
    withOutbox(async (database, uow) => {
      const bulk = (name: string): Promise<void> =>
        uow.run(
          async (tx) => {
            for (let n = 0; n < 8_000; n += 1) tx.append(event, { key: `${name}-${n}`, n });
          },
          { retries: 0 },
        );
      await Promise.all([bulk('x'), bulk('y'), bulk('z')]);
      expect(await countRows(database, 'outbox')).toBe(24_000);
    }));

  it('numbers the events of a transaction in the order in which they were appended', () =>
    withOutbox(async (database, uow) => {
      await uow.run(async (tx) => {
        for (let n = 0; n < 2_500; n += 1) tx.append(event, { key: 'k', n });
      });
      const { rows } = await database.withClient((client) =>
        client.query<{ n: string }>(`SELECT data->>'n' AS n FROM outbox ORDER BY seq`),
      );
      expect(rows.map((row) => Number(row.n))).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
    }));
});

describe('keeping house', () => {
  const HOUR_MS = 3_600_000;

  it('deletes what was published long ago, and nothing that still waits', () =>
    withOutbox(async (database, uow) => {
      for (let n = 1; n <= 4; n += 1) await uow.run(async (tx) => tx.append(event, { key: 'k', n }));
      await database.withClient((client) =>
        client.query(
          `UPDATE outbox SET published_at = now() - interval '2 hours' WHERE data->>'n' IN ('1', '2');
           UPDATE outbox SET published_at = now() WHERE data->>'n' = '3'`,
        ),
      );
      const janitor = new Janitor({ database, logger: silentLogger, keeps: 'published', outboxMs: HOUR_MS });
      expect(await janitor.clean()).toBe(2);
      expect(await countRows(database, 'outbox')).toBe(2);
    }));

  it('spares events that a group has not finished, however old', () =>
    withOutbox(async (database, uow) => {
      for (let n = 1; n <= 3; n += 1) await uow.run(async (tx) => tx.append(event, { key: 'k', n }));
      await database.withClient((client) =>
        client.query(
          `UPDATE outbox SET recorded_at = now() - interval '2 hours';
           INSERT INTO outbox_deliveries (consumer_group, seq, lane) SELECT 'slow', seq, lane FROM outbox WHERE data->>'n' = '2'`,
        ),
      );
      const janitor = new Janitor({ database, logger: silentLogger, keeps: 'delivered', outboxMs: HOUR_MS });
      expect(await janitor.clean()).toBe(2);
      expect(await countRows(database, 'outbox')).toBe(1);
    }));

  it('forgets old inbox rows when told to, more than one statement’s worth', () =>
    withOutbox(async (database) => {
      await database.withClient((client) =>
        client.query(
          `INSERT INTO inbox (consumer_group, event_id, handled_at)
           SELECT 'g', 'evt_' || n, now() - interval '2 hours' FROM generate_series(1, 2500) n;
           INSERT INTO inbox (consumer_group, event_id) VALUES ('g', 'fresh')`,
        ),
      );
      const janitor = new Janitor({ database, logger: silentLogger, keeps: 'published', inboxMs: HOUR_MS });
      expect(await janitor.clean()).toBe(2_500);
      expect(await countRows(database, 'inbox')).toBe(1);
    }));
});

async function countRows(database: TestDatabase, table: 'outbox' | 'inbox'): Promise<number> {
  const { rows } = await database.withClient((client) =>
    client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`),
  );
  return Number(rows[0]?.n);
}
