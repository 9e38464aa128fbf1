import { systemClock } from '@hetao/kernel';
import { createKafkaClient, javaPartitioner, silentLogger, type Transport } from '@hetao/messaging';
import { UnitOfWork, type Database } from '@hetao/persistence';
import { Progress } from './progress.js';
import { applyEffects, measured, measuredOn, PARTITIONS, type Measured } from './workload.js';

/** One event a transaction and a handling, or many. */
export type Mode = 'single' | 'batch';

/** Something that takes events from a producer to a consumer. */
export interface Contestant {
  readonly progress: Progress;
  /** Produces these events as one unit: one transaction, or one request to the broker. */
  send(numbers: readonly number[]): Promise<void>;
  /** Throws when something is missing or was handled twice or out of order. */
  verify(events: number): Promise<void>;
  stop(): Promise<void>;
}

/** Our own: outbox, transport, inbox, an effect in the database; everything durable. */
export async function viaTransport(
  transport: Transport,
  mode: Mode,
  databases: { readonly orders: Database; readonly billing: Database },
): Promise<Contestant> {
  const { orders, billing } = databases;
  const progress = new Progress();
  const event = measuredOn(mode);
  const ordersUow = new UnitOfWork(orders, transport.outboxFor('orders', orders), systemClock);
  const uow = new UnitOfWork(billing, transport.outboxFor('billing', billing), systemClock);
  const handle = measuringHandler(progress);
  await transport.consume({
    group: `billing-${mode}`,
    database: billing,
    uow,
    clock: systemClock,
    subscriptions: [{ event, mode, handle }],
  });
  await transport.startRelay('orders', orders);
  return {
    progress,
    send: (numbers) =>
      ordersUow.run((tx) => {
        for (const n of numbers) tx.append(event, measured(n));
        tx.onCommitted(() => numbers.forEach((n) => progress.committed(n)));
        return Promise.resolve();
      }),
    verify: (events) => verifyEffects(billing, events),
    stop: () => transport.close(),
  };
}

function measuringHandler(progress: Progress): Parameters<Transport['consume']>[0]['subscriptions'][number]['handle'] {
  return async (events, tx) => {
    await applyEffects(events, tx);
    // Handled means durable, not merely called.
    tx.onCommitted(() => progress.handled(events.map((event) => (event.data as Measured).n)));
  };
}

async function verifyEffects(billing: Database, events: number): Promise<void> {
  const { rows } = await billing.withClient((client) =>
    client.query<{ effects: number; distinct_effects: number; out_of_order: number }>(
      `SELECT count(*)::integer AS effects, count(DISTINCT n)::integer AS distinct_effects,
              count(*) FILTER (WHERE n < before)::integer AS out_of_order
       FROM (SELECT n, lag(n) OVER (PARTITION BY key ORDER BY position) AS before FROM effects) effect`,
    ),
  );
  const [found] = rows;
  if (found?.effects !== events || found.distinct_effects !== events || found.out_of_order !== 0) {
    throw new Error(
      `Expected ${events} effects, once each and in order, found ${JSON.stringify(found)}: figures are void.`,
    );
  }
}

/** The baseline: kafkajs alone, acknowledged by the broker, read by a handler that does nothing. */
export async function viaRawKafka(brokers: readonly string[], mode: Mode): Promise<Contestant> {
  const kafka = createKafkaClient({ brokers, clientId: 'bench-raw', logger: silentLogger });
  const name = `hetao.bench.raw-${mode}`;
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: name, numPartitions: PARTITIONS }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({ createPartitioner: javaPartitioner, allowAutoTopicCreation: false });
  await producer.connect();
  const consumer = kafka.consumer({ groupId: `raw-${mode}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [name], fromBeginning: true });
  const progress = new Progress();
  const seen = new Set<number>();
  const read = (values: readonly (Buffer | null)[]): void => {
    const numbers = values.map((value) => (JSON.parse(String(value)) as Measured).n);
    for (const n of numbers) seen.add(n);
    progress.handled(numbers);
  };
  await consumer.run(
    mode === 'single'
      ? { eachMessage: ({ message }) => Promise.resolve(read([message.value])) }
      : { eachBatch: ({ batch }) => Promise.resolve(read(batch.messages.map((message) => message.value))) },
  );
  return {
    progress,
    send: async (numbers) => {
      const messages = numbers.map((n) => ({ key: measured(n).key, value: JSON.stringify(measured(n)) }));
      // From the hand-over to the client: that is the moment at which ours has committed.
      for (const n of numbers) progress.committed(n);
      await producer.send({ topic: name, messages, acks: -1 });
    },
    verify: (events) => {
      if (seen.size !== events)
        throw new Error(`Raw Kafka delivered ${seen.size} of ${events} events: figures are void.`);
      return Promise.resolve();
    },
    stop: async () => {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}
