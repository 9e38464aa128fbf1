import { createHook } from 'node:async_hooks';
import { setInterval } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithKafka, eventually, startKafka } from '@hetao/testing';
import { createKafkaTransport, refusedEvents, resendRefused, silentLogger } from '../src/index.js';
import { createKafkaClient, javaPartitioner, type Kafka } from '../src/kafka/kafka-client.js';
import { withAdmin } from '../src/kafka/topics.js';
import { doorsContract, kafkaDoors, type KafkaDoors } from './contract/kafka-doors.js';
import type { Counted } from './support/counted.js';
import { closedGate } from './support/gate.js';
import type { ContractTransport, Stage } from './support/stage.js';
import { withStage } from './support/with-stage.js';
import { transportContract } from './transport-contract.js';

type Broker = Awaited<ReturnType<typeof startKafka>>;

const WAIT = { withinMs: 90_000 };
const LONG_MS = 180_000;
const SESSION_MS = 3_000;

describeWithKafka('over a real broker', () => {
  let broker: Broker | undefined;

  let doors: KafkaDoors | undefined;

  beforeAll(async () => {
    doors = await kafkaDoors();
    broker = await startKafka(doors.options);
  }, 600_000);

  afterAll(async () => {
    await broker?.stop();
    await doors?.away.close();
  });

  const running = (): Broker => {
    if (broker === undefined) throw new Error('The broker did not start.');
    return broker;
  };

  const world = (): ContractTransport => ({
    kind: 'kafka',
    brokers: running().brokers,
    create: ({ topics, onCrash, drainWithinMs = 10_000 }) =>
      createKafkaTransport({
        brokers: running().brokers,
        clientId: 'contract',
        topics,
        onCrash,
        drainWithinMs,
        sessionTimeoutMs: SESSION_MS,
        rebalanceTimeoutMs: 15_000,
        heartbeatIntervalMs: 500,
        stuckAfterMs: 2_000,
        relay: { pollMs: 100 },
      }),
    // As after a relay that died between sending and noting: the record is there twice.
    redeliver: (orders, eventId) =>
      eventually(async () => {
        const sql = 'UPDATE outbox SET published_at = NULL WHERE id = $1 AND published_at IS NOT NULL';
        const { rowCount } = await orders.withClient((database) => database.query(sql, [eventId]));
        expect(rowCount).toBe(1);
      }),
  });

  const client = (): Kafka => createKafkaClient({ brokers: running().brokers, clientId: 'test', logger: silentLogger });

  transportContract('the Kafka transport', world);

  doorsContract(world, () => {
    if (doors === undefined) throw new Error('The broker has no further doors.');
    return doors;
  });

  describe('groups', () => {
    it(
      'rebalances while an event is being handled: every effect once, both members work on',
      () =>
        withStage(world, async (stage) => {
          const started = closedGate();
          const mayFinish = closedGate();
          const first = await stage.consume({
            handle: async (events, tx) => {
              started.open();
              await mayFinish.opened;
              await stage.record(events, tx, stage.group, 'first');
            },
          });
          await stage.publish('a', 1);
          await started.opened;
          // Joining waits for the first member, which is busy.
          const second = await stage.consume({
            transport: stage.newTransport(),
            handle: (events, tx) => stage.record(events, tx, stage.group, 'second'),
          });
          await eventually(
            async () => expect(await groupState(client(), stage.group)).toBe('PreparingRebalance'),
            WAIT,
          );
          mayFinish.open();
          await eventually(() => expect(second.health().ready).toBe(true), WAIT);
          const keys = Array.from({ length: 12 }, (_, index) => `key-${index}`);
          for (let n = 1; n <= 5; n += 1) for (const key of keys) await stage.publish(key, n);
          await eventually(async () => expect(await stage.effects()).toHaveLength(61), WAIT);
          for (const key of keys) expect(await stage.numbersOf(key)).toEqual([1, 2, 3, 4, 5]);
          const notes = new Set((await stage.effects()).map((effect) => effect.note));
          expect(notes).toEqual(new Set(['first', 'second']));
          expect(first.health().ready).toBe(true);
          expect(second.health().ready).toBe(true);
        }),
      LONG_MS,
    );

    it(
      'keeps a slow handler’s membership past the session timeout, and its effect once',
      () =>
        withStage(world, async (stage) => {
          let membersMeanwhile: unknown;
          const consumer = await stage.consume({
            handle: async (events, tx) => {
              const from = Date.now();
              await eventually(() => expect(Date.now() - from).toBeGreaterThan(2 * SESSION_MS), WAIT);
              membersMeanwhile = await membersOf(client(), stage.group);
              await stage.record(events, tx);
            },
          });
          await eventually(() => expect(consumer.health().ready).toBe(true), WAIT);
          const members = await membersOf(client(), stage.group);
          await stage.publish('a', 1);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
          expect(members).toHaveLength(1);
          expect(membersMeanwhile).toEqual(members);
          await eventually(() => expect(consumer.health().ready).toBe(true), WAIT);
        }),
      LONG_MS,
    );

    it(
      'comes back when the group had thrown it out: a handler that blocked the process for longer than the session',
      () =>
        withStage(world, async (stage) => {
          let blocked = false;
          await stage.consume({
            handle: async (events, tx) => {
              await stage.record(events, tx);
              if (blocked) return;
              blocked = true;
              // No timer, no heartbeat, no socket gets a turn.
              Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * SESSION_MS);
            },
          });
          await stage.publish('a', 1);
          await stage.publish('a', 2);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2]), WAIT);
          await stage.publish('a', 3);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2, 3]), WAIT);
        }),
      LONG_MS,
    );

    it(
      'hands the partitions of a member that stops to the others',
      () =>
        withStage(world, async (stage) => {
          const first = await stage.consume();
          const second = await stage.consume({ transport: stage.newTransport() });
          await eventually(() => expect(second.health().ready).toBe(true), WAIT);
          for (let n = 1; n <= 10; n += 1) await stage.publish(`key-${n}`, n);
          await first.stop();
          for (let n = 11; n <= 20; n += 1) await stage.publish(`key-${n}`, n);
          await eventually(async () => expect(await stage.effects()).toHaveLength(20), WAIT);
        }),
      LONG_MS,
    );
  });

  describe('the broker', () => {
    it.each(['killed', 'restarted in good order'] as const)(
      'goes on when the broker was %s while producing and consuming',
      (how) =>
        withStage(world, async (stage) => {
          const consumer = await stage.consume();
          let writing = true;
          let written = 0;
          const writer = (async (): Promise<void> => {
            // Paced, so that the outage leaves hundreds of events to catch up with and not tens of thousands.
            for await (const mayWrite of setInterval(10, () => writing && written < 10_000)) {
              if (!mayWrite()) break;
              await stage.publish(`key-${written % 5}`, (written += 1));
            }
          })();
          await eventually(async () => expect((await stage.effects()).length).toBeGreaterThan(20), WAIT);
          if (how === 'killed') await running().kill();
          await running().restart();
          const before = written;
          await eventually(() => expect(written).toBeGreaterThan(before + 20), WAIT);
          writing = false;
          await writer;
          await eventually(async () => expect(await stage.effects()).toHaveLength(written), WAIT);
          for (let key = 0; key < 5; key += 1) {
            const numbers = await stage.numbersOf(`key-${key}`);
            expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
          }
          expect(await stage.parked()).toEqual([]);
          await eventually(() => expect(consumer.health().ready).toBe(true), WAIT);
        }),
      LONG_MS,
    );

    it(
      'takes what was committed while no broker was there',
      () =>
        withStage(world, async (stage) => {
          await stage.publish('a', 1);
          await stage.consume();
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
          await running().kill();
          for (const n of [2, 3, 4]) await stage.publish('a', n);
          const relay = await stage.relay();
          await eventually(() => expect(relay.health()).toMatchObject({ ready: false }), WAIT);
          expect(relay.health().detail).toContain('events wait in the outbox');
          await running().restart();
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2, 3, 4]), WAIT);
        }),
      LONG_MS,
    );

    it(
      'makes a topic again that somebody deleted, and goes on',
      () =>
        withStage(world, async (stage) => {
          await stage.publish('a', 1);
          await recordsOf(client(), stage, 1);
          await withAdmin(client(), async (admin) => {
            await admin.deleteTopics({ topics: [stage.topic.name] });
            await eventually(async () => expect(await admin.listTopics()).not.toContain(stage.topic.name), WAIT);
          });
          await stage.publish('a', 2);
          await stage.consume();
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([2]), WAIT);
        }),
      LONG_MS,
    );

    it('says within its bound that no broker answers', () =>
      withStage(world, async (stage) => {
        const transport = createKafkaTransport({ brokers: ['127.0.0.1:1'], clientId: 'lost', connectWithinMs: 1_000 });
        await expect(transport.consume(stage.consumeOptions({ transport }))).rejects.toMatchObject({
          problem: { code: 'BROKER_UNAVAILABLE' },
        });
        await transport.close();
      }));

    it(
      'sets aside a record that the broker refuses, goes on with the others, and sends it when it may',
      () =>
        withStage(world, async (stage) => {
          const limit = (bytes: number): Promise<unknown> =>
            withAdmin(client(), (admin) =>
              admin.alterConfigs({
                validateOnly: false,
                resources: [
                  {
                    type: 2,
                    name: stage.topic.name,
                    configEntries: [{ name: 'max.message.bytes', value: String(bytes) }],
                  },
                ],
              }),
            );
          await stage.consume();
          await limit(4_000);
          await stage.uow().run(async (tx) => {
            tx.append(stage.event, { key: 'a', n: 1 });
            tx.append(stage.event, { key: 'a', n: 2, note: 'x'.repeat(10_000) });
            for (let n = 3; n <= 20; n += 1) tx.append(stage.event, { key: 'a', n });
          });
          const others = Array.from({ length: 20 }, (_, index) => index + 1).filter((n) => n !== 2);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual(others), WAIT);
          const [refused] = await refusedEvents(stage.orders);
          expect(refused).toMatchObject({
            topic: stage.topic.name,
            key: 'a',
            reason: expect.stringContaining('max message size') as unknown,
          });
          await limit(1_000_000);
          expect(await resendRefused(stage.orders, refused?.id ?? '')).toBe(true);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([...others, 2]), WAIT);
        }),
      LONG_MS,
    );
  });

  describe('records', () => {
    it('are CloudEvents in binary mode', () =>
      withStage(world, async (stage) => {
        await stage.publish('a', 1);
        const [record] = await recordsOf(client(), stage, 1);
        expect(record).toMatchObject({
          key: 'a',
          value: '{"key":"a","n":1}',
          headers: {
            ce_specversion: '1.0',
            ce_type: 'hetao.test.counted.v1',
            ce_source: 'hetao/orders',
            ce_subject: 'a',
            'content-type': 'application/json',
          },
        });
        expect(record?.headers['ce_id']).toMatch(/^evt_/);
        expect(Date.parse(record?.headers['ce_time'] ?? '')).not.toBeNaN();
      }));

    it('that are no events are parked, and the partition goes on', () =>
      withStage(world, async (stage) => {
        await stage.consume();
        await stage.publish('a', 1);
        const producer = client().producer({ createPartitioner: javaPartitioner });
        await producer.connect();
        const good = {
          ce_specversion: '1.0',
          ce_id: 'x',
          ce_type: stage.event.type,
          ce_source: 's',
          ce_time: '2026-01-01T00:00:00Z',
        };
        await producer.send({
          topic: stage.topic.name,
          messages: [
            { key: 'a', value: 'no headers at all' },
            { key: 'a', value: Buffer.from([0xff, 0x00, 0xfe]), headers: good },
            { key: 'a', value: '{"broken', headers: { ...good, ce_id: 'y\u0000' } },
            { key: 'a', value: '{}', headers: { ...good, ce_id: 'z', ce_specversion: '2.0' } },
            { key: 'a', value: '{}', headers: { ...good, ce_id: 'w', ce_type: 'hetao.test.unknown.v1' } },
          ],
        });
        await producer.disconnect();
        await stage.publish('a', 2);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2]), WAIT);
        const errors = (await stage.parked()).map((letter) => letter.error).sort();
        expect(errors).toHaveLength(4);
        expect(errors.join('\n')).toContain('lacks the CloudEvents headers ce_id, ce_type, ce_source');
        expect(errors.join('\n')).toContain('no UTF-8');
        expect(errors.join('\n')).toContain('ce_specversion is 2.0');
      }));
  });

  describe('offsets of batch subscriptions', () => {
    it(
      'lie in the transaction of the effect: what the broker has forgotten is skipped',
      () =>
        withStage(world, async (stage) => {
          const consumer = await stage.consume({ mode: 'batch' });
          for (let n = 1; n <= 30; n += 1) await stage.publish('a', n);
          await eventually(async () => expect(await stage.numbersOf('a')).toHaveLength(30), WAIT);
          await consumer.stop();
          await stage.billing.withClient((database) => database.query('TRUNCATE inbox'));
          await withAdmin(client(), (admin) =>
            admin.resetOffsets({ groupId: stage.group, topic: stage.topic.name, earliest: true }),
          );
          await stage.consume({ mode: 'batch' });
          await stage.publish('a', 31);
          const all = Array.from({ length: 31 }, (_, index) => index + 1);
          await eventually(async () => expect((await stage.numbersOf('a')).at(-1)).toBe(31), WAIT);
          expect(await stage.numbersOf('a')).toEqual(all);
        }),
      LONG_MS,
    );

    it(
      'are void when the topic was made anew',
      () =>
        withStage(world, async (stage) => {
          const consumer = await stage.consume({ mode: 'batch' });
          for (let n = 1; n <= 30; n += 1) await stage.publish('a', n);
          await eventually(async () => expect(await stage.numbersOf('a')).toHaveLength(30), WAIT);
          await consumer.stop();
          await withAdmin(client(), async (admin) => {
            await admin.deleteTopics({ topics: [stage.topic.name] });
            await eventually(async () => expect(await admin.listTopics()).not.toContain(stage.topic.name), WAIT);
            await admin.createTopics({ topics: [{ topic: stage.topic.name, numPartitions: 4 }], waitForLeaders: true });
          });
          await stage.consume({ mode: 'batch' });
          await stage.publish('a', 31);
          await eventually(async () => expect((await stage.numbersOf('a')).at(-1)).toBe(31), WAIT);
        }),
      LONG_MS,
    );
  });

  it('can be stopped while it still joins', () =>
    withStage(world, async (stage) => {
      const started = closedGate();
      const mayFinish = closedGate();
      await stage.consume({
        handle: async (events, tx) => {
          started.open();
          await mayFinish.opened;
          await stage.record(events, tx);
        },
      });
      await stage.publish('a', 1);
      await started.opened;
      // It cannot join before the busy member has let go.
      const joining = await stage.consume({ transport: stage.newTransport() });
      expect(joining.health()).toMatchObject({ ready: false, detail: 'joining its group' });
      await joining.stop();
      expect(joining.health().detail).toBe('stopped');
      mayFinish.open();
      await stage.publish('a', 2);
      await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2]), WAIT);
    }));

  it('sets no timers by the thousand while it idles', async () => {
    const producer = client().producer({ createPartitioner: javaPartitioner });
    await producer.connect();
    let timers = 0;
    const count = createHook({
      init: (_id, type) => {
        if (type === 'Timeout') timers += 1;
      },
    });
    const from = Date.now();
    count.enable();
    await eventually(() => expect(Date.now() - from).toBeGreaterThan(1_000), { everyMs: 100 });
    count.disable();
    await producer.disconnect();
    // kafkajs as it comes sets about a thousand.
    expect(timers).toBeLessThan(100);
  });

  it('relays once when two processes of a service relay', () =>
    withStage(world, async (stage) => {
      await stage.relay();
      await stage.newTransport().startRelay('orders', stage.orders);
      for (let n = 1; n <= 50; n += 1) await stage.publish('a', n);
      const records = await recordsOf(client(), stage, 50);
      expect(records.map((record) => (JSON.parse(record.value) as Counted).n)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
    }));
});

interface TextRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** All records of the stage's topic, read by a client that knows nothing of this library; waits for so many. */
async function recordsOf(kafka: Kafka, stage: Stage, count: number): Promise<TextRecord[]> {
  const records: TextRecord[] = [];
  const consumer = kafka.consumer({ groupId: `${stage.group}-reader`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await eventually(() => consumer.subscribe({ topics: [stage.topic.name], fromBeginning: true }), WAIT);
  await consumer.run({
    eachMessage: ({ message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
      records.push({
        key: String(message.key),
        value: String(message.value),
        headers: Object.fromEntries(headers) as Record<string, string>,
      });
      return Promise.resolve();
    },
  });
  await eventually(() => expect(records.length).toBeGreaterThanOrEqual(count), WAIT);
  await consumer.disconnect();
  return records;
}

/** The ids by which the group knows its members; one that was thrown out comes back under another. */
async function membersOf(kafka: Kafka, group: string): Promise<string[]> {
  const [described] = await withAdmin(kafka, async (admin) => (await admin.describeGroups([group])).groups);
  return (described?.members ?? []).map((member) => member.memberId);
}

async function groupState(kafka: Kafka, group: string): Promise<string | undefined> {
  return withAdmin(kafka, async (admin) => (await admin.describeGroups([group])).groups[0]?.state);
}
