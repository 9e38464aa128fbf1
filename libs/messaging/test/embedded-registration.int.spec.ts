import { expect, it } from '@jest/globals';
import { systemClock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { eventually, testDatabase } from '@hetao/testing';
import { createEmbeddedTransport } from '../src/index.js';
import { countedOn, freshTopic } from './support/counted.js';
import { testMigrations } from './support/tables.js';

const GROUPS = 8;
const EVENTS = 30;
const ROUNDS = 6;

it('gives every group every event of its topic when many register for different topics at once, while events are written', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const database = await testDatabase({ schema: 'orders', entities: [], migrations: testMigrations, poolSize: 20 });
    const transport = createEmbeddedTransport({ pollMs: 100 });
    const uow = new UnitOfWork(database, transport.outboxFor('orders', database), systemClock);
    const events = Array.from({ length: GROUPS }, () => countedOn(freshTopic()));
    const seen = events.map(() => new Set<number>());
    try {
      await transport.startRelay('orders', database);
      const write = async (): Promise<void> => {
        for (let n = 1; n <= EVENTS; n += 1) {
          await Promise.all(events.map((event) => uow.run(async (tx) => tx.append(event, { key: 'k', n }))));
        }
      };
      const register = events.map((event, index) =>
        transport.consume({
          group: `group-${index}`,
          database,
          uow,
          clock: systemClock,
          subscriptions: [
            {
              event,
              mode: 'single',
              handle: async ([received]) => {
                seen[index]?.add((received?.data as { n: number }).n);
              },
            },
          ],
        }),
      );
      await Promise.all([write(), ...register]);
      await eventually(() => expect(seen.map((numbers) => numbers.size)).toEqual(events.map(() => EVENTS)), {
        withinMs: 20_000,
      });
    } finally {
      await transport.close();
      await database.close();
    }
  }
}, 120_000);
