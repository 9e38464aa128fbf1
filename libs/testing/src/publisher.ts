import type { EventDefinition } from '@hetao/events';
import type { Clock } from '@hetao/kernel';
import { messagingMigrations, type Transport } from '@hetao/messaging';
import { UnitOfWork } from '@hetao/persistence';
import { eventually } from './eventually.js';
import { testDatabase } from './postgres.js';

/** All other services, as far as the one under test can tell: a real outbox on the transport they share. */
export interface Publisher {
  /** Publishes an event as its service would; resolves when it is durable, not when it has arrived. */
  publish<T>(event: EventDefinition<T>, data: T): Promise<void>;
  /** Resolves when everything published so far has been handled. */
  arrived(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a publisher named `elsewhere` on the transport of the service under test. */
export async function startPublisher(transport: Transport, clock: Clock): Promise<Publisher> {
  const database = await testDatabase({ schema: 'elsewhere', entities: [], migrations: messagingMigrations });
  const uow = new UnitOfWork(database, transport.outboxFor('elsewhere', database), clock);
  const relay = await transport.startRelay('elsewhere', database);
  return {
    publish: (event, data) => uow.run((tx) => Promise.resolve(tx.append(event, data))),
    arrived: () =>
      eventually(async () => {
        const { rows } = await database.withClient((client) => client.query('SELECT 1 FROM outbox_deliveries LIMIT 1'));
        if (rows.length > 0) throw new Error('Some events have not been handled yet.');
      }),
    stop: async () => {
      await relay.stop();
      await database.close();
    },
  };
}
