import { systemClock } from '@hetao/kernel';
import { openDatabase, UnitOfWork, type Database } from '@hetao/persistence';
import { createEmbeddedTransport, createKafkaTransport, type Transport } from '../../src/index.js';
import type { ChildTask } from '../support/child.js';
import { countedOn, PARTITIONS } from '../support/counted.js';

/** A process of its own with the two services of the contract suite. */
export async function openWorld() {
  const task = JSON.parse(process.argv[2] ?? '{}') as ChildTask;
  const topic = { name: task.topic, partitions: PARTITIONS };
  const orders = await open(task.ordersUrl, 'orders');
  const billing = await open(task.billingUrl, 'billing');
  const transport: Transport =
    task.kind === 'embedded'
      ? createEmbeddedTransport()
      : createKafkaTransport({
          brokers: task.brokers,
          clientId: 'child',
          topics: [topic],
          sessionTimeoutMs: 3_000,
          heartbeatIntervalMs: 500,
        });
  await transport.startRelay('orders', orders);
  return {
    task,
    transport,
    billing,
    event: countedOn(topic),
    ordersUow: new UnitOfWork(orders, transport.outboxFor('orders', orders), systemClock),
    billingUow: new UnitOfWork(billing, transport.outboxFor('billing', billing), systemClock),
  };
}

function open(url: string, schema: string): Promise<Database> {
  return openDatabase({ url, schema, entities: [], migrations: [], applicationName: 'child', poolSize: 5 });
}

/** As when the power fails: nothing below this line runs, no connection says goodbye. */
export function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}
