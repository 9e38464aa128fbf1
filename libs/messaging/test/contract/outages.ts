import { describe, expect, it } from '@jest/globals';
import { eventually } from '@hetao/testing';
import type { ContractTransport } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

const WAIT = { withinMs: 60_000 };
const LONG_MS = 120_000;

export function outageContract(world: () => ContractTransport): void {
  describe('outages', () => {
    it(
      'waits out the consumer’s database and parks nothing',
      () =>
        withStage(world, async (stage) => {
          const { proxy, database } = await stage.throughProxy(stage.billing);
          const consumer = await stage.consume({}, database);
          await stage.publish('a', 1);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
          await proxy.cut();
          // More than the event's own attempts would last.
          for (let n = 2; n <= 6; n += 1) await stage.publish('a', n);
          await eventually(() => expect(consumer.health().detail).toContain('waiting for the database'), WAIT);
          expect(consumer.health().ready).toBe(false);
          await proxy.mend();
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2, 3, 4, 5, 6]), WAIT);
          await eventually(() => expect(consumer.health()).toMatchObject({ ready: true }), WAIT);
          expect(await stage.parked()).toEqual([]);
        }),
      LONG_MS,
    );

    it(
      'goes on when the connection is lost in the middle of a handler',
      () =>
        withStage(world, async (stage) => {
          const { proxy, database } = await stage.throughProxy(stage.billing);
          let cutOnce = false;
          await stage.consume(
            {
              handle: async (events, tx) => {
                await stage.record(events, tx);
                if (cutOnce) return;
                cutOnce = true;
                await proxy.cut();
                await proxy.mend();
              },
            },
            database,
          );
          for (const n of [1, 2, 3]) await stage.publish('a', n);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 2, 3]), WAIT);
          expect(await stage.parked()).toEqual([]);
        }),
      LONG_MS,
    );

    it(
      'goes on when the publisher’s database comes back',
      () =>
        withStage(world, async (stage) => {
          const { proxy, database } = await stage.throughProxy(stage.orders);
          const relay = await stage.transport.startRelay('orders', database);
          const uow = stage.uow(database);
          const publish = (n: number): Promise<void> => uow.run(async (tx) => tx.append(stage.event, { key: 'a', n }));
          await stage.transport.consume(stage.consumeOptions());
          await publish(1);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
          await proxy.cut();
          await expect(publish(2)).rejects.toThrow();
          await eventually(() => expect(relay.health().ready).toBe(false), WAIT);
          await proxy.mend();
          await eventually(() => publish(3), WAIT);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1, 3]), WAIT);
          await eventually(() => expect(relay.health().ready).toBe(true), WAIT);
        }),
      LONG_MS,
    );
  });
}
